import Documents
import Records

extension PolicyText {
  /// What holds for some subjects only, in the order it is applied.
  var subjects: [Line] {
    guard !policy.exceptions.isEmpty else { return [] }
    return [Line(text: "subjects:")]
      + policy.exceptions.map { exception in
        let rules = exception.rules.sorted { $0.key < $1.key }.map { ($0.key, $0.value?.rawValue ?? "off") }
        let text = Self.map([
          ("match", Self.list(exception.subjects.map(\.pattern))), ("kind", exception.kind?.rawValue),
          ("reason", exception.reason.map(YAMLScalar.quoted)), ("rules", Self.map(rules)),
        ])
        return Line(text: "  - \(text)", origin: PolicyOrigin(source: exception.path, line: exception.line))
      }
  }

  /// Waivers and attestations, each by its name, and how long waivers may last.
  var waivers: [Line] {
    let horizon = Line(
      text: "waiver_horizon: \(policy.waiverHorizon)d", origin: policy.origins[PolicyPlace("waiver_horizon")])
    return [horizon] + section("waivers", .waiver, Self.waiver)
      + section("attestations", .attestation, Self.attestation)
  }

  private func section(_ key: String, _ form: Acceptance.Form, _ text: (Waiver) -> String) -> [Line] {
    let waivers = policy.waivers.filter { $0.form == form }.sorted { $0.name < $1.name }
    guard !waivers.isEmpty else { return [] }
    return [Line(text: "\(key):")]
      + waivers.map {
        Line(text: "  - \(text($0))", origin: PolicyOrigin(source: $0.path, line: $0.line))
      }
  }

  private static func waiver(_ waiver: Waiver) -> String {
    map([
      ("rule", waiver.rule), ("subject", YAMLScalar.quoted(waiver.subject.pattern)),
      ("items", waiver.items.isEmpty ? nil : list(waiver.items.map(\.pattern))),
      ("digest", waiver.digests.isEmpty ? nil : list(waiver.digests.map(\.description))),
      ("reason", YAMLScalar.quoted(waiver.reason)), ("owner", YAMLScalar.quoted(waiver.owner)),
      ("approved_by", waiver.approvedBy.map(YAMLScalar.quoted)), ("created", "\"\(waiver.created)\""),
      ("expires", "\"\(waiver.expires)\""),
    ])
  }

  private static func attestation(_ attestation: Waiver) -> String {
    map([
      ("rule", attestation.rule), ("subject", YAMLScalar.quoted(attestation.subject.pattern)),
      ("statement", YAMLScalar.quoted(attestation.reason)), ("attested_by", YAMLScalar.quoted(attestation.owner)),
      ("updated", "\"\(attestation.created)\""),
      // However it was written, it holds until the same day.
      ("frequency", "\(attestation.expires.days(since: attestation.created))d"),
    ])
  }
}
