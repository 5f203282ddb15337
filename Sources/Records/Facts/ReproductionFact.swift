/// One attempt to make a version again: a line of `reproductions.jsonl`.
public struct ReproductionFact: Sendable, Hashable {
  /// A metric of the version, as it was and as it came out again.
  public struct Metric: Sendable, Hashable {
    public let name: String
    public let original: Double?
    public let reproduced: Double?
    /// How far the two may be apart; nil when the record does not say.
    public let tolerance: Double?

    public init(name: String, original: Double?, reproduced: Double?, tolerance: Double?) {
      self.name = name
      self.original = original
      self.reproduced = reproduced
      self.tolerance = tolerance
    }
  }

  /// The subject name of its model.
  public let model: String
  public let path: String
  public let line: Int?
  /// The name of the version; nil when the record names it by digest only.
  public var version: String?
  /// Of the original model's file.
  public var digest: StatedDigest?
  public var reproducedDigest: StatedDigest?
  /// As written.
  public var result: String?
  /// Nil when the record does not say.
  public var passed: Bool?
  public var metrics: [Metric] = []
  public var at: StatedTime?
  public var tool: String?
  public var by: String?

  public init(model: String, path: String, line: Int?) {
    self.model = model
    self.path = path
    self.line = line
  }
}
