/// A model's place in a registry.
public struct ModelFact: Sendable, Hashable {
  /// The name of the subject, `project/fraud-detector`.
  public let subject: String
  public let project: String?
  public let name: String
  public let path: String
  public var documents: [ModelDocument] = []

  public init(subject: String, project: String?, name: String, path: String) {
    self.subject = subject
    self.project = project
    self.name = name
    self.path = path
  }
}

/// A registered version with the files in its directory.
public struct VersionFact: Sendable, Hashable {
  /// The subject name of its model.
  public let model: String
  public let name: String
  public let path: String
  /// Sorts bytewise as versions do; nil when the name is not a version.
  public let rank: String?
  /// Whether the name is a semantic version.
  public let conforming: Bool
  /// The id of the run that made it, where the registry says so itself.
  public var runID: String?
  public var artifacts: [Artifact] = []
  public var metrics: [NamedNumber] = []
  public var placeholders: [Placeholder] = []

  public var subject: String { "\(model)@\(name)" }

  public init(model: String, name: String, path: String, rank: String?, conforming: Bool) {
    self.model = model
    self.name = name
    self.path = path
    self.rank = rank
    self.conforming = conforming
  }
}

/// A name that points at one version.
public struct AliasFact: Sendable, Hashable {
  /// How the alias is kept.
  public enum Form: String, Sendable {
    case link
    case file
    /// A copy followed the link and left a directory in its place.
    case directory
  }

  public let model: String
  public let name: String
  public let path: String
  /// As written; nil when it could not be read.
  public let target: String?
  /// The version that the target leads to, when it is a plain name or a path beside the alias.
  public let version: String?
  public let form: Form

  public var subject: String { "\(model)@\(name)" }

  public init(model: String, name: String, path: String, target: String?, version: String?, form: Form) {
    self.model = model
    self.name = name
    self.path = path
    self.target = target
    self.version = version
    self.form = form
  }
}

/// A value that stands for nothing: an elided digest, `TODO`, the digest of the empty input.
public struct Placeholder: Sendable, Hashable {
  public let key: String
  public let value: String
  public let reason: String
  public let path: String
  public let line: Int?

  public init(key: String, value: String, reason: String, path: String, line: Int?) {
    self.key = key
    self.value = value
    self.reason = reason
    self.path = path
    self.line = line
  }
}
