/// What a store reader gives to the audit database.
public enum Fact: Sendable {
  case model(ModelFact)
  case version(VersionFact)
  case alias(AliasFact)
  case run(RunFact)
  case dataset(DatasetFact)
  /// More files of the dataset of that name, which was given before.
  case datasetFiles(dataset: String, [Artifact])
  case promotion(PromotionFact)
  case validation(ValidationFact)
  case reproduction(ReproductionFact)
  case rollbackPlan(RollbackPlanFact)
  case problem(Problem)
  /// Of files that may belong to something, or not.
  case listedDigests([ListedDigest])
}

/// What is wrong with a store; the wording of findings belongs to rules and reports.
public struct Problem: Sendable, Hashable {
  /// The kinds of problem.
  public enum Kind: String, Sendable, CaseIterable {
    /// A record that does not parse, or whose shape is not a record's.
    case malformedRecord = "malformed-record"
    case unreadable
    /// A FIFO, a socket or a device where a file is expected.
    case specialFile = "special-file"
    case linkLoop = "link-loop"
    /// A symbolic link or a path that leaves the store.
    case outside
    case tooDeep = "too-deep"

    /// Whether the audit is incomplete because of it.
    public var leavesGap: Bool {
      switch self {
      case .malformedRecord, .unreadable, .tooDeep: true
      case .specialFile, .linkLoop, .outside: false
      }
    }
  }

  public let kind: Kind
  public let path: String
  public let line: Int?
  public let message: String

  public init(kind: Kind, path: String, line: Int? = nil, message: String) {
    self.kind = kind
    self.path = path
    self.line = line
    self.message = message
  }
}

/// Takes the facts that readers find, in the order they find them.
public protocol FactSink: AnyObject {
  func receive(_ facts: [Fact]) throws
}
