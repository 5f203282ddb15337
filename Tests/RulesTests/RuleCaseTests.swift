import AuditDatabase
import Foundation
import Records
import Rules
import Testing

@testable import ReproAudit

/// Runs every case file through the real pipeline.
@Suite struct RuleCaseTests {
  @Test(arguments: RuleCase.all)
  func `gives the outcomes its case file lists`(ruleCase: RuleCase) async throws {
    let store = try CaseStore(ruleCase)
    var options = AuditOptions(now: "2026-03-01T00:00:00Z", jobs: 2)
    options.stores = [store.root.path]
    // Rules about waivers judge what the waivers of other rules cover.
    let judgesWaivers = try RuleCatalogue.builtIn()[ruleCase.rule]?.description.judgesWaivers == true
    options.rules = judgesWaivers ? [] : [ruleCase.rule]
    let result = try await Audit(options).run()
    var found: [String: RuleResult] = [:]
    try ResultCursor(database: result.database).forEach(includingPasses: true) {
      guard $0.rule == ruleCase.rule else { return }
      found["\($0.subject.kind.rawValue) \($0.subject.name)"] = $0
    }
    #expect(!ruleCase.expectations.isEmpty, "the case expects nothing")
    for expectation in ruleCase.expectations {
      let key = "\(expectation.kind) \(expectation.subject)"
      let outcome = found[key]
      #expect(
        outcome?.outcome.rawValue == expectation.outcome,
        "line \(expectation.line): \(key): \(outcome.map { "\($0.message) \($0.details)" } ?? "not judged; judged are \(found.keys.sorted())")"
      )
      if let items = expectation.items {
        #expect(outcome?.details.map(\.item) ?? [] == items, "line \(expectation.line): \(key)")
      }
    }
    try result.close()
  }

  @Test func `every built-in rule has cases for pass and fail`() throws {
    for rule in try RuleCatalogue.builtIn().rules {
      let outcomes = Set(
        RuleCase.all.filter { $0.rule == rule.description.id }.flatMap { $0.expectations.map(\.outcome) })
      #expect(outcomes.isSuperset(of: ["pass", "fail"]), "\(rule.description.id)")
    }
  }

  @Test func `no rule holds a bind parameter, a clock or chance`() throws {
    for rule in try RuleCatalogue.builtIn().rules {
      let sql = rule.select.lowercased()
      for word in ["'now'", "random(", "randomblob(", "current_timestamp", "current_date", "?", "datetime('now"] {
        #expect(!sql.contains(word), "\(rule.description.id) holds \(word)")
      }
    }
  }
}
