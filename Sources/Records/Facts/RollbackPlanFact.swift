/// A document that says how to get rid of a version in production.
public struct RollbackPlanFact: Sendable, Hashable {
  /// The subject name of its model.
  public let model: String
  /// The name of the version it is for; nil when it is for every version of the model.
  public let version: String?
  public let file: FileReference
  public var owner: String?
  public var tested: StatedTime?
  /// The name of the version to return to, or `none` when the model is switched off.
  public var target: String?
  /// Where the target stands.
  public var line: Int?

  public init(model: String, version: String?, file: FileReference) {
    self.model = model
    self.version = version
    self.file = file
  }
}
