import Records

extension PolicySchema {
  /// What holds for some subjects only.
  var subjects: Fragment {
    let kinds = SubjectKind.allCases.filter { $0 != .waiver }.map(\.rawValue)
    return Self.described(
      Self.list(
        Self.object(
          nil,
          [
            "match": Self.texts("Names of subjects (globs)."), "kind": ["enum": kinds], "reason": Self.text("Why."),
            "rules": Self.map("Rule id to severity, or `off`.", of: severity),
          ], required: ["match", "rules"])),
      "What holds for some subjects only; a later entry stands over an earlier one.")
  }

  static var waivers: Fragment {
    let waiver = object(
      nil,
      [
        "rule": text("The rule's id."), "subject": text("Names of subjects (glob)."),
        "item": texts("The flagged item (glob)."), "items": texts("Flagged items (globs); without, all."),
        "digest": texts("It holds only for content of this digest."), "reason": text("Why it is accepted."),
        "owner": text("Who answers for it."), "approved_by": text("Who agreed."), "created": day, "expires": day,
      ], required: ["rule", "subject", "reason", "owner", "approved_by", "created", "expires"])
    return described(
      list(["anyOf": [text("A file that holds waivers."), waiver]]), "Findings that are accepted until a day.")
  }

  static var attestations: Fragment {
    let words = ["daily", "weekly", "monthly", "quarterly", "yearly"]
    let attestation = object(
      nil,
      [
        "rule": text("The rule's id."), "subject": text("Names of subjects (glob)."),
        "statement": text("What is attested."), "attested_by": text("Who attests."), "updated": day,
        "frequency": ["anyOf": [["enum": words], duration]],
      ], required: ["rule", "subject", "statement", "attested_by", "updated", "frequency"])
    return described(list(attestation), "What people confirm that the audit cannot decide.")
  }

  private static var day: Fragment { ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"] }
}
