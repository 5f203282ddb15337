import Records

/// What the policy says of some subjects apart: rules that are off for them, or weigh differently.
struct SubjectException: Sendable, Hashable {
  let subjects: [Glob]
  /// Nil for every kind.
  let kind: SubjectKind?
  let reason: String?
  /// Rule id → a severity, or nil where the rule is off.
  let rules: [String: Severity?]
  /// Where it stands.
  let path: String
  let line: Int

  func covers(_ kind: SubjectKind, _ name: String) -> Bool {
    (self.kind ?? kind) == kind && subjects.contains { $0.covers(name) }
  }

  /// What a result says that the policy does not ask for.
  var exemption: String { "off by the policy" + (reason.map { ": \($0)" } ?? "") }
}

/// How severe a rule is by the aliases that reach a subject.
struct StagedSeverity: Sendable, Hashable {
  /// When any alias does.
  var any: Severity?
  /// Alias → severity.
  var aliases: [String: Severity] = [:]

  /// The highest that the aliases call for; `otherwise` when they call for none.
  func severity(reachedBy names: [String], otherwise: Severity) -> Severity {
    var called = names.compactMap { aliases[$0] }
    // What a rule's header says raises what the policy said; what the policy says of an alias stands.
    if let any, !names.isEmpty { called.append(max(any, otherwise)) }
    return called.max() ?? otherwise
  }
}
