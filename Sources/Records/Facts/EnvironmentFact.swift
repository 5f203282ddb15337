/// The environment of a run, shared between runs whose content is the same.
public struct EnvironmentFact: Sendable, Hashable {
  /// Whether the requirements could be read.
  public enum RequirementsState: String, Sendable {
    case read
    /// Nothing is recorded.
    case none
    /// Named, and not there.
    case missing
    case unreadable
  }

  /// SHA-256 over everything in it: two environments with the same one are the same.
  public var fingerprint = ""
  public var python: String?
  public var os: String?
  public var hardware: String?
  public var requirementsState: RequirementsState = .none
  public var requirements: [RequirementFact] = []
  public var images: [ImageFact] = []
  public var pythons: [PythonFact] = []
  public var installs: [InstallFact] = []

  public init() {}
}
