/// One record of what was done with a version: a line of `promotions.jsonl`, or a version's mark of retirement.
public struct PromotionFact: Sendable, Hashable {
  /// What was done.
  public enum Action: String, Sendable, CaseIterable {
    case promote
    /// The alias went back to a version it had pointed at.
    case rollback
    /// The version is not to be used any more.
    case retire
    /// A retirement was taken back.
    case restore
  }

  /// Somebody who agreed.
  public struct Approval: Sendable, Hashable {
    public let name: String
    public let role: String?
    public let at: StatedTime?

    public init(name: String, role: String?, at: StatedTime?) {
      self.name = name
      self.role = role
      self.at = at
    }
  }

  /// The subject name of its model.
  public let model: String
  public let action: Action
  /// The name of the version, `1.2.0`.
  public let version: String
  public let path: String
  public let line: Int?
  /// The alias that was moved.
  public var alias: String?
  /// Of the model's file.
  public var digest: StatedDigest?
  /// The name of the version that the alias pointed at before.
  public var replaces: String?
  /// The stage that the version came from.
  public var fromStage: String?
  public var by: String?
  public var approvals: [Approval] = []
  public var at: StatedTime?
  public var reason: String?
  /// The commit of the code that serves the model.
  public var inferenceCommit: String?

  public init(model: String, action: Action, version: String, path: String, line: Int?) {
    self.model = model
    self.action = action
    self.version = version
    self.path = path
    self.line = line
  }
}
