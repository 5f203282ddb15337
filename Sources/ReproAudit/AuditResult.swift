import AuditDatabase
import Records
import Rules

/// A finished audit: its results in a database, and what the reports need beside them.
public struct AuditResult: Sendable {
  let database: AuditDatabase
  let catalogue: RuleCatalogue
  let policy: Policy
  let policyDigest: String
  let scanID: String
  let now: String
  let summary: ResultSummary
  let baseline: Baseline?
  /// What stood before where a new baseline is to be written.
  let earlierBaseline: Baseline?
  let review: BaselineReview
  /// What of the policy or the baseline has no effect, for people.
  public let notices: [String]
  /// Whether any store held anything to audit.
  public let foundAnything: Bool
  /// How long each step took, in seconds.
  public let timings: [PhaseTime]
  /// How long each rule took, by id; several run at once.
  public let ruleTimes: [PhaseTime]

  /// Removes a temporary database; leaves a kept one in a form that others can read.
  public func close() throws { try database.close() }
}
