import Records

/// The built-in rules and those that a policy names, by id.
package struct RuleCatalogue: Sendable {
  /// Sorted by id.
  package let rules: [RuleFile]
  private let byID: [String: RuleFile]

  /// The rules in the binary; their headers were checked when it was built.
  package static func builtIn() throws -> RuleCatalogue { try parsed.get() }

  // Audits may follow each other by the thousand.
  private static let parsed = Result {
    try RuleCatalogue(rules: GeneratedCatalogue.all.map { try RuleFile(text: $0.value, path: $0.key) })
  }

  package init(rules: [RuleFile]) {
    self.rules = rules.sorted { $0.description.id < $1.description.id }
    byID = Dictionary(rules.map { ($0.description.id, $0) }) { first, _ in first }
  }

  /// These rules besides; a rule that is there already stays.
  package func adding(_ own: [RuleFile]) -> RuleCatalogue {
    own.isEmpty ? self : RuleCatalogue(rules: rules + own.filter { byID[$0.description.id] == nil })
  }

  /// The same rules, whose remedies also say how to record something with the tools of these kinds of store.
  package func advising(kinds: Set<String>) -> RuleCatalogue {
    RuleCatalogue(
      rules: rules.map { rule in
        var rule = rule
        for text in StoreRemedies.texts(for: rule.description.id, kinds: kinds) {
          rule.description.remedy += " " + text
        }
        return rule
      })
  }

  package subscript(id: String) -> RuleFile? { byID[id] }

  package var descriptions: [String: RuleDescription] { byID.mapValues(\.description) }
}
