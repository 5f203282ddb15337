import AuditDatabase
import Records
import Reports

/// Makes the page of one subject: of what is known of it, and of what a restricted audit says of it.
struct OnePageLoader {
  /// Restricted to the subject and what it rests on.
  let result: AuditResult
  let subject: OnePageSubject
  let failOn: FailureThreshold

  func page() throws -> OnePageFacts {
    let facts = subject.provenance
    let code = result.exitCode(failOn: failOn)
    var page = OnePageFacts(
      subject: subject.found.subject, title: subject.found.subject.name, verdict: PageLoader.verdict(code),
      explanation: result.explanation(failOn: failOn), tool: ProductVersion.name, toolVersion: result.toolVersion,
      policy: result.policy.name, policyDigest: result.policyDigest, scanID: result.scanID, now: result.now)
    page.ledger = result.ledger.entry?.digest
    page.about = subject.about
    var outcomes: [String: Outcome] = [:]
    var results: [RuleResult] = []
    try ResultCursor(database: result.database).forEach(.everything) { result in
      outcomes[result.rule] = outcomes[result.rule].map { Outcome.worse($0, result.outcome) } ?? result.outcome
      if ![.pass, .notApplicable].contains(result.outcome) { results.append(result) }
    }
    page.items = items(outcomes, facts)
    page.results = results.filter { [.fail, .unverified].contains($0.outcome) }.sorted {
      Self.weight($0) < Self.weight($1)
    }
    page.accepted = results.filter { !$0.acceptances.isEmpty }
    page.values = [
      ("Metrics", facts.metrics.map { ($0.name, $0.text ?? "no number") }),
      ("Parameters", facts.params.map { ($0.name, $0.value ?? "null") }),
      ("Seeds", facts.seeds.map { ($0.name, $0.value ?? "null") }),
    ].filter { !$0.1.isEmpty }
    page.artifacts = subject.artifacts
    (page.lineage, page.notDrawn) = (subject.lineage, subject.notDrawn)
    return page
  }

  private static func weight(_ result: RuleResult) -> (Int, Int, String, String) {
    (
      result.outcome == .fail ? 0 : 1, [Severity.error: 0, .warning: 1][result.severity] ?? 2, result.rule,
      result.subject.name
    )
  }

  /// In the order of the checklist's items.
  private func items(_ outcomes: [String: Outcome], _ facts: Provenance) -> [OnePageFacts.Item] {
    let evidence = CheckEvidence(facts).byItem
    return zip(Checklist.items, Checklist.outcomes(of: outcomes, hasRun: facts.run != nil)).enumerated().map {
      index, pair in
      let (item, outcome) = pair
      let isSound = [.pass, .notApplicable].contains(outcome)
      return OnePageFacts.Item(
        title: item.title, outcome: outcome, evidence: index < evidence.count ? evidence[index] : [],
        rules: isSound ? [] : item.rules.filter { outcomes[$0] == outcome })
    }
  }
}
