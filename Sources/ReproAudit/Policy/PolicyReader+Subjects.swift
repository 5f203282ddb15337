import Documents
import Records
import Rules

extension PolicyReader {
  /// `subjects`: what holds for some subjects only, by their names; a later one stands over an earlier one.
  mutating func readSubjects(_ section: DocumentEntry) throws(PolicyError) {
    for node in try list(section.node, "`subjects`") {
      attempt { reader throws(PolicyError) in reader.policy.exceptions.append(try reader.exception(node)) }
    }
  }

  private func exception(_ node: DocumentNode) throws(PolicyError) -> SubjectException {
    let known = ["match", "kind", "reason", "rules"]
    for entry in try map(node, "an entry of `subjects`") where !known.contains(entry.key) {
      throw unknown("key of `subjects`", entry.key, among: known, line: entry.line)
    }
    guard let match = node["match"], let settings = node["rules"], settings.entries?.isEmpty == false else {
      throw mistake("an entry of `subjects` needs `match` and `rules`", line: node.line)
    }
    let globs = try texts(match, "`match`")
    guard !globs.isEmpty, !globs.contains("") else {
      throw mistake("`match` names at least one subject", line: match.line)
    }
    var kind: SubjectKind?
    if let named = node["kind"] {
      kind = named.text.flatMap(SubjectKind.init)
      let kinds = SubjectKind.allCases.filter { $0 != .waiver }
      guard let kind, kinds.contains(kind) else {
        throw unknown("kind of subject", named.text ?? "", among: kinds.map(\.rawValue), line: named.line)
      }
    }
    var rules: [String: Severity?] = [:]
    for entry in try map(settings, "`rules`") {
      guard let rule = catalogue[entry.key]?.description else {
        throw unknown("rule", entry.key, among: catalogue.rules.map(\.description.id), line: entry.line)
      }
      guard !rule.judgesWaivers else {
        throw mistake("`\(rule.id)` judges waivers, and there is no exception from it", line: entry.line)
      }
      rules[rule.id] = .some(try severity(entry.node, of: rule))
    }
    return SubjectException(
      subjects: globs.map(Glob.init), kind: kind,
      reason: try node["reason"].map { node throws(PolicyError) in try text(node, "`reason`") },
      rules: rules, path: path, line: node.line)
  }

  /// A severity; nil for `off`.
  func severity(_ node: DocumentNode, of rule: RuleDescription) throws(PolicyError) -> Severity? {
    // YAML reads a bare `off` and `on` as booleans; both spellings mean the same here.
    if let isOn = node.boolean { return isOn ? rule.severity : nil }
    guard let severity = node.text.flatMap(Severity.init) else {
      throw unknown(
        "severity", node.text ?? "", among: ["off", "on"] + Severity.allCases.map(\.rawValue), line: node.line)
    }
    return severity
  }

  /// `severity: {otherwise: note, staging: warning, prod: error}`: alias → severity, the highest that reaches a subject;
  /// `*` is any alias.
  mutating func readStagedSeverity(_ node: DocumentNode, of rule: RuleDescription) throws(PolicyError) {
    guard !rule.judgesWaivers else {
      throw mistake("no alias reaches a waiver; `\(rule.id)` takes one severity", line: node.line)
    }
    var staged = StagedSeverity()
    for entry in try map(node, "`severity`") {
      guard let severity = try severity(entry.node, of: rule) else {
        throw mistake(
          "a severity by stage is error, warning or note; `off` is for the rule as a whole", line: entry.line)
      }
      switch entry.key {
      case "otherwise": policy.rules[rule.id] = severity
      case "*": staged.any = severity
      default: staged.aliases[entry.key] = severity
      }
    }
    if policy.rules[rule.id] == nil { policy.rules[rule.id] = rule.severity }
    policy.staged[rule.id] = staged
    mark(PolicyPlace("rules", rule.id, "severity"), line: node.line)
  }
}
