import Records

/// Says who accepts how much of a result, until when and why: the same words in every report.
enum AcceptanceText {
  /// `2 items waived until 2026-06-30 (owner ada, approved by grace)`; what stands behind it is the reason.
  static func what(_ acceptance: Acceptance, of result: RuleResult) -> String {
    let isWhole = result.outcome != .fail && result.outcome != .unverified && result.acceptances.count == 1
    let items = isWhole ? "" : Figures.count(acceptance.details, "item") + " "
    switch acceptance.form {
    case .baseline: return items + "known since the baseline"
    case .attestation: return items + "attested by \(acceptance.owner ?? "nobody")" + until(acceptance)
    case .waiver:
      let names = [("owner", acceptance.owner), ("approved by", acceptance.approvedBy)]
      let people = names.compactMap { word, name in name.map { "\(word) \($0)" } }.joined(separator: ", ")
      return items + "waived" + until(acceptance) + (people.isEmpty ? "" : " (\(people))")
    }
  }

  /// `what`, and the reason where there is one.
  static func line(_ acceptance: Acceptance, of result: RuleResult) -> String {
    what(acceptance, of: result) + (acceptance.reason.isEmpty ? "" : ": \(acceptance.reason)")
  }

  private static func until(_ acceptance: Acceptance) -> String { acceptance.ends.map { " until \($0)" } ?? "" }
}
