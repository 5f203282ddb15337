import Records

extension PageBuilder {
  /// Subjects named as examples of what was not examined.
  private static let mostExamples = 3

  var scope: ReportPage.Scope {
    let excluded = selection.excluded.map { exclusion in
      ReportPage.Gap(
        rule: nil, anchor: nil, title: [], count: Figures.count(exclusion.count, "result"),
        reason: Prose.spans(exclusion.reason),
        examples: exclusion.subjects.map { ReportPage.Example(subject: name($0), message: []) }, examplesLeftOut: nil)
    }
    let undecided = undecidedRules
    return ReportPage.Scope(
      excluded: excluded, undecided: undecided,
      hasGaps: !excluded.isEmpty || !undecided.isEmpty || facts.unreadRecords > 0,
      unread: unread, unreadAnchor: unreadAnchor,
      stores: facts.stores.prefix(caps.stores).map {
        ReportPage.Store(name: name($0.name), kind: name($0.kind), path: name($0.path))
      },
      storesLeftOut: leftOut(facts.stores.count - caps.stores, "store"), severalStores: facts.stores.count > 1,
      subjects: [SubjectKind.model, .version, .alias, .run, .dataset].map { kind in
        let count = facts.subjects[kind] ?? 0
        let noun = Wording.noun(kind)
        return ReportPage.Figure(count: Figures.count(count), noun: count == 1 ? noun.one : noun.many)
      },
      files: Figures.count(facts.filesExamined, "file"), bytes: Figures.bytes(facts.bytesExamined),
      coverage: facts.coverage, checks: checks)
  }

  private var unread: String? {
    switch facts.unreadRecords {
    case 0: nil
    case 1: "1 record or directory could not be read, so nothing is known of what it describes"
    case let count:
      "\(Figures.count(count)) records or directories could not be read, so nothing is known of what they describe"
    }
  }

  /// The rule that names what could not be read.
  private var unreadAnchor: String? {
    let rule = "unreadable-file"
    let isShown = selection.results.contains { $0.rule == rule && $0.outcome == .fail }
    return isShown ? anchor(of: rule, in: "findings") : nil
  }

  private var checks: [ReportPage.Check] {
    Wording.checks.compactMap { verdict in
      guard let count = facts.checks[verdict], count > 0 else { return nil }
      let (outcome, label, meaning) = Wording.check(verdict)
      let sign = Wording.sign(outcome)
      return ReportPage.Check(
        id: verdict.rawValue, label: label, meaning: meaning, count: Figures.count(count), outcome: outcome.rawValue,
        icon: sign.icon, mark: sign.mark)
    }
  }

  /// One gap for each rule that left something undecided, however many subjects the page shows of it.
  private var undecidedRules: [ReportPage.Gap] {
    let kept = Dictionary(grouping: selection.results.filter { $0.outcome == .unverified }, by: \.rule)
    return facts.ruleRuns.compactMap { run in
      let results = kept[run.rule] ?? []
      let count = max(results.count, (run.outcomes[.unverified] ?? 0) - (selection.excludedCounts[run.rule] ?? 0))
      guard count > 0 else { return nil }
      let messages = Set(results.map(\.message))
      let reason = run.failure ?? (messages.count == 1 ? messages.first : nil)
      let examples = results.prefix(Self.mostExamples).map {
        ReportPage.Example(subject: name($0.subject.name), message: reason == nil ? Prose.spans($0.message) : [])
      }
      return ReportPage.Gap(
        rule: run.rule, anchor: results.isEmpty ? nil : anchor(of: run.rule, in: "undecided"),
        title: Prose.paragraph(rules[run.rule]?.title ?? run.rule),
        count: Wording.count(count, of: rules[run.rule]?.subjects ?? []), reason: Prose.spans(reason ?? ""),
        examples: examples,
        examplesLeftOut: count > examples.count ? "and \(Figures.count(count - examples.count)) more" : nil)
    }
  }
}
