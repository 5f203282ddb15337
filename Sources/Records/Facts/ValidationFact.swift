/// One check of a version that was recorded: a line of `validations.jsonl`.
public struct ValidationFact: Sendable, Hashable {
  /// A dataset that was used, by name, by digest, or both.
  public struct Dataset: Sendable, Hashable {
    /// What it was used for; a drift check compares `current` with `reference`.
    public enum Role: String, Sendable { case dataset, reference, current }

    public let role: Role
    public let name: String?
    public let digest: StatedDigest?

    public init(role: Role, name: String?, digest: StatedDigest?) {
      self.role = role
      self.name = name
      self.digest = digest
    }
  }

  /// The subject name of its model.
  public let model: String
  public let path: String
  public let line: Int?
  /// The name of the version; nil when the record names it by digest only.
  public var version: String?
  public var digest: StatedDigest?
  public var name: String?
  /// In lower case: `drift`, `bias`, `security`, …
  public var kind: String?
  /// As written.
  public var result: String?
  /// Nil when the record does not say.
  public var passed: Bool?
  public var value: Double?
  public var threshold: Double?
  public var statistic: String?
  public var datasets: [Dataset] = []
  public var at: StatedTime?
  public var tool: String?
  public var by: String?

  public init(model: String, path: String, line: Int?) {
    self.model = model
    self.path = path
    self.line = line
  }
}
