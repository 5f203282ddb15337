/// An immutable data snapshot as a data manifest describes it.
public struct DatasetFact: Sendable, Hashable {
  public let path: String
  public var line: Int?
  public var name: String?
  public var storageURI: NamedText?
  public var recordCount: NamedNumber?
  public var schemaHash: NamedText?
  public var contentHash: NamedText?
  public var createdAt: String?
  /// csv, tsv or jsonl: what records can be counted in.
  public var format: String?
  /// Columns and types as the manifest or a schema file beside it states them.
  public var declaredSchema: TableSchema?
  /// The data itself and what the manifest claims of it.
  public var storage: Artifact?
  /// Whether `storage` is only where the data was taken from: two datasets of one source need not share a row.
  public var isExtract = false
  /// The files the manifest lists.
  public var files: [Artifact] = []
  public var placeholders: [Placeholder] = []
  public var secrets: [ExposedSecret] = []
  /// Why `storageURI` may lead to other bytes tomorrow; nil when it tells its snapshot from the next.
  public var mutability: String?
  /// The mutability of a location without date, version or id.
  public static let undated = "undated"

  public init(path: String) { self.path = path }
}

/// Column names with a type for each.
public struct TableSchema: Sendable, Hashable {
  public let columns: [String]
  public let types: [String]

  public init(columns: [String], types: [String]) {
    self.columns = columns
    self.types = types
  }
}
