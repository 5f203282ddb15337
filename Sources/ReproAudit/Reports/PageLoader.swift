import AuditDatabase
import Lineage
import Records
import Reports
import Rules

/// Loads what the reports for people show from a finished audit.
struct PageLoader {
  let result: AuditResult
  let failOn: FailureThreshold
  let caps: PageCaps
  let meta: ReportMeta?
  /// Whose templates the page is made from, when they are not ours.
  var templates: (path: String, digest: String)?

  func page() throws -> ReportPage {
    let facts = try allFacts()
    var selection = ResultSelection(ruleRuns: facts.ruleRuns, caps: caps)
    try ResultCursor(database: result.database).forEach(.allButPasses) { result in
      if result.outcome != .notApplicable { selection.add(result) }
    }
    return try page(of: facts, results: selection, withLineage: true)
  }

  /// The page that shows `selection` of the results.
  func page(of facts: PageFacts, results selection: ResultSelection, withLineage: Bool) throws -> ReportPage {
    var facts = facts
    let versions = try versions(of: Set(selection.results.map(\.subject)))
    facts.models = versions.models
    let drawn = withLineage ? versions.drawn : []
    return ReportPage(
      facts: facts, rules: result.catalogue.rules.map(\.description), results: selection, checklist: versions.checklist,
      aliases: try aliases(), lineages: try LineageLoader(database: result.database).lineages(of: drawn), caps: caps)
  }

  /// What a page shows beside results.
  func allFacts() throws -> PageFacts {
    var facts = facts
    facts.trend = try trend
    facts.policyText = try result.database.policyText(digest: result.policyDigest)
    return facts
  }

  private var facts: PageFacts {
    let summary = result.summary
    let code = result.exitCode(failOn: failOn)
    var facts = PageFacts(
      tool: ProductVersion.name, toolVersion: result.toolVersion, policy: result.policy.name,
      policyDigest: result.policyDigest, scanID: result.scanID, now: result.now, verdict: Self.verdict(code),
      explanation: result.explanation(failOn: failOn),
      stores: summary.stores.map { PageFacts.Store(name: $0.name, kind: $0.kind, path: $0.path) },
      subjects: summary.subjects, filesExamined: summary.filesExamined, bytesExamined: summary.bytesExamined,
      checks: Dictionary(
        summary.verdicts.compactMap { entry in CheckVerdict(rawValue: entry.key).map { ($0, entry.value) } },
        uniquingKeysWith: +),
      unreadRecords: summary.gaps, severities: summary.severities,
      ruleRuns: summary.rules.map {
        PageFacts.RuleRun(
          rule: $0.rule, severity: $0.severity, examined: $0.examined, outcomes: $0.outcomes, failure: $0.message)
      })
    facts.coverage = summary.files.coverage?.text
    facts.selection = result.selection
    facts.asOf = result.asOf
    facts.ledger = result.ledger.entry?.digest
    facts.remarks = result.notices
    facts.meta = meta
    facts.accepted = summary.accepted.map {
      AcceptedFacts(acceptance: $0.acceptance, rule: $0.rule, results: $0.results)
    }
    facts.inputs = inputs
    facts.queries = Dictionary(result.catalogue.rules.map { ($0.description.id, $0.select) }) { first, _ in first }
    return facts
  }

  /// What earlier scans found of everything says nothing of a part.
  private var trend: [PageFacts.TrendPoint] {
    get throws {
      guard result.selection == nil else { return [] }
      return try (result.trend ?? result.database.trend())?.points.map { point in
        let checks = CheckVerdict.allCases.map { ($0, point.files.verdicts[$0.rawValue] ?? 0) }
        return PageFacts.TrendPoint(
          now: point.now, findings: point.findings, checks: Dictionary(uniqueKeysWithValues: checks),
          files: point.files.examined, bytes: point.files.bytes)
      } ?? []
    }
  }

  private var inputs: [PageFacts.Input] {
    let policy = [PageFacts.Input(role: "policy", path: result.policy.name, digest: result.policyDigest)]
    let waivers = result.sources.waiverFiles.map { PageFacts.Input(role: "waivers", path: $0.path, digest: $0.digest) }
    let baseline = result.sources.baseline.map { PageFacts.Input(role: "baseline", path: $0.path, digest: $0.digest) }
    let own = templates.map { PageFacts.Input(role: "templates", path: $0.path, digest: $0.digest) }
    return policy + waivers + [baseline, own].compactMap { $0 }
  }

  static func verdict(_ code: ExitCode) -> PageFacts.Verdict {
    switch code {
    case .compliant: .compliant
    case .findings: .findings
    case .incomplete: .incomplete
    case .integrityLost: .integrityLost
    }
  }

  /// What is read of all versions in one go.
  private struct Versions {
    let checklist: ChecklistFacts
    /// The versions whose lineage is drawn: those that an alias points at first.
    let drawn: [VersionOutcomes.Row]
    /// Runs and datasets that have results on the page → the models that rest on them.
    let models: [Subject: Set<String>]
  }

  private func versions(of subjects: Set<Subject>) throws -> Versions {
    let items = Checklist.items.map { ChecklistFacts.Item(title: $0.title, rules: $0.rules) }
    var rows: [ChecklistFacts.Row] = []
    var totals = items.map { _ in [Outcome: Int]() }
    var count = 0
    var models: [Subject: Set<String>] = [:]
    var staged: [VersionOutcomes.Row] = []
    var others: [VersionOutcomes.Row] = []
    try VersionOutcomes(database: result.database).forEach { version in
      count += 1
      let model = Subject.parts(of: version.subject.name)?.model
      for input in version.inputs where subjects.contains(input) {
        if let model { models[input, default: []].insert(model) }
      }
      let outcomes = Checklist.outcomes(of: version)
      for (index, outcome) in outcomes.enumerated() { totals[index][outcome, default: 0] += 1 }
      if rows.count < caps.checklistRows {
        rows.append(
          ChecklistFacts.Row(
            version: version.subject, aliases: version.aliases, inputs: version.inputs, outcomes: outcomes))
      }
      if version.aliases.isEmpty {
        if others.count < caps.lineages { others.append(version) }
      } else if staged.count < caps.lineages {
        staged.append(version)
      }
    }
    return Versions(
      checklist: ChecklistFacts(items: items, rows: rows, versions: count, totals: totals),
      drawn: Array((staged + others).prefix(caps.lineages)), models: models)
  }

  private func aliases() throws -> [AliasFacts] {
    try AliasReaches(database: result.database).all().map {
      AliasFacts(alias: $0.alias, version: $0.version, findings: $0.counts.findings, undecided: $0.counts.undecided)
    }
  }
}
