import Records
import Rules

extension Policy {
  /// The names of the built-in policies.
  public static let builtIn = ["checklist", "default", "promotion", "strict"]

  /// A built-in policy; nil when there is none of that name.
  static func builtIn(_ name: String, catalogue: RuleCatalogue) -> Policy? {
    guard builtIn.contains(name) else { return nil }
    var policy = Policy(name: name)
    policy.overlay(builtIn: name, catalogue: catalogue)
    return policy
  }

  /// Sets what a built-in policy says over what was there before.
  mutating func overlay(builtIn name: String, catalogue: RuleCatalogue) {
    let severities: [(String, Severity)] =
      switch name {
      case "default": catalogue.rules.map { ($0.description.id, $0.description.severity) }
      // What the catalogue calls a warning fails the audit, and nothing is a mere note.
      case "strict": catalogue.rules.map { ($0.description.id, $0.description.severity.raised) }
      case "checklist":
        Checklist.items.flatMap(\.rules).compactMap { id in catalogue[id].map { (id, $0.description.severity) } }
      case "promotion":
        PromotionPolicy.rules.compactMap { id in catalogue[id].map { (id, $0.description.severity.raised) } }
      default: []
      }
    if name == "promotion" { overlay(PromotionPolicy.stages, source: "built-in \(name)") }
    for (id, severity) in severities {
      rules[id] = severity
      // What is as severe without an alias needs no word about one.
      staged[id] = catalogue[id]?.description.staged.flatMap { $0 > severity ? StagedSeverity(any: $0) : nil }
      origins[PolicyPlace("rules", id, "severity")] = PolicyOrigin(source: "built-in \(name)", line: nil)
    }
  }
}

extension Severity {
  /// One step more severe.
  fileprivate var raised: Severity { self == .note ? .warning : .error }
}
