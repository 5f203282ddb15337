import Records

extension ReportPage {
  /// Builds the page of one finished audit; what the caps leave out is said on the page.
  ///
  /// `results` hold what is shown of each rule, `lineages` the versions that are drawn, of `versions` there are.
  package init(
    facts: PageFacts, rules: [RuleDescription], results: ResultSelection, checklist: ChecklistFacts? = nil,
    aliases: [AliasFacts] = [], lineages: [LineageFacts] = [], caps: PageCaps = PageCaps()
  ) {
    let builder = PageBuilder(facts: facts, rules: rules, selection: results, caps: caps)
    let lineage = builder.lineage(lineages)
    let drawn = Set(lineage.versions.map(\.anchor))
    let policy = PageBuilder.lines(of: facts.policyText ?? "")
    self.init(
      title: builder.title, tool: Tool(name: facts.tool, version: facts.toolVersion),
      policy: Policy(
        name: facts.policy, digest: facts.policyDigest, lines: policy, linesHTML: HTMLText.lines(policy)),
      scan: Scan(
        id: facts.scanID, now: facts.now, time: Figures.time(facts.now), asOf: facts.asOf, ledger: facts.ledger,
        selection: facts.selection.map { Prose.spans($0) } ?? []), meta: builder.meta,
      verdict: builder.verdict,
      remarks: facts.remarks.map { Remark(text: Prose.spans($0)) },
      scope: builder.scope, outcomes: builder.outcomes,
      severities: Severity.allCases.reversed().map { builder.tally($0, count: facts.severities[$0] ?? 0) },
      judgedNothing: facts.ruleRuns.allSatisfy { $0.examined == 0 }, trend: builder.trend, causes: builder.causes,
      causesLeftOut: builder.causesLeftOut,
      checklist: checklist.flatMap { builder.checklist($0, drawn: drawn) }, aliases: builder.aliasTable(aliases),
      filters: builder.filters,
      findings: builder.list([.fail], name: "findings", noun: "finding"),
      undecided: builder.list([.unverified], name: "undecided", noun: "undecided result"),
      accepted: builder.list([.waived, .baselined], name: "accepted", noun: "accepted finding"),
      waivers: builder.waivers, controls: builder.controls, lineage: lineage, rules: builder.ruleRows,
      inputs: facts.inputs.map { Input(role: $0.role, path: builder.name($0.path), digest: $0.digest) },
      meanings: Wording.outcomes.map { builder.tally($0) })
  }
}

extension PageBuilder {
  /// Causes that the summary names; all are in the findings below it.
  private static let mostCauses = 8

  /// The lines of a text of our own: values of a page stand on one line.
  static func lines(of text: String) -> [String] {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  var title: String {
    let names = facts.stores.prefix(2).map { name($0.name) }
    switch facts.stores.count {
    case 0: return "nothing"
    case 1: return names[0]
    case 2: return "\(names[0]) and \(names[1])"
    default: return "\(names[0]), \(names[1]) and \(Figures.count(facts.stores.count - 2, "more store"))"
    }
  }

  var verdict: ReportPage.Verdict {
    let (id, sign) = Wording.verdict(facts.verdict)
    return ReportPage.Verdict(
      id: id, title: sign.label, icon: sign.icon, mark: sign.mark, sentence: Self.sentence(facts.explanation),
      meaning: sign.meaning, exitCode: String(facts.verdict.rawValue))
  }

  /// A capital where the sentence begins with a word, and a full stop.
  private static func sentence(_ text: String) -> String {
    guard let first = text.first else { return "" }
    let word = text.prefix { !$0.isWhitespace }
    let isWord = word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    let start = isWord ? first.uppercased() + text.dropFirst() : text
    return start.hasSuffix(".") ? start : start + "."
  }

  var outcomes: [ReportPage.Tally] {
    let counts = Wording.outcomes.map { outcome in facts.ruleRuns.reduce(0) { $0 + ($1.outcomes[outcome] ?? 0) } }
    return zip(Wording.outcomes, zip(counts, OutcomeBar.parts(of: counts))).map { outcome, pair in
      tally(outcome, count: pair.0, bar: pair.1)
    }
  }

  /// Rules with findings, errors first, then by how many subjects they flag.
  private var failing: [PageFacts.RuleRun] {
    facts.ruleRuns.filter { ($0.outcomes[.fail] ?? 0) > 0 }.sorted { left, right in
      let (many, few) = (left.outcomes[.fail] ?? 0, right.outcomes[.fail] ?? 0)
      return (right.severity, few, left.rule) < (left.severity, many, right.rule)
    }
  }

  var causes: [ReportPage.Cause] {
    let shown = Dictionary(grouping: selection.results.filter { $0.outcome == .fail }, by: \.rule)
    return failing.prefix(Self.mostCauses).map { run in
      let rule = rules[run.rule]
      let (results, count) = (shown[run.rule] ?? [], run.outcomes[.fail] ?? 0)
      return ReportPage.Cause(
        rule: run.rule, anchor: results.isEmpty ? "findings" : anchor(of: run.rule, in: "findings"),
        title: Prose.paragraph(rule?.title ?? ""), severity: sign(results.map(\.severity).max() ?? run.severity),
        subjects: Wording.count(count, of: kinds(results, count, rule)))
    }
  }

  var causesLeftOut: String? {
    let hidden = failing.count - Self.mostCauses
    return hidden > 0 ? "and \(Figures.count(hidden, "more rule"))" : nil
  }
}
