import Records

extension PageBuilder {
  func checklist(_ facts: ChecklistFacts, drawn: Set<String>) -> ReportPage.Checklist? {
    guard !facts.rows.isEmpty else { return nil }
    let items = zip(facts.items, facts.totals).map { item, counts in
      let passing = counts[.pass] ?? 0
      let asked = counts.reduce(0) { $0 + ($1.key == .notApplicable ? 0 : $1.value) }
      return ReportPage.Checklist.Item(
        title: item.title, passing: "\(Figures.count(passing)) of \(Figures.count(asked))", allPass: passing == asked)
    }
    return ReportPage.Checklist(
      items: items, rows: facts.rows.prefix(caps.checklistRows).map { row($0, items: facts.items, drawn: drawn) },
      leftOut: leftOut(facts.versions - min(facts.rows.count, caps.checklistRows), "version"))
  }

  private func row(_ row: ChecklistFacts.Row, items: [ChecklistFacts.Item], drawn: Set<String>)
    -> ReportPage.Checklist.Row
  {
    let lineage = Self.anchor(lineageOf: row.version)
    let subjects = [row.version] + row.inputs.filter { $0 != row.version }
    let cells = zip(items, row.outcomes).map { item, outcome in
      let sign = Wording.sign(outcome)
      return ReportPage.Checklist.Cell(
        item: item.title, outcome: outcome.rawValue, label: sign.label, icon: sign.icon, mark: sign.mark,
        anchor: outcome == .pass || outcome == .notApplicable ? nil : anchor(of: item.rules, subjects, outcome))
    }
    return ReportPage.Checklist.Row(
      version: name(row.version.name), store: store(of: row.version), anchor: drawn.contains(lineage) ? lineage : nil,
      aliases: row.aliases.map(name), cells: cells)
  }

  /// The first result behind a cell; a rule that failed beside one that was waived must not lead to the latter.
  private func anchor(of rules: [String], _ subjects: [Subject], _ outcome: Outcome) -> String? {
    for rule in rules {
      for subject in subjects {
        if let found = shown[ResultKey(rule: rule, subject: subject)], found.outcome == outcome { return found.anchor }
      }
    }
    return nil
  }

  func aliasTable(_ aliases: [AliasFacts]) -> ReportPage.AliasTable? {
    guard !aliases.isEmpty else { return nil }
    return ReportPage.AliasTable(
      rows: aliases.prefix(caps.aliases).map(row),
      leftOut: leftOut(aliases.count - caps.aliases, "alias", plural: "aliases"))
  }

  private func row(_ alias: AliasFacts) -> ReportPage.AliasTable.Row {
    let isFlagged = alias.version == nil || alias.findings.contains { $0.value > 0 }
    let outcome: Outcome = isFlagged ? .fail : alias.undecided > 0 ? .unverified : .pass
    let sign = Wording.sign(outcome)
    return ReportPage.AliasTable.Row(
      alias: name(alias.alias.name), store: store(of: alias.alias), version: alias.version.map(name),
      outcome: outcome.rawValue,
      label: sign.label, icon: sign.icon, mark: sign.mark, errors: cell(alias.findings[.error]),
      warnings: cell(alias.findings[.warning]), notes: cell(alias.findings[.note]), undecided: cell(alias.undecided))
  }

  func cell(_ count: Int?) -> ReportPage.AliasTable.Cell {
    ReportPage.AliasTable.Cell(count: Figures.count(count ?? 0), isZero: (count ?? 0) == 0)
  }

  var ruleRows: [ReportPage.Rule] {
    facts.ruleRuns.map { run in
      let rule = rules[run.rule]
      let sql = Self.lines(of: facts.queries[run.rule] ?? "")
      let counts = Wording.outcomes.map { cell(run.outcomes[$0]) }
      return ReportPage.Rule(
        id: run.rule, anchor: anchor(of: run.rule, in: "rule"), title: Prose.paragraph(rule?.title ?? ""),
        category: rule?.category ?? "",
        severity: sign(run.severity), examined: Figures.count(run.examined),
        counts: counts, countsHTML: counts.map(\.html).joined(), failure: run.failure,
        controls: (rule?.controls ?? [:]).sorted { $0.key < $1.key }.map {
          ReportPage.Control(framework: $0.key, clauses: $0.value.joined(separator: ", "))
        },
        references: rule?.references.filter { $0.hasPrefix("https://") || $0.hasPrefix("http://") } ?? [],
        sql: sql, sqlHTML: HTMLText.lines(sql))
    }
  }
}
