import Records

/// What `subject.html` and `subject.md` get: `repro-audit/subject-page/1`, documented in docs/templates.md.
struct OnePage {
  struct Tool {
    let name: String
    let version: String
  }
  struct Policy {
    let name: String
    let digest: String
  }
  struct Scan {
    let id: String
    let now: String
    let time: String
    let ledger: String?
  }
  struct Verdict {
    let id: String
    let title: String
    let icon: String
    let mark: String
    let sentence: String
  }
  struct Pair {
    let name: String
    let value: String
  }
  struct Item {
    let title: String
    let outcome: String
    let label: String
    let icon: String
    let mark: String
    let evidence: [String]
    let rules: [String]
  }
  struct ValueList {
    let title: String
    let pairs: [Pair]
    let leftOut: String?
  }
  struct Artifact {
    let path: String
    let role: String
    let digest: String?
    let state: String
  }
  struct Finding {
    let rule: String
    let subject: String
    let severity: ReportPage.Sign
    let outcome: ReportPage.Sign
    let message: [ReportPage.Span]
    let acceptances: [String]
  }

  let schema = "repro-audit/subject-page/1"
  let tool: Tool
  let policy: Policy
  let scan: Scan
  let title: String
  let kind: String
  let verdict: Verdict
  let about: [Pair]
  let items: [Item]
  let values: [ValueList]
  let artifacts: [Artifact]
  let artifactsLeftOut: String?
  let findings: [Finding]
  let findingsLeftOut: String?
  let accepted: [Finding]
  let acceptedLeftOut: String?
  let svg: String?
  let diagram: String?
  let lineageLeftOut: String?

  /// What fits one printed page for an ordinary version.
  private static let most = (values: 12, artifacts: 12, findings: 10, accepted: 6, evidence: 4)

  init(_ facts: OnePageFacts, svg: String?) {
    tool = Tool(name: facts.tool, version: facts.toolVersion)
    policy = Policy(name: Self.name(facts.policy), digest: facts.policyDigest)
    scan = Scan(id: facts.scanID, now: facts.now, time: Figures.time(facts.now), ledger: facts.ledger)
    title = Self.name(facts.title)
    kind = facts.subject.kind.rawValue
    let (id, sign) = Wording.verdict(facts.verdict)
    verdict = Verdict(id: id, title: sign.label, icon: sign.icon, mark: sign.mark, sentence: facts.explanation)
    about = facts.about.map { Pair(name: $0.name, value: Self.name($0.value)) }
    items = facts.items.map { item in
      let sign = Wording.sign(item.outcome)
      let evidence = item.evidence.prefix(Self.most.evidence).map(Self.name)
      let rest = item.evidence.count - evidence.count
      return Item(
        title: item.title, outcome: item.outcome.rawValue, label: sign.label, icon: sign.icon, mark: sign.mark,
        evidence: evidence + (rest > 0 ? ["and \(Figures.count(rest)) more"] : []), rules: item.rules)
    }
    values = facts.values.map { list in
      ValueList(
        title: list.title,
        pairs: list.pairs.prefix(Self.most.values).map { Pair(name: Self.name($0.name), value: Self.name($0.value)) },
        leftOut: Self.rest(list.pairs.count - Self.most.values, "more"))
    }
    artifacts = facts.artifacts.prefix(Self.most.artifacts).map {
      Artifact(path: Self.name($0.path), role: $0.role, digest: $0.digest.map(Self.name), state: $0.state)
    }
    artifactsLeftOut = Self.rest(facts.artifacts.count - Self.most.artifacts, "more files")
    findings = facts.results.prefix(Self.most.findings).map(Self.finding)
    findingsLeftOut = Self.rest(
      facts.results.count - Self.most.findings, "more; repro-audit explain shows all of one subject")
    accepted = facts.accepted.prefix(Self.most.accepted).map(Self.finding)
    acceptedLeftOut = Self.rest(facts.accepted.count - Self.most.accepted, "more")
    self.svg = svg
    diagram = facts.lineage.map { MermaidDiagram($0).text }
    lineageLeftOut = Self.rest(facts.notDrawn, "more nodes; repro-audit lineage shows them")
  }

  /// Characters of one value: a digest fits.
  private static func name(_ text: String) -> String { VisibleText.line(text, limit: 120) }

  private static func rest(_ count: Int, _ words: String) -> String? {
    count > 0 ? "and \(Figures.count(count)) \(words)" : nil
  }

  /// A long message is cut, and then not looked through for code.
  private static func message(_ text: String) -> [ReportPage.Span] {
    let most = 240
    guard text.utf8.count > most else { return Prose.spans(text) }
    return [ReportPage.Span(text: VisibleText.line(text, limit: most), isCode: false)]
  }

  private static func finding(_ result: RuleResult) -> Finding {
    func sign(_ id: String, _ sign: Wording.Sign) -> ReportPage.Sign {
      ReportPage.Sign(id: id, label: sign.label, icon: sign.icon, mark: sign.mark)
    }
    return Finding(
      rule: name(result.rule), subject: name(result.subject.name),
      severity: sign(result.severity.rawValue, Wording.sign(result.severity)),
      outcome: sign(result.outcome.rawValue, Wording.sign(result.outcome)),
      message: message(result.message),
      acceptances: result.acceptances.map { name(AcceptanceText.line($0, of: result)) })
  }
}

/// Renders the page of one version or run.
package enum OnePageReport {
  package static func html(_ facts: OnePageFacts, templates: ReportTemplates) throws -> String {
    let svg = try facts.lineage.map {
      try LineageSVG($0, title: "Lineage of \(facts.subject.name)", prefix: "lineage").text()
    }
    return try HTMLReport.whole(
      TemplateData.fields(of: OnePage(facts, svg: svg)), template: "subject.html", scriptFolder: nil, templates)
  }

  package static func markdown(_ facts: OnePageFacts, templates: ReportTemplates) throws(ReportTemplateError) -> String
  {
    try templates.render(TemplateData.fields(of: OnePage(facts, svg: nil)), template: "subject.md")
  }
}
