import Records

/// Collects results into suites, in the order they come.
struct JUnitSuiteBuilder {
  private let folds: Bool
  private let rules: [String: RuleDescription]
  private var subject: Subject?
  /// Of `subject`.
  private var results: [RuleResult] = []
  private var open: JUnitSuite?
  private var isEmpty = true

  init(folds: Bool, rules: [String: RuleDescription]) {
    self.folds = folds
    self.rules = rules
  }

  /// Takes the next result and returns a suite when one is full or its kind of subject is over.
  mutating func add(_ result: RuleResult) -> JUnitSuite? {
    if let subject, Self.isSame(subject, result.subject) {
      results.append(result)
      return nil
    }
    let full = closeSubject()
    subject = result.subject
    results = [result]
    return full
  }

  /// The last suites; never none in a report, since consumers take an empty one for success or lose it.
  mutating func finish() -> [JUnitSuite] {
    var last: [JUnitSuite] = []
    if let full = closeSubject() { last.append(full) }
    if let rest = open { last.append(rest) }
    if isEmpty {
      var nothing = JUnitSuite(name: "repro-audit", package: "repro-audit")
      nothing.append([.nothingAudited])
      last.append(nothing)
    }
    return last
  }

  /// Bytewise: names that differ only in their Unicode normalisation are two subjects.
  private static func isSame(_ one: Subject, _ other: Subject) -> Bool {
    one.kind == other.kind && one.name.utf8.elementsEqual(other.name.utf8)
      && one.store.utf8.elementsEqual(other.store.utf8)
  }

  private mutating func closeSubject() -> JUnitSuite? {
    guard let subject else { return nil }
    isEmpty = false
    let identity = JUnitIdentity(subject)
    let cases = cases(identity)
    results.removeAll(keepingCapacity: true)
    self.subject = nil
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

  private func cases(_ identity: JUnitIdentity) -> [JUnitCase] {
    guard folds else { return results.map { JUnitCase($0, identity: identity, rule: rules[$0.rule]) } }
    let passes = results.filter { $0.outcome == .pass }
    let notApplicable = results.filter { $0.outcome == .notApplicable }
    var cases: [JUnitCase] = []
    if !passes.isEmpty { cases.append(JUnitCase(passes: passes, identity: identity)) }
    if !notApplicable.isEmpty { cases.append(JUnitCase(notApplicable: notApplicable, identity: identity)) }
    for result in results where result.outcome != .pass && result.outcome != .notApplicable {
      cases.append(JUnitCase(result, identity: identity, rule: rules[result.rule]))
    }
    return cases
  }
}
