import AuditDatabase
import Foundation
import Records

/// A version that is taken out of use: the record that says so stays when its files go.
public struct Retirement: Sendable {
  public let model: String
  public let version: String
  public let reason: String
  /// Who retires it, for people.
  public var by: String?
  /// Chooses among stores that have a model of this name.
  public var store: String?
  /// Whether the version's files may be gone already.
  public var isGone = false

  public init(model: String, version: String, reason: String) {
    self.model = model
    self.version = version
    self.reason = reason
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The file that was added to; nil when it was retired already.
    public let file: String?
    /// What to look at, for people.
    public let warnings: [String]
  }

  /// Adds the record to the model's `promotions.jsonl`, in a store that `options` names.
  ///
  /// Throws `AuditError` when there is no such model or version, `ReportFailure` when it cannot be written.
  public func record(_ options: AuditOptions) async throws -> Outcome {
    guard !reason.allSatisfy(\.isWhitespace) else {
      throw AuditError.unusable("--reason: say why the version is retired; who looks for it later reads nothing else")
    }
    var options = options
    // Only what the records say is asked.
    options.rehash = .none
    options.rules = ["retired-version-in-use"]
    let audit = try await Audit(options).run()
    defer { try? audit.close() }
    let found = try SubjectEvidence.choose(model, store: store, kind: SubjectKind.model.rawValue, in: audit)
    let kind = audit.summary.stores.first { $0.name == found.subject.store }?.kind
    guard kind == "native", let path = found.path else {
      throw AuditError.unusable(
        "`\(model)` lies in a store of \(kind ?? "another kind"), where only its own tool can retire a version")
    }
    let known = RetiredVersions(audit.database)
    let versions = try known.versions(ofModel: found.id)
    guard isGone || versions.contains(version) else {
      throw AuditError.unusable(
        NearestName.message("version", version, among: versions) + "; --gone retires one whose files are gone already")
    }
    guard try !known.contains(version, ofModel: found.id) else { return Outcome(file: nil, warnings: []) }
    let file = (found.storePath as NSString).appendingPathComponent("\(path)/promotions.jsonl")
    try LedgerLines(path: file).append(line(now: options.now))
    let warnings = try known.aliases(at: version, ofModel: found.id).map {
      "\($0) still points at it; `repro-audit rules explain retired-version-in-use`"
    }
    return Outcome(file: file, warnings: warnings)
  }

  private struct Record: Encodable {
    let action = "retire"
    let at: String
    let by: String?
    let reason: String
    let version: String
  }

  private func line(now: String) throws -> String {
    try CanonicalJSON.text(Record(at: now, by: by, reason: reason, version: version)) + "\n"
  }
}
