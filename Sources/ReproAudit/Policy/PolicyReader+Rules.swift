import Documents
import Records
import Rules

extension PolicyReader {
  /// `rules`: id → a severity, `off`, or a map of `severity` and parameters.
  mutating func readRules(_ section: DocumentEntry) throws(PolicyError) {
    for entry in try map(section.node, "`rules`") {
      attempt { reader throws(PolicyError) in try reader.readRule(entry) }
    }
  }

  private mutating func readRule(_ entry: DocumentEntry) throws(PolicyError) {
    let id = entry.key
    guard let rule = catalogue[id]?.description else {
      throw unknown("rule", id, among: catalogue.rules.map(\.description.id), line: entry.line)
    }
    guard let settings = entry.node.entries else { return try readSeverity(entry.node, of: rule) }
    if policy.rules[id] == nil {
      policy.rules[id] = rule.severity
      policy.staged[id] = rule.staged.map { StagedSeverity(any: $0) }
      mark(PolicyPlace("rules", id, "severity"), line: entry.line)
    }
    for setting in settings {
      attempt { reader throws(PolicyError) in try reader.readSetting(setting, of: rule) }
    }
  }

  private mutating func readSetting(_ setting: DocumentEntry, of rule: RuleDescription) throws(PolicyError) {
    if setting.key == "severity" { return try readSeverity(setting.node, of: rule) }
    guard let parameter = rule.parameters.first(where: { $0.name == setting.key }) else {
      throw unknown(
        "parameter of `\(rule.id)`", setting.key, among: ["severity"] + rule.parameters.map(\.name), line: setting.line)
    }
    policy.parameters[rule.id, default: [:]][parameter.name] = try value(setting.node, of: parameter)
    mark(PolicyPlace("rules", rule.id, parameter.name), line: setting.line)
  }

  private mutating func readSeverity(_ node: DocumentNode, of rule: RuleDescription) throws(PolicyError) {
    if node.entries != nil { return try readStagedSeverity(node, of: rule) }
    policy.rules[rule.id] = try severity(node, of: rule)
    // One severity holds for every stage; `on` gives back what the rule says itself.
    policy.staged[rule.id] = node.boolean == true ? rule.staged.map { StagedSeverity(any: $0) } : nil
    mark(PolicyPlace("rules", rule.id, "severity"), line: node.line)
  }

  private func value(_ node: DocumentNode, of parameter: RuleParameter) throws(PolicyError) -> String {
    func wrong(_ expected: String) -> PolicyError { mistake("`\(parameter.name)` takes \(expected)", line: node.line) }
    switch parameter.kind {
    case .list:
      let items = try texts(node, "`\(parameter.name)`")
      // Rules see a list as one text, joined by commas.
      guard !items.contains(where: { $0.contains(",") }) else { throw wrong("items without a comma") }
      return items.joined(separator: ",")
    case .boolean:
      guard let value = node.boolean else { throw wrong("true or false") }
      return value ? "1" : "0"
    case .integer:
      guard let text = node.text, Int(text) != nil else { throw wrong("a whole number") }
      return text
    case .number:
      guard let text = node.text, Double(text)?.isFinite ?? false else { throw wrong("a number") }
      return text
    case .duration: return "\(try duration(node, parameter.name).seconds)"
    case .text:
      guard let text = node.text else { throw wrong("text") }
      return text
    }
  }
}
