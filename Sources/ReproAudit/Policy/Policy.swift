import Records
import Rules
import Stores

/// Which rules apply, how severe they are, their parameters, the scope, and what stages ask.
public struct Policy: Sendable {
  /// A limit on one metric.
  struct Threshold: Sendable, Hashable {
    let metric: String
    let minimum: Double?
    let maximum: Double?
  }

  /// A stage and what it asks of the version it points at.
  struct Stage: Sendable, Hashable {
    let name: String
    let thresholds: [Threshold]
  }

  /// A location that is declared out of scope.
  struct Exclusion: Sendable, Hashable {
    let location: Glob
    let reason: String
  }

  /// A file that holds waivers.
  struct WaiverFile: Sendable, Hashable {
    /// Where it lies; never printed.
    let place: String
    /// As the policy names it.
    let name: String
    let digest: String
  }

  var name: String
  /// Rule id → severity; a rule that is off is absent.
  var rules: [String: Severity] = [:]
  /// Rule id → parameter → value, only what the policy changes.
  var parameters: [String: [String: String]] = [:]
  /// In promotion order.
  var stages: [Stage] = []
  var include: [Glob] = []
  var exclude: [Glob] = []
  var scope: [Exclusion] = []
  var synonyms: [RecordKey: [String]] = [:]
  /// Rule id → severity by alias, where it differs.
  var staged: [String: StagedSeverity] = [:]
  /// In the order they are applied: a later one stands over an earlier one.
  var exceptions: [SubjectException] = []
  var waivers: [Waiver] = []
  var waiverFiles: [WaiverFile] = []
  /// What beside the policy has no effect, for people.
  var notices: [String] = []
  /// How many days a waiver may last.
  var waiverHorizon = 180
  /// Where each value was set last; what is not here is a rule's own default.
  var origins: [PolicyPlace: PolicyOrigin] = [:]

  /// Whether a path of a store is looked at; directories end with `/`.
  func includes(_ path: String) -> Bool {
    if exclude.contains(where: { $0.matches(path) || $0.matches(String(path.drop { $0 == "/" })) }) { return false }
    // A directory is entered whenever something below it could be included.
    return include.isEmpty || path.hasSuffix("/") || include.contains { $0.matches(path) }
  }

  /// The policy's reason for a location that is out of scope.
  func exclusion(_ location: String) -> String? { scope.first { $0.location.matches(location) }?.reason }

  /// The effective policy as text with one spelling only, which its digest is of.
  func canonicalText(catalogue: RuleCatalogue) -> String {
    var lines = ["name \(name)"]
    for rule in catalogue.rules {
      let id = rule.description.id
      guard let severity = rules[id] else { continue }
      lines.append("rule \(id) \(severity.rawValue)")
      for parameter in rule.description.parameters {
        lines.append("  \(parameter.name)=\(parameters[id]?[parameter.name] ?? parameter.defaultValue)")
      }
    }
    for stage in stages {
      lines.append("stage \(stage.name)")
      for limit in stage.thresholds {
        let bounds = [limit.minimum, limit.maximum].map { $0.map { "\($0)" } ?? "" }
        lines.append("  \(limit.metric) \(bounds[0])..\(bounds[1])")
      }
    }
    lines += include.map { "include \($0.pattern)" } + exclude.map { "exclude \($0.pattern)" }
    lines += scope.map { "scope \($0.location.pattern) \($0.reason)" }
    lines += synonyms.map { ($0.key.name, $0.value) }.sorted { $0.0 < $1.0 }.map { "synonym \($0.0) \($0.1)" }
    lines += staged.sorted { $0.key < $1.key }.map { rule, staged in
      let aliases = staged.aliases.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }
      return "staged \(rule) \(staged.any?.rawValue ?? "") \(aliases)"
    }
    lines += exceptions.map { exception in
      let rules = exception.rules.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value?.rawValue ?? "off")" }
      return "subjects \(exception.subjects.map(\.pattern)) \(exception.kind?.rawValue ?? "") \(rules)"
        + " \(exception.reason ?? "")"
    }
    if !waivers.isEmpty { lines.append("waiver_horizon \(waiverHorizon)") }
    lines += waivers.map(\.canonicalText).sorted()
    return lines.joined(separator: "\n")
  }
}
