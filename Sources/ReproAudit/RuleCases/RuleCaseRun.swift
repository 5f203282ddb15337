import AuditDatabase
import Foundation
import Records
import Rules

/// Runs one case through the whole audit, as a scan of its store would.
struct RuleCaseRun: Sendable {
  let ruleCase: RuleCase
  /// Besides the built-in rules.
  let rules: [RuleFile]

  /// The clock of every case.
  static let now = "2026-03-01T00:00:00Z"
  /// The clock of the scan that found what is gone since.
  private static let before = "2026-02-28T00:00:00Z"

  /// What the case expects and did not find, line by line; empty when it holds.
  func mistakes() async throws -> [String] {
    let store = try CaseStore(ruleCase)
    var options = AuditOptions(now: Self.now, jobs: 1)
    options.stores = [store.root.path]
    // Rules about waivers judge what the waivers of other rules cover.
    let judgesWaivers = try RuleCatalogue.builtIn()[ruleCase.rule]?.description.judgesWaivers == true
    options.rules = judgesWaivers ? [] : [ruleCase.rule]
    options.ownRules = rules
    if !ruleCase.gone.isEmpty {
      options.database = store.database
      var earlier = options
      earlier.now = Self.before
      // Only a scan by all rules is remembered.
      earlier.rules = []
      try await Audit(earlier).run().close()
      for path in ruleCase.gone { try store.remove(path) }
    }
    let result = try await Audit(options).run()
    defer { try? result.close() }
    var found: [String: RuleResult] = [:]
    try ResultCursor(database: result.database).forEach(.everything) {
      if $0.rule == ruleCase.rule { found["\($0.subject.kind.rawValue) \($0.subject.name)"] = $0 }
    }
    if let failure = result.summary.rules.first(where: { $0.rule == ruleCase.rule })?.message { return [failure] }
    return ruleCase.expectations.compactMap { mistake($0, found) }
  }

  private func mistake(_ expectation: RuleCase.Expectation, _ found: [String: RuleResult]) -> String? {
    let key = "\(expectation.kind) \(expectation.subject)"
    let place = "line \(expectation.line): \(key): "
    guard let result = found[key] else {
      let others = found.keys.sorted().joined(separator: ", ")
      return place
        + "expected \(expectation.outcome), and it is not judged; judged are \(others.isEmpty ? "none" : others)"
    }
    let message = result.message.isEmpty ? "" : " (\(result.message))"
    guard result.outcome.rawValue == expectation.outcome else {
      return place + "expected \(expectation.outcome), found \(result.outcome.rawValue)\(message)"
    }
    let items = result.details.map(\.item)
    guard let expected = expectation.items, expected != items else { return nil }
    return place
      + "expected the items \(expected.joined(separator: "; ")), found \(items.isEmpty ? "none" : items.joined(separator: "; "))"
  }
}
