import AuditDatabase
import Records
import Rules

/// What a policy makes of the rules there are.
extension Policy {
  /// The rules that are asked, with the severity of what they find.
  func asked(of catalogue: RuleCatalogue) -> [(rule: RuleFile, severity: Severity)] {
    catalogue.rules.compactMap { rule in
      // A rule that is off may still be asked of some subjects.
      let apart = exceptions.compactMap { $0.rules[rule.description.id] ?? nil }.max()
      guard let severity = rules[rule.description.id] ?? apart else { return nil }
      return (rule, severity)
    }
  }

  /// What rules see of it.
  func facts(for catalogue: RuleCatalogue) -> PolicyFacts {
    var facts = PolicyFacts()
    for rule in catalogue.rules {
      let id = rule.description.id
      facts.parameters += rule.description.parameters.map { (id, $0.name, parameters[id]?[$0.name] ?? $0.defaultValue) }
    }
    facts.stages = stageFacts
    facts.frameworks = SeededFrameworks.pairs
    facts.runSchema = runSchema.map { ($0.path, $0.digest) }
    return facts
  }
}
