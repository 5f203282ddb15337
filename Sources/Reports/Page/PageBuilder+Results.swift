import Records

extension PageBuilder {
  /// The results of some outcomes, grouped by rule: errors first, then by how many subjects each flags.
  func list(_ outcomes: [Outcome], name: String, noun: String) -> ReportPage.ResultList {
    let kept = Dictionary(grouping: selection.results.filter { outcomes.contains($0.outcome) }, by: \.rule)
    let shown = kept.values.reduce(0) { $0 + $1.count }
    var total = 0
    var groups: [(severity: Severity, count: Int, group: ReportPage.RuleGroup)] = []
    for run in facts.ruleRuns {
      let results = kept[run.rule] ?? []
      let count = max(results.count, self.count(of: outcomes, in: run))
      total += count
      guard !results.isEmpty else { continue }
      let severity = results.map(\.severity).max() ?? run.severity
      groups.append(
        (severity, count, group(results, of: run.rule, severity: severity, count: count, in: name, shown: shown)))
    }
    groups.sort { ($1.severity, $1.count, $0.group.rule) < ($0.severity, $0.count, $1.group.rule) }
    return ReportPage.ResultList(
      name: name, isUndecided: outcomes == [.unverified],
      count: total == 0 ? "no \(noun)" : Figures.count(total, noun), isEmpty: total == 0,
      severalOutcomes: outcomes.count > 1, groups: groups.map(\.group),
      leftOut: leftOut(total - shown, noun))
  }

  /// Over the whole audit; what the policy excludes is listed apart, by reason.
  private func count(of outcomes: [Outcome], in run: PageFacts.RuleRun) -> Int {
    let all = outcomes.reduce(0) { $0 + (run.outcomes[$1] ?? 0) }
    return outcomes.contains(.unverified) ? all - (selection.excludedCounts[run.rule] ?? 0) : all
  }

  private func group(
    _ results: [RuleResult], of id: String, severity: Severity, count: Int, in list: String, shown: Int
  ) -> ReportPage.RuleGroup {
    let rule = rules[id]
    let details = shown > caps.manyResults ? caps.detailsOfMany : caps.details
    return ReportPage.RuleGroup(
      rule: id, anchor: anchor(of: id, in: list), title: Prose.paragraph(rule?.title ?? id),
      category: rule?.category ?? "", severity: sign(severity),
      subjects: Wording.count(count, of: kinds(results, count, rule)), why: Prose.paragraph(rule?.rationale ?? ""),
      remedy: Prose.paragraph(rule?.remedy ?? ""), results: results.map { view($0, in: severity, details: details) },
      leftOut: results.count < count ? "\(Figures.count(results.count)) of \(Figures.count(count)) shown" : nil)
  }

  /// What is counted: by name where all are of one kind.
  func kinds(_ results: [RuleResult], _ count: Int, _ rule: RuleDescription?) -> [SubjectKind] {
    let seen = Set(results.map(\.subject.kind))
    return results.count == count && seen.count == 1 ? Array(seen) : rule?.subjects ?? []
  }

  private func view(_ result: RuleResult, in severity: Severity, details limit: Int) -> ReportPage.Result {
    let shown = result.details.prefix(limit)
    let repeats =
      shown.count == 1 && result.detailCount == 1 && !shown[0].message.isEmpty
      && result.message.hasSuffix(shown[0].message)
    return ReportPage.Result(
      anchor: Self.anchor(of: result), subject: name(result.subject.name),
      kind: Self.kind(of: result.subject), store: store(of: result.subject), place: result.subjectPath.map(name),
      severity: sign(result.severity), severityDiffers: result.severity != severity, outcome: sign(result.outcome),
      message: repeats ? [] : Prose.spans(result.message),
      acceptances: result.acceptances.map {
        ReportPage.Acceptance(what: name(AcceptanceText.what($0, of: result)), reason: Prose.spans($0.reason))
      },
      aliases: result.reaches.filter { $0 != result.subject.name }.map(name),
      models: places.models(of: result), stages: places.stages(of: result),
      command: result.outcome == .fail
        ? rules[result.rule]?.remedyCommand.map { RemedyCommand($0).lines(for: shown) } ?? [] : [],
      details: shown.map { detail in
        ReportPage.Detail(
          item: name(detail.item), what: Prose.spans(detail.message), path: detail.path.map(name),
          line: detail.path == nil ? nil : detail.line.map { ":\($0)" })
      },
      detailsLeftOut: shown.count < result.detailCount
        ? "\(Figures.count(shown.count)) of \(Figures.count(result.detailCount)) shown" : nil)
  }

  private static func kind(of subject: Subject) -> String? {
    let kind = subject.kind.rawValue
    return subject.name.hasPrefix(kind + ":") ? nil : kind
  }
}
