import Records

/// One waiver or attestation, or the baseline, with what it accepts.
package struct AcceptedFacts: Sendable {
  package let acceptance: Acceptance
  /// The rule it is for; a baseline speaks of many.
  package let rule: String
  /// How many results it covers, whole or in part.
  package let results: Int

  package init(acceptance: Acceptance, rule: String, results: Int) {
    self.acceptance = acceptance
    self.rule = rule
    self.results = results
  }
}

extension ReportPage {
  /// Who accepted what, the first to end first.
  struct WaiverTable: Sendable {
    let rows: [Row]
    let leftOut: String?

    struct Row: Sendable {
      /// `waiver`, `attestation` or `baseline`.
      let form: String
      /// Absent for the baseline.
      let rule: String?
      let owner: String?
      let approvedBy: String?
      let ends: String?
      let reason: [Span]
      /// `3 results, 7 items`.
      let covers: String
    }
  }

  /// A file that decided something about the audit.
  struct Input: Sendable {
    /// `policy`, `waivers` or `baseline`.
    let role: String
    let path: String
    let digest: String
  }
}

extension PageBuilder {
  private static let mostWaivers = 500

  var waivers: ReportPage.WaiverTable? {
    guard !facts.accepted.isEmpty else { return nil }
    let rows = facts.accepted.prefix(Self.mostWaivers).map { accepted in
      let acceptance = accepted.acceptance
      return ReportPage.WaiverTable.Row(
        form: acceptance.form.rawValue, rule: acceptance.form == .baseline ? nil : name(accepted.rule),
        owner: acceptance.owner.map(name), approvedBy: acceptance.approvedBy.map(name), ends: acceptance.ends.map(name),
        reason: Prose.spans(acceptance.reason),
        covers: "\(Figures.count(accepted.results, "result")), \(Figures.count(acceptance.details, "item"))")
    }
    return ReportPage.WaiverTable(
      rows: rows, leftOut: leftOut(facts.accepted.count - rows.count, "waiver"))
  }
}
