import Records

extension ReportPage {
  /// What was found for the clauses of one framework that rules speak to.
  struct ControlTable: Sendable {
    /// `EU AI Act`.
    let framework: String
    let rows: [Row]

    struct Row: Sendable {
      let clause: String
      let rules: [RuleLink]
      /// The worst of its rules' outcomes.
      let outcome: Sign
      let failed: AliasTable.Cell
      let unverified: AliasTable.Cell
      /// Waived and baselined.
      let accepted: AliasTable.Cell
      let passed: AliasTable.Cell
    }
  }

  /// A rule by its id, and its place in the appendix.
  struct RuleLink: Sendable {
    let rule: String
    let anchor: String
  }
}

extension PageBuilder {
  private static let frameworks = [
    "eu-ai-act": "EU AI Act", "nist-ai-rmf": "NIST AI RMF", "iso-42001": "ISO/IEC 42001",
  ]

  /// One table a framework, clauses in the order of their numbers.
  var controls: [ReportPage.ControlTable] {
    var runs: [String: [String: [PageFacts.RuleRun]]] = [:]
    for run in facts.ruleRuns {
      for (framework, clauses) in rules[run.rule]?.controls ?? [:] {
        for clause in Set(clauses) { runs[framework, default: [:]][clause, default: []].append(run) }
      }
    }
    return runs.sorted { $0.key < $1.key }.map { framework, clauses in
      ReportPage.ControlTable(
        framework: Self.frameworks[framework] ?? framework,
        rows: clauses.map { (parts: Self.parts($0.key), clause: $0) }
          .sorted { Self.precedes(($0.clause.key, $0.parts), ($1.clause.key, $1.parts)) }
          .map { row($0.clause.key, $0.clause.value) })
    }
  }

  private func row(_ clause: String, _ runs: [PageFacts.RuleRun]) -> ReportPage.ControlTable.Row {
    let count = { (outcomes: [Outcome]) in
      runs.reduce(0) { sum, run in sum + outcomes.reduce(0) { $0 + (run.outcomes[$1] ?? 0) } }
    }
    let incomplete = runs.contains { $0.failure != nil }
    let worst = Wording.outcomes.first { count([$0]) > 0 } ?? .notApplicable
    return ReportPage.ControlTable.Row(
      clause: clause,
      rules: runs.sorted { $0.rule < $1.rule }.map {
        ReportPage.RuleLink(rule: $0.rule, anchor: anchor(of: $0.rule, in: "rule"))
      },
      // A rule that did not complete has said nothing of its subjects.
      outcome: sign(incomplete && worst != .fail ? .unverified : worst), failed: cell(count([.fail])),
      unverified: cell(count([.unverified])), accepted: cell(count([.waived, .baselined])), passed: cell(count([.pass]))
    )
  }

  /// `A.6.2.3` before `A.6.10`, whatever stands between the numbers.
  static func precedes(_ left: String, _ right: String) -> Bool {
    precedes((left, parts(left)), (right, parts(right)))
  }

  /// The same of texts that are cut at their numbers.
  private static func precedes(_ left: (text: String, parts: [String]), _ right: (text: String, parts: [String]))
    -> Bool
  {
    let (one, other) = (left.parts, right.parts)
    for (a, b) in zip(one, other) where a != b {
      if let a = Int(a), let b = Int(b), a != b { return a < b }
      return a < b
    }
    return one.count == other.count ? left.text < right.text : one.count < other.count
  }

  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      if let last = parts.last?.last, (last.isASCII && last.isNumber) == isDigit {
        parts[parts.count - 1].append(character)
      } else {
        parts.append(String(character))
      }
    }
    return parts
  }
}
