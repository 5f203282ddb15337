import Records

/// Collects the results of subjects into suites, in the order they come.
struct JUnitSuiteBuilder {
  private let folds: Bool
  private let rules: [String: RuleDescription]
  private var open: JUnitSuite?
  private var isEmpty = true
  /// Of the last subject.
  private var reasons = JUnitReasons([])

  /// Why there is nothing to judge, when that is no fault.
  private let emptiness: String?

  init(folds: Bool, rules: [String: RuleDescription], emptiness: String?) {
    self.folds = folds
    self.rules = rules
    self.emptiness = emptiness
  }

  /// Takes the next subject and returns a suite when one is full or its kind of subject is over.
  mutating func add(_ group: SubjectResults) -> JUnitSuite? {
    guard !group.results.isEmpty || group.countedPasses > 0 || !group.inapplicable.isEmpty else { return nil }
    isEmpty = false
    let identity = JUnitIdentity(group.subject)
    let cases = cases(group, identity)
    if open?.name == identity.suite, open?.takes(cases) == true {
      open?.append(cases)
      return nil
    }
    let full = open
    var next = JUnitSuite(name: identity.suite, package: identity.package)
    next.append(cases)
    open = next
    return full
  }

  /// The last suites; never none in a report, since consumers take an empty one for success or lose it.
  mutating func finish() -> [JUnitSuite] {
    var last: [JUnitSuite] = []
    if let rest = open { last.append(rest) }
    if isEmpty {
      var nothing = JUnitSuite(name: "repro-audit", package: "repro-audit")
      nothing.append([emptiness.map { JUnitCase(emptiness: $0) } ?? .nothingAudited])
      last.append(nothing)
    }
    return last
  }

  private mutating func cases(_ group: SubjectResults, _ identity: JUnitIdentity) -> [JUnitCase] {
    guard folds else { return group.results.map { JUnitCase($0, identity: identity, rule: rules[$0.rule]) } }
    var cases: [JUnitCase] = []
    let passes = group.countedPasses + group.results.count { $0.outcome == .pass }
    if passes > 0 { cases.append(JUnitCase(passes: passes, path: group.path, identity: identity)) }
    let inapplicable =
      group.inapplicable
      + group.results.lazy.filter { $0.outcome == .notApplicable }.map {
        InapplicableRule(rule: $0.rule, reason: $0.message)
      }
    if !inapplicable.isEmpty {
      if !reasons.areThose(of: inapplicable) { reasons = JUnitReasons(inapplicable) }
      cases.append(JUnitCase(notApplicable: reasons, path: group.path, identity: identity))
    }
    for result in group.results where result.outcome != .pass && result.outcome != .notApplicable {
      cases.append(JUnitCase(result, identity: identity, rule: rules[result.rule]))
    }
    return cases
  }
}
