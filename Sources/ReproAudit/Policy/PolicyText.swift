import Documents
import Hashing
import Records
import Rules
import Stores

/// The effective policy as YAML with one spelling only: a policy of its own, and what the policy's digest is of.
struct PolicyText {
  /// A line, and where its value comes from.
  struct Line {
    let text: String
    var origin: PolicyOrigin?
  }

  let policy: Policy
  let catalogue: RuleCatalogue

  /// Every value, each on a line of its own where people look for one.
  var plain: String { lines.map { $0.text + "\n" }.joined() }

  /// `sha256:…` of the plain text.
  var digest: String { "sha256:\(BytesDigest.sha256(Array(plain.utf8)))" }

  /// The same with a comment behind each value that says where it was set.
  var explained: String {
    let width = min(60, lines.map(\.text.count).max() ?? 0)
    return lines.map { line in
      guard let origin = line.origin else { return line.text + "\n" }
      let pad = String(repeating: " ", count: max(0, width - line.text.count))
      return "\(line.text)\(pad)  # \(origin)\n"
    }.joined()
  }

  private var lines: [Line] {
    [Line(text: "name: \(YAMLScalar.text(policy.name))")] + rules + stages + paths + scope + synonyms + subjects
      + waivers + ownRules + runSchema
  }

  private var rules: [Line] {
    var lines = [Line(text: "rules:")]
    for rule in catalogue.rules.map(\.description) {
      let origin = policy.origins[PolicyPlace("rules", rule.id, "severity")]
      guard let severity = policy.rules[rule.id] else {
        lines.append(Line(text: "  \(rule.id): off", origin: origin))
        continue
      }
      guard !rule.parameters.isEmpty else {
        let text = policy.staged[rule.id].map { "{severity: \(Self.text(severity, $0))}" } ?? severity.rawValue
        lines.append(Line(text: "  \(rule.id): \(text)", origin: origin))
        continue
      }
      lines.append(Line(text: "  \(rule.id):"))
      let text = policy.staged[rule.id].map { Self.text(severity, $0) } ?? severity.rawValue
      lines.append(Line(text: "    severity: \(text)", origin: origin))
      for parameter in rule.parameters {
        let value = policy.parameters[rule.id]?[parameter.name] ?? parameter.defaultValue
        lines.append(
          Line(
            text: "    \(parameter.name): \(Self.text(value, kind: parameter.kind))",
            origin: policy.origins[PolicyPlace("rules", rule.id, parameter.name)]
              ?? PolicyOrigin(source: "the rule's default", line: nil)))
      }
    }
    return lines
  }

  /// By file name, wherever they lie, each with the digest of its text: another text is another policy.
  private var ownRules: [Line] {
    guard !policy.ownRules.isEmpty else { return [] }
    let files = policy.ownRules.sorted { $0.description.id < $1.description.id }.map { rule in
      Line(text: "  - \"\(rule.description.id).sql\"  # sha256:\(BytesDigest.sha256(Array(rule.text.utf8)))")
    }
    return [
      Line(
        text: "rule_time_limit: \(policy.ruleTimeLimit)", origin: policy.origins[PolicyPlace("rule_time_limit")]),
      Line(text: "own_rules:"),
    ] + files
  }

  /// By the name that the policy gives it, with the digest of its text.
  private var runSchema: [Line] {
    guard let schema = policy.runSchema else { return [] }
    let name = schema.path.split(separator: "/").last.map(String.init) ?? schema.path
    return [Line(text: "run_schema: \(YAMLScalar.quoted(name))  # \(schema.digest)")]
  }

  private var paths: [Line] {
    [("include", policy.include), ("exclude", policy.exclude)].compactMap { key, globs in
      guard !globs.isEmpty else { return nil }
      return Line(text: "\(key): \(Self.list(globs.map(\.pattern)))", origin: policy.origins[PolicyPlace(key)])
    }
  }

  private var scope: [Line] {
    guard !policy.scope.isEmpty else { return [] }
    return [Line(text: "scope:"), Line(text: "  exclude:")]
      + policy.scope.map { exclusion in
        let location = exclusion.location.pattern
        return Line(
          text: "    - {location: \(YAMLScalar.quoted(location)), reason: \(YAMLScalar.quoted(exclusion.reason))}",
          origin: policy.origins[PolicyPlace("scope", location)])
      }
  }

  private var synonyms: [Line] {
    let keys = policy.synonyms.keys.sorted { $0.name < $1.name }
    guard !keys.isEmpty else { return [] }
    return [Line(text: "synonyms:")]
      + keys.map { key in
        Line(
          text: "  \(key.name): \(Self.list(policy.synonyms[key] ?? []))",
          origin: policy.origins[PolicyPlace("synonyms", key.name)])
      }
  }

  private static func text(_ severity: Severity, _ staged: StagedSeverity) -> String {
    map(
      [("otherwise", severity.rawValue), ("\"*\"", staged.any?.rawValue)]
        + staged.aliases.sorted { $0.key < $1.key }.map { (YAMLScalar.text($0.key), $0.value.rawValue) })
  }

  static func map(_ entries: [(key: String, value: String?)]) -> String {
    "{" + entries.compactMap { entry in entry.value.map { "\(entry.key): \($0)" } }.joined(separator: ", ") + "}"
  }

  static func list(_ items: [String]) -> String { "[\(items.map(YAMLScalar.quoted).joined(separator: ", "))]" }

  /// A parameter's value as a policy writes it.
  private static func text(_ value: String, kind: RuleParameter.Kind) -> String {
    switch kind {
    case .integer, .number: value
    case .duration: Int(value).map { PolicyDuration.text(seconds: $0) } ?? value
    case .boolean: ["1", "true"].contains(value) ? "true" : "false"
    case .list: list(value.split(separator: ",").map(String.init))
    case .text: YAMLScalar.quoted(value)
    }
  }
}
