import Documents
import Records
import Rules
import Stores

/// Reads `repro-audit.yaml`; whatever it does not know is an error with its place and the nearest valid name.
struct PolicyReader {
  let catalogue: RuleCatalogue
  let path: String

  private static let keys = ["name", "extends", "rules", "stages", "include", "exclude", "scope", "synonyms"]

  /// The policy in `bytes`.
  func read(_ bytes: [UInt8]) throws(PolicyError) -> Policy {
    let root: DocumentNode
    do {
      root = try YAMLDocument.read(bytes)
    } catch {
      throw PolicyError(path: path, line: error.line, message: error.message)
    }
    for entry in try map(root, "the policy") where !Self.keys.contains(entry.key) {
      throw unknown("key", entry.key, among: Self.keys, line: entry.line)
    }
    var policy = try base(root["extends"])
    policy.name = root["name"]?.text ?? Self.fileName(path)
    for entry in try map(root["rules"], "`rules`") { try read(rule: entry, into: &policy) }
    for entry in try map(root["stages"], "`stages`") { policy.stages.append(try stage(entry)) }
    if let include = root["include"] { policy.include = try texts(include, "`include`").map(Glob.init) }
    if let exclude = root["exclude"] { policy.exclude = try texts(exclude, "`exclude`").map(Glob.init) }
    if let scope = root["scope"] { policy.scope = try exclusions(scope) }
    for entry in try map(root["synonyms"], "`synonyms`") {
      guard let key = RecordKey(name: entry.key) else {
        throw unknown("record key", entry.key, among: RecordKey.allCases.map(\.name), line: entry.line)
      }
      policy.synonyms[key] = try texts(entry.node, "`\(entry.key)`")
    }
    return policy
  }

  private func base(_ node: DocumentNode?) throws(PolicyError) -> Policy {
    let name = node?.text ?? "default"
    guard let policy = Policy.builtIn(name, catalogue: catalogue) else {
      throw unknown("policy", name, among: Policy.builtIn, line: node?.line ?? 1)
    }
    return policy
  }

  private func read(rule entry: DocumentEntry, into policy: inout Policy) throws(PolicyError) {
    let id = entry.key
    guard let rule = catalogue[id]?.description else {
      throw unknown("rule", id, among: catalogue.rules.map(\.description.id), line: entry.line)
    }
    guard entry.node.entries != nil else {
      try setSeverity(entry.node, of: rule, in: &policy)
      return
    }
    if policy.rules[id] == nil { policy.rules[id] = rule.severity }
    for setting in entry.node.entries ?? [] {
      if setting.key == "severity" {
        try setSeverity(setting.node, of: rule, in: &policy)
      } else if let parameter = rule.parameters.first(where: { $0.name == setting.key }) {
        policy.parameters[id, default: [:]][parameter.name] = try value(setting.node, of: parameter)
      } else {
        throw unknown(
          "parameter of `\(id)`", setting.key, among: ["severity"] + rule.parameters.map(\.name), line: setting.line)
      }
    }
  }

  private func setSeverity(
    _ node: DocumentNode, of rule: RuleDescription, in policy: inout Policy
  ) throws(PolicyError) {
    // YAML reads a bare `off` and `on` as booleans; both spellings mean the same here.
    if node.boolean == false {
      policy.rules[rule.id] = nil
    } else if node.boolean == true {
      policy.rules[rule.id] = rule.severity
    } else if let severity = node.text.flatMap(Severity.init) {
      policy.rules[rule.id] = severity
    } else {
      throw unknown(
        "severity", node.text ?? "", among: ["off", "on"] + Severity.allCases.map(\.rawValue), line: node.line)
    }
  }

  private func value(_ node: DocumentNode, of parameter: RuleParameter) throws(PolicyError) -> String {
    func wrong(_ expected: String) -> PolicyError {
      PolicyError(path: path, line: node.line, message: "`\(parameter.name)` takes \(expected)")
    }
    switch parameter.kind {
    case .list: return try texts(node, "`\(parameter.name)`").joined(separator: ",")
    case .boolean:
      guard let value = node.boolean else { throw wrong("true or false") }
      return value ? "1" : "0"
    case .integer:
      guard let text = node.text, Int(text) != nil else { throw wrong("a whole number") }
      return text
    case .number:
      guard let text = node.text, Double(text)?.isFinite ?? false else { throw wrong("a number") }
      return text
    case .text:
      guard let text = node.text else { throw wrong("text") }
      return text
    }
  }

  private func stage(_ entry: DocumentEntry) throws(PolicyError) -> Policy.Stage {
    var thresholds: [Policy.Threshold] = []
    for setting in try map(entry.node, "the stage `\(entry.key)`") {
      guard setting.key == "metrics" else {
        throw unknown("key of a stage", setting.key, among: ["metrics"], line: setting.line)
      }
      for metric in try map(setting.node, "`metrics`") { thresholds.append(try threshold(metric)) }
    }
    return Policy.Stage(name: entry.key, thresholds: thresholds)
  }

  private func threshold(_ entry: DocumentEntry) throws(PolicyError) -> Policy.Threshold {
    var bounds: [String: Double] = [:]
    for bound in try map(entry.node, "the limits of `\(entry.key)`") {
      guard ["min", "max"].contains(bound.key) else {
        throw unknown("limit", bound.key, among: ["min", "max"], line: bound.line)
      }
      guard let value = bound.node.text.flatMap(Double.init), value.isFinite else {
        throw PolicyError(path: path, line: bound.line, message: "`\(bound.key)` takes a number")
      }
      bounds[bound.key] = value
    }
    return Policy.Threshold(metric: entry.key, minimum: bounds["min"], maximum: bounds["max"])
  }

  private func exclusions(_ node: DocumentNode) throws(PolicyError) -> [Policy.Exclusion] {
    var exclusions: [Policy.Exclusion] = []
    for entry in try map(node, "`scope`") {
      guard entry.key == "exclude", let items = entry.node.elements else {
        throw unknown("key of `scope`", entry.key, among: ["exclude"], line: entry.line)
      }
      for item in items {
        for key in try map(item, "an exclusion") where !["location", "reason"].contains(key.key) {
          throw unknown("key of an exclusion", key.key, among: ["location", "reason"], line: key.line)
        }
        guard let location = item["location"]?.text, let reason = item["reason"]?.text, !reason.isEmpty else {
          throw PolicyError(
            path: path, line: item.line, message: "an exclusion needs `location` and `reason`, for the auditor who asks"
          )
        }
        exclusions.append(Policy.Exclusion(location: Glob(location), reason: reason))
      }
    }
    return exclusions
  }

  private func map(_ node: DocumentNode?, _ what: String) throws(PolicyError) -> [DocumentEntry] {
    guard let node, !node.isNull else { return [] }
    guard let entries = node.entries else {
      throw PolicyError(path: path, line: node.line, message: "\(what) must be a map of keys and values")
    }
    return entries
  }

  private func texts(_ node: DocumentNode, _ what: String) throws(PolicyError) -> [String] {
    let elements = node.elements ?? [node]
    let texts = elements.compactMap(\.text)
    guard texts.count == elements.count else {
      throw PolicyError(path: path, line: node.line, message: "\(what) must be a list of texts")
    }
    return texts
  }

  private func unknown(_ what: String, _ name: String, among names: [String], line: Int) -> PolicyError {
    PolicyError(path: path, line: line, message: NearestName.message(what, name, among: names))
  }

  private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// Why a policy cannot be used; the scan does not start.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
  public let path: String
  public let line: Int?
  public let message: String

  public var description: String { "\(path):\(line.map { "\($0):" } ?? "") \(message)" }
}
