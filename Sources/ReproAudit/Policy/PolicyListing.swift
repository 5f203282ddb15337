import Rules

/// A policy for people: `policy check` and `policy show`.
public struct PolicyListing: Sendable {
  private let policy: Policy
  private let text: PolicyText

  /// The policy `named` (a built-in name or a file), else what a scan of `directory` would use.
  /// Throws `PolicyErrors` or `AuditError`.
  public init(_ named: String?, near directory: String) throws {
    let catalogue = try RuleCatalogue.builtIn()
    policy = try PolicyFinder(catalogue: catalogue).find(named, near: directory)
    text = PolicyText(policy: policy, catalogue: catalogue.adding(policy.ownRules))
  }

  /// The effective policy as YAML, each value with where it was set.
  public var explained: String { text.explained }

  /// The effective policy as YAML; reports state its SHA-256.
  public var plain: String { text.plain }

  /// `sha256:…`, as reports state it.
  public var digest: String { text.digest }

  /// `36 rules, 2 stages`.
  public var summary: String {
    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    return count(policy.rules.count, "rule") + ", " + count(policy.stages.count, "stage")
  }

  /// What is valid and surely not meant.
  public var warnings: [String] {
    let idle = policy.parameters.keys.filter { policy.rules[$0] == nil }.sorted().map { id in
      let place = policy.origins[PolicyPlace("rules", id, "severity")].map { "\($0): " } ?? ""
      return "\(place)`\(id)` is off, and its parameters change nothing"
    }
    let empty = policy.stages.filter(\.isEmpty).map { stage in
      let place = policy.origins[PolicyPlace("stages", stage.name)].map { "\($0): " } ?? ""
      return "\(place)the stage `\(stage.name)` asks for nothing"
    }
    return idle + empty
  }
}

extension Policy.Stage {
  /// Whether nothing is asked of what the stage points at.
  var isEmpty: Bool { self == Policy.Stage(name: name) }
}
