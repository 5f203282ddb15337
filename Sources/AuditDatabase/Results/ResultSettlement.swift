import Records

/// What a rule says of one subject, before it is kept.
package struct RuledResult: Sendable {
  package let subject: Int64
  package var outcome: Outcome
  package var severity: Severity
  package var message: String
  /// JSON, as of `DetailList`.
  package var details: String?
  /// What waivers and the baseline cover of it.
  package var coverage: [Coverage] = []
}

/// How much of a result a waiver or the baseline covers.
package struct Coverage: Sendable, Hashable {
  /// The id of the baseline, which is no waiver.
  package static let baseline: Int64 = 0

  /// The waiver's subject id, or `baseline`.
  package let waiver: Int64
  /// Flagged items; 1 for a finding without items.
  package let details: Int

  package init(waiver: Int64, details: Int) {
    self.waiver = waiver
    self.details = details
  }
}

/// What the policy makes of what one rule says: exceptions, severity by stage, waivers, baseline.
///
/// The policy lies above the database; one is made for each rule, and used by one task.
package protocol ResultSettlement: AnyObject {
  /// Why the policy does not ask the rule of the subject; nil when it does.
  func exemption(of subject: Int64) throws -> String?
  /// Takes a result that is neither `pass` nor `not-applicable`, with all its details.
  func settle(_ result: inout RuledResult) throws
  /// Called once; `completed` is false when the rule went wrong, and nothing it said counts.
  func finish(completed: Bool)
}
