import AuditDatabase
import Records
import Rules

/// A finished audit: its results in a database, and what the reports need beside them.
public struct AuditResult: Sendable {
  let database: AuditDatabase
  let catalogue: RuleCatalogue
  let policy: Policy
  let policyDigest: String
  /// The version of the program that judged.
  var toolVersion = ProductVersion.text
  /// What was judged when that was not everything, in words.
  var selection: String?
  /// Why `selection` left nothing to judge, when that is no fault.
  var emptiness: String?
  /// Why this is not the newest: `as of 2026-03-01`.
  var asOf: String?
  /// The scans before, for an audit that is shown again.
  var trend: ScanTrend?
  let scanID: String
  let now: String
  let summary: ResultSummary
  var sources = AuditSources()
  var ledger = LedgerState()
  var baseline: Baseline?
  /// What stood before where a new baseline is to be written.
  var earlierBaseline: Baseline?
  /// Nil for an audit that is shown again: nothing is judged then.
  var review: BaselineReview?
  /// What of the policy or the baseline has no effect, for people.
  public var notices: [String] { sources.notices }
  /// Whether any store held anything to audit.
  public let foundAnything: Bool
  /// How long each step took, in seconds.
  public let timings: [PhaseTime]
  /// How long each rule took, by id; several run at once.
  public internal(set) var ruleTimes: [PhaseTime] = []

  /// Removes a temporary database; leaves a kept one in a form that others can read.
  public func close() throws { try database.close() }
}
