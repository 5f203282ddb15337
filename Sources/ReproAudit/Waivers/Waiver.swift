import AuditDatabase
import Hashing
import Records

/// What a named person accepts, and until when: a finding (waiver), or that something undecided is as it should be
/// (attestation).
struct Waiver: Sendable, Hashable {
  let form: Acceptance.Form
  let rule: String
  let subject: Glob
  /// Flagged items that it covers; empty for the whole finding.
  let items: [Glob]
  /// It holds only for subjects that have a file of one of these; empty when it is bound to no content.
  let digests: [Digest]
  /// Why it is accepted, or what is attested.
  let reason: String
  let owner: String
  /// Nil for an attestation, which the one who attests answers for.
  let approvedBy: String?
  let created: CalendarDate
  /// The last day on which it holds.
  let expires: CalendarDate
  let path: String
  let line: Int

  /// What tells it from the policy's others, and stays when they change: all that decides what it covers.
  var name: String {
    var name = "\(form.rawValue):\(rule):\(subject.pattern)"
    if !items.isEmpty { name += ":" + items.map(\.pattern).joined(separator: ",") }
    if !digests.isEmpty { name += "#" + digests.map { String($0.hex.prefix(12)) }.joined(separator: ",") }
    return name
  }

  /// The last day on which it holds when the policy lets waivers last `days`.
  func ends(horizon days: Int) -> CalendarDate {
    form == .attestation ? expires : min(expires, created.adding(days: days))
  }

  func fact(horizon days: Int) -> WaiverFacts.Waiver {
    WaiverFacts.Waiver(
      form: form, name: name, rule: rule, subjectGlob: subject.pattern, itemGlobs: items.map(\.pattern),
      digests: digests.map(\.description), reason: reason, owner: owner, approvedBy: approvedBy,
      created: created.description, expires: expires.description, ends: ends(horizon: days).description, path: path,
      line: line)
  }
}

extension Glob {
  /// Whether it names exactly `text`, or matches it: names and items hold brackets of their own.
  func covers(_ text: String) -> Bool { pattern == text || matches(text) }
}
