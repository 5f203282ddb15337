import Lineage
import Records

@testable import Reports

/// Pages for tests: a small audit as it really looks, and the same with one text in every field.
enum SamplePage {
  static let rule = RuleDescription(
    id: "unpinned-requirement", category: "environment", title: "A requirement is not pinned to one version",
    subjects: [.run], severity: .error, rationale: "A rerun measures\n the difference between libraries.",
    remedy: "Pin every requirement, for example with `pip freeze`.", references: ["https://example.org/pins"],
    controls: ["nist-ai-rmf": ["MEASURE 2.1"]], parameters: [])
  static let note = RuleDescription(
    id: "missing-run-log", category: "tracking", title: "The run has no log", subjects: [.run], severity: .warning,
    rationale: "The log is the only witness.", remedy: "Keep the log.", references: [], controls: [:], parameters: [])

  static func subject(_ kind: SubjectKind, _ name: String) -> Subject {
    Subject(store: "registry", kind: kind, name: name)
  }

  static func finding(
    _ name: String, by rule: RuleDescription = rule, outcome: Outcome = .fail, message: String = "1 of 3 is not pinned",
    details: Int = 1
  ) -> RuleResult {
    RuleResult(
      rule: rule.id, subject: subject(.run, name), subjectPath: "models/a/1.0.0/run.json", severity: rule.severity,
      outcome: outcome, message: message,
      details: (0..<details).map {
        Detail(item: "pandas>=\($0)", message: "several versions satisfy it", path: "requirements.txt", line: $0 + 4)
      }, reaches: ["a@prod"])
  }

  static func facts(
    _ verdict: PageFacts.Verdict = .findings, explanation: String = "3 findings", runs: [PageFacts.RuleRun]
  ) -> PageFacts {
    PageFacts(
      tool: "repro-audit", toolVersion: "1.0.0", policy: "default", policyDigest: "sha256:00", scanID: "e204e6b86bdb",
      now: "2026-11-23T15:48:45Z", verdict: verdict, explanation: explanation,
      stores: [PageFacts.Store(name: "registry", kind: "native", path: "./registry")],
      subjects: [.model: 1, .version: 1, .alias: 1, .run: 3, .dataset: 1], filesExamined: 1234,
      bytesExamined: 3_000_000,
      checks: [.matched: 9, .unreachable: 1], unreadRecords: 0, severities: [.error: 2, .warning: 1], ruleRuns: runs)
  }

  /// Counts as a scan would give them for these results.
  static func runs(of results: [RuleResult]) -> [PageFacts.RuleRun] {
    [rule, note].map { rule in
      let own = results.filter { $0.rule == rule.id }
      let outcomes = Dictionary(grouping: own, by: \.outcome).mapValues(\.count)
      return PageFacts.RuleRun(rule: rule.id, severity: rule.severity, examined: own.count, outcomes: outcomes)
    }
  }

  static func page(
    _ results: [RuleResult], verdict: PageFacts.Verdict = .findings, caps: PageCaps = PageCaps()
  ) throws -> ReportPage {
    let runs = runs(of: results)
    var selection = ResultSelection(ruleRuns: runs, caps: caps)
    for result in results { selection.add(result) }
    let items = [
      ChecklistFacts.Item(title: "Pinned requirements", rules: [rule.id]),
      ChecklistFacts.Item(title: "Run log", rules: [note.id]),
    ]
    let row = ChecklistFacts.Row(
      version: subject(.version, "a@1.0.0"), aliases: ["prod"], inputs: [subject(.run, "run:1")],
      outcomes: [.fail, .pass])
    return ReportPage(
      facts: facts(verdict, runs: runs), rules: [rule, note], results: selection,
      checklist: ChecklistFacts(items: items, rows: [row]),
      aliases: [AliasFacts(alias: subject(.alias, "a@prod"), version: "a@1.0.0", findings: [.error: 1], undecided: 0)],
      lineages: [try lineage()], caps: caps)
  }

  static let results = [
    finding("run:1"), finding("run:2", details: 3), finding("run:3", by: note),
    finding("run:4", by: note, outcome: .unverified, message: "the record could not be read"),
    finding("run:5", by: note, outcome: .unverified, message: "declared out of scope: cold storage"),
    finding("run:6", outcome: .waived, message: "waived until 2027-01-31"),
  ]

  static func lineage(
    label: String = "run:1", relation: String = "made by", aliases: [String] = ["prod"]
  ) throws -> LineageFacts {
    let graph = try LineageGraph(
      nodes: [
        LineageNode(id: "v", kind: .version, label: "a@1.0.0", outcome: .pass),
        LineageNode(id: "r", kind: .run, label: label, outcome: .fail),
        LineageNode(id: "c", kind: .commit, label: "no commit is recorded", isGap: true),
      ],
      edges: [
        LineageEdge(from: "v", to: "r", relation: relation), LineageEdge(from: "r", to: "c", relation: "built from"),
      ])
    return LineageFacts(version: subject(.version, "a@1.0.0"), aliases: aliases, graph: graph, svg: "<svg></svg>")
  }

  /// A page in which every text that a store, a policy or a rule can choose is `text`.
  static func filled(with text: String) throws -> ReportPage {
    let subject = { (kind: SubjectKind) in Subject(store: text, kind: kind, name: text) }
    let described = RuleDescription(
      id: "own-rule", category: text, title: text, subjects: [.run], severity: .error, rationale: text, remedy: text,
      references: [text], controls: [text: [text]], parameters: [])
    let results = [Outcome.fail, .unverified, .waived].map { outcome in
      RuleResult(
        rule: "own-rule", subject: subject(.run), subjectPath: text, severity: .error, outcome: outcome, message: text,
        details: [Detail(item: text, message: "\(text) ", path: text, line: 3)], reaches: [text, text],
        acceptances: [
          Acceptance(
            form: .waiver, name: text, reason: text, owner: text, approvedBy: text, ends: "2026-06-30", details: 1)
        ])
    }
    let runs = [
      PageFacts.RuleRun(
        rule: "own-rule", severity: .error, examined: 3, outcomes: [.fail: 1, .unverified: 2, .waived: 1], failure: text
      )
    ]
    var selection = ResultSelection(ruleRuns: runs)
    for result in results { selection.add(result) }
    selection.add(
      RuleResult(
        rule: "own-rule", subject: subject(.run), severity: .error, outcome: .unverified,
        message: "declared out of scope: \(text)"))
    let store = PageFacts.Store(name: text, kind: text, path: text)
    var facts = facts(.findings, explanation: "X \(text)", runs: runs)
    facts.stores = [store, store]
    (facts.tool, facts.toolVersion, facts.policy, facts.policyDigest) = (text, text, text, text)
    (facts.scanID, facts.now) = (text, text)
    var meta = ReportMeta()
    (meta.organisation, meta.engagement, meta.auditor, meta.period) = (text, text, text, text)
    (meta.classification, meta.signOff) = (text, [text, text])
    facts.meta = meta
    facts.policyText = text
    facts.queries = ["own-rule": text]
    facts.inputs = [PageFacts.Input(role: "policy", path: text, digest: text)]
    facts.accepted = [
      AcceptedFacts(
        acceptance: Acceptance(
          form: .waiver, name: text, reason: text, owner: text, approvedBy: text, ends: "2026-06-30", details: 1),
        rule: text, results: 1)
    ]
    let row = ChecklistFacts.Row(version: subject(.version), aliases: [text], inputs: [], outcomes: [.fail])
    let lineage = try lineage(label: text, relation: text, aliases: [text])
    return ReportPage(
      facts: facts, rules: [described], results: selection,
      checklist: ChecklistFacts(items: [ChecklistFacts.Item(title: text, rules: ["own-rule"])], rows: [row]),
      aliases: [AliasFacts(alias: subject(.alias), version: text, findings: [:], undecided: 0)],
      lineages: [
        LineageFacts(version: subject(.version), aliases: [text], graph: lineage.graph, svg: "<svg></svg>")
      ])
  }

  /// What people and attackers put into names, none of it with a backtick, which marks code in our own prose.
  static let hostile = [
    "<script>alert(1)</script>", "]]><img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' onfocus='alert(1)",
    "\"\u{301} onload=x", "\u{600}\"\u{301}>", "<\u{301}b>", "&lt;b&gt;&#60;", "<!--", "{{{title}}}",
    "{{> html/icon.html}}",
    "nul\u{0}esc\u{1B}[31m", "a\u{202E}gpj.exe", "two\nlines\r\n# three", "ze\u{200B}ro\u{FEFF}\u{2028}",
    String(repeating: "A", count: 100_000), "javascript:alert(1)", "</code></td></table><h1>",
  ]
}
