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

  public init() {}
}

/// One requirement line.
public struct RequirementFact: Sendable, Hashable {
  /// Normalised; nil when the line could not be parsed.
  public let name: String?
  public let text: String
  public let pin: String
  public let pinned: Bool
  public let hashed: Bool
  public let path: String?
  public let line: Int?

  public init(
    name: String?, text: String, pin: String, pinned: Bool, hashed: Bool, path: String?, line: Int?
  ) {
    self.name = name
    self.text = text
    self.pin = pin
    self.pinned = pinned
    self.hashed = hashed
    self.path = path
    self.line = line
  }
}

/// One container image.
public struct ImageFact: Sendable, Hashable {
  /// What the image is to the run.
  public enum Role: String, Sendable {
    /// The image the run used.
    case run
    /// A Dockerfile's FROM.
    case base
  }

  public let role: Role
  public let text: String
  public let registry: String?
  public let repository: String?
  public let tag: String?
  public let digest: String?
  public let pin: String
  public let path: String?
  public let line: Int?

  public init(
    role: Role, text: String, registry: String?, repository: String?, tag: String?, digest: String?, pin: String,
    path: String?, line: Int?
  ) {
    self.role = role
    self.text = text
    self.registry = registry
    self.repository = repository
    self.tag = tag
    self.digest = digest
    self.pin = pin
    self.path = path
    self.line = line
  }
}
