import Records

/// The checklist: which items it asks for, and what was found for each version.
package struct ChecklistFacts: Sendable {
  /// One column of the matrix.
  package struct Item: Sendable, Hashable {
    package let title: String
    /// The rules that decide it.
    package let rules: [String]

    package init(title: String, rules: [String]) {
      self.title = title
      self.rules = rules
    }
  }

  /// One model version.
  package struct Row: Sendable, Hashable {
    package let version: Subject
    /// Without the model: `prod`, `staging`.
    package let aliases: [String]
    /// What the version rests on, its run and that run's datasets: where the findings behind a cell are looked for.
    package let inputs: [Subject]
    /// One outcome an item, in the order of the items.
    package let outcomes: [Outcome]

    package init(version: Subject, aliases: [String], inputs: [Subject], outcomes: [Outcome]) {
      self.version = version
      self.aliases = aliases
      self.inputs = inputs
      self.outcomes = outcomes
    }
  }

  package let items: [Item]
  /// At most `PageCaps.checklistRows` are shown.
  package let rows: [Row]
  /// How many versions there are, shown or not.
  package let versions: Int
  /// For each item, how many versions have which outcome.
  package let totals: [[Outcome: Int]]

  /// With no `versions` and `totals` given, `rows` are all there are.
  package init(items: [Item], rows: [Row], versions: Int? = nil, totals: [[Outcome: Int]]? = nil) {
    self.items = items
    self.rows = rows
    self.versions = versions ?? rows.count
    self.totals =
      totals
      ?? items.indices.map { index in
        rows.reduce(into: [:]) { counts, row in
          if index < row.outcomes.count { counts[row.outcomes[index], default: 0] += 1 }
        }
      }
  }
}

/// An alias, and what is known of the version it points at.
package struct AliasFacts: Sendable, Hashable {
  package let alias: Subject
  /// The version's name as `fraud-detector@1.2.0`; nil when it points at none.
  package let version: String?
  /// Findings that reach the alias, by severity.
  package let findings: [Severity: Int]
  /// Undecided results that reach the alias.
  package let undecided: Int

  package init(alias: Subject, version: String?, findings: [Severity: Int], undecided: Int) {
    self.alias = alias
    self.version = version
    self.findings = findings
    self.undecided = undecided
  }
}
