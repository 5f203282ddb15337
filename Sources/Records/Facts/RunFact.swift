/// A value with the line it stands on.
public struct NamedText: Sendable, Hashable {
  public let name: String
  public let text: String?
  public let line: Int?

  public init(name: String, text: String?, line: Int?) {
    self.name = name
    self.text = text
    self.line = line
  }
}

/// A metric: `value` is nil when the text is not a finite number.
public struct NamedNumber: Sendable, Hashable {
  public let name: String
  public let value: Double?
  public let text: String
  public let path: String
  public let line: Int?

  public init(name: String, value: Double?, text: String, path: String, line: Int?) {
    self.name = name
    self.value = value
    self.text = text
    self.path = path
    self.line = line
  }
}

/// The commit that a run names.
public struct CommitClaim: Sendable, Hashable {
  public var hash: String?
  /// As written: a path, a name or a URL.
  public var repository: String?
  /// The directory of the repository at hand, absolute; nil when there is none.
  public var repositoryRoot: String?
  /// Whether the record says nothing of the repository, and the one at hand may be another.
  public var isGuess = false
  public var dirty: Bool?
  public var line: Int?

  public init() {}
}

/// A run's reference to a dataset, through a manifest, a name or a storage location.
public struct DatasetUse: Sendable, Hashable {
  public enum DigestOf: String, Sendable { case manifest, data }

  public var role: String?
  public var declared: String?
  /// Path of the manifest it resolves to, relative to the store.
  public var manifest: String?
  public var name: String?
  public var digest: String?
  /// What the record says that the digest is of; nil when it does not say.
  public var digestOf: DigestOf?
  /// The manifest, when it is there.
  public var manifestFile: FileReference?
  /// Why it leads nowhere.
  public var reason: String?
  public var line: Int?

  public init() {}
}

/// Where a run's requirements come from, and the digest the record claims for them.
public struct RequirementsSource: Sendable, Hashable {
  public var file: FileReference?
  public var declared: String?
  public var claim: Claim?
  public var line: Int?

  public init() {}
}

/// One execution that was recorded.
public struct RunFact: Sendable, Hashable {
  public let path: String
  public var line: Int?
  public var runID: String?
  public var recordedAt: String?
  public var status: String?
  public var command: String?
  public var model: String?
  public var version: String?
  public var parentRun: String?
  /// Whether the parent only groups runs, such as those of a sweep, and nothing of it went into this one.
  public var parentGroups = false
  public var deterministic: Bool?
  public var commit = CommitClaim()
  /// The commit of the code that serves the model.
  public var inferenceCommit: NamedText?
  public var config: ConfigFact?
  public var environment: EnvironmentFact?
  public var requirements: RequirementsSource?
  public var datasets: [DatasetUse] = []
  public var upstream: [NamedText] = []
  public var seeds: [NamedText] = []
  public var params: [NamedText] = []
  public var metrics: [NamedNumber] = []
  public var artifacts: [Artifact] = []
  /// Declared artifacts that name neither path nor URI.
  public var unlocated: [NamedText] = []
  public var log: NamedText?
  public var logFile: FileReference?
  public var placeholders: [Placeholder] = []
  /// When the execution began and ended, where the record says so.
  public var startedAt: String?
  public var finishedAt: String?
  /// What the record says of operations that give other numbers each time.
  public var nondeterminism: String?
  public var secrets: [ExposedSecret] = []
  /// Empty without a schema.
  public var schemaProblems: [SchemaProblem] = []

  /// The directory that holds the record, relative to the store; empty at its root.
  public var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }

  public init(path: String) { self.path = path }
}

/// A run's configuration: inline, or a file.
public struct ConfigFact: Sendable, Hashable {
  public var declared: String?
  public var artifact: Artifact?
  public var line: Int?

  public init() {}
}
