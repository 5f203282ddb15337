/// Why a result, or some of its details, does not fail the audit: a waiver, an attestation, or the baseline.
public struct Acceptance: Sendable, Hashable {
  public enum Form: String, Sendable, CaseIterable { case waiver, attestation, baseline }

  public let form: Form
  /// The waiver's name; nil for the baseline.
  public let name: String?
  /// Why it is accepted, or what is attested; empty for the baseline.
  public let reason: String
  /// Who answers for it.
  public let owner: String?
  public let approvedBy: String?
  /// The last day on which it holds, as `2026-06-30`.
  public let ends: String?
  /// How many flagged items it covers; 1 for a finding without items.
  public let details: Int

  public init(
    form: Form, name: String?, reason: String, owner: String?, approvedBy: String?, ends: String?, details: Int
  ) {
    self.form = form
    self.name = name
    self.reason = reason
    self.owner = owner
    self.approvedBy = approvedBy
    self.ends = ends
    self.details = details
  }

  public static func baseline(details: Int) -> Acceptance {
    Acceptance(form: .baseline, name: nil, reason: "", owner: nil, approvedBy: nil, ends: nil, details: details)
  }

  /// The same, covering `details` items.
  public func covering(_ details: Int) -> Acceptance {
    Acceptance(
      form: form, name: name, reason: reason, owner: owner, approvedBy: approvedBy, ends: ends, details: details)
  }
}
