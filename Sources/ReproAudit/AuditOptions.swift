import Rules

/// What to audit, and how.
public struct AuditOptions: Sendable {
  /// Directories, as the user wrote them.
  public var stores: [String] = ["."]
  /// The name of the one kind of store to read; nil reads every kind that is found.
  public var kind: String?
  /// Files with the public keys that signatures have to be made with; empty leaves signatures unchecked.
  public var keys: [String] = []
  /// A file, or the name of a built-in policy; nil looks for `repro-audit.yaml` from the first store upwards.
  public var policy: String?
  /// Kept between scans; nil uses a temporary database.
  public var database: String?
  /// RFC 3339 in UTC; the one clock of the scan.
  public var now: String
  /// How many files are read and rules run at once.
  public var jobs: Int
  /// Only these rules; empty means all of the policy's.
  public var rules: [String] = []
  /// Rules besides the built-in ones and the policy's.
  var ownRules: [RuleFile] = []
  /// `--map URI-PREFIX=PATH`.
  public var maps: [(prefix: String, path: String)] = []
  /// `--repository NAME=PATH`.
  public var repositories: [String: String] = [:]
  /// A file of known findings that do not fail the audit.
  public var baseline: String?
  /// Where a new baseline goes; the findings for it are collected on the way.
  public var newBaseline: String?
  /// Only subjects whose names match one of these patterns; empty means all.
  public var subjects: [String] = []
  /// Only the subjects of exactly this name.
  public var exactSubject: String?
  /// Only what has changed since this commit, and what stands on it.
  public var changedSince: String?
  /// Seconds to wait before a file that is not what it should be is read a second time, which a kept database asks for.
  public var settle = 0
  /// Which files are read; all but `.all` and `.none` need a database that is kept.
  public var rehash = Rehash.all
  /// What reading may take; one that may stop needs `rehash` to say what comes first.
  public var limits = ReadingLimits()
  /// Whether files are read from the disk even where the system has them in memory.
  public var readsDirectly = false
  /// How long after a change another one may bear the same time, in nanoseconds; file systems keep two seconds at worst.
  var timeGrain: Int64 = 2_000_000_000
  /// Signs the scan's entry in the ledger; nil leaves it unsigned.
  public var signer: LedgerSigner?

  public init(now: String, jobs: Int) {
    self.now = now
    self.jobs = jobs
  }
}

/// Why an audit cannot be run at all.
public enum AuditError: Error, Sendable, CustomStringConvertible {
  case unusableStore(path: String, reason: String)
  case unknownRule(String)
  case unknownKind(String)
  case unreadablePolicy(path: String, reason: String)
  case unusable(String)
  /// The audit could not go on; what was to be judged is not the reason.
  case cannotWrite(String)
  /// A signal ended it; what it had read is recorded.
  case interrupted

  public var description: String {
    switch self {
    case .unusableStore(let path, let reason): "\(path): cannot be audited: \(reason); name a directory"
    case .unknownRule(let message): message + "; `repro-audit rules list` shows all"
    case .unknownKind(let message): message
    case .unreadablePolicy(let path, let reason):
      "\(path): the policy cannot be read: \(reason); name a file, or one of \(Policy.builtIn.joined(separator: ", "))"
    case .unusable(let message), .cannotWrite(let message): message
    case .interrupted: "interrupted"
    }
  }
}
