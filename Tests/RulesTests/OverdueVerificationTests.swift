import Foundation
import GRDB
import Records
import Rules
import Testing

@testable import AuditDatabase
@testable import ReproAudit

/// What was verified long ago is only known to a database that is kept.
@Suite struct OverdueVerificationTests {
  @Test(arguments: [
    ("2026-01-30T00:00:00Z", "pass"), ("2026-01-29T00:00:00Z", "fail"), ("2025-01-01T00:00:00Z", "fail"),
  ])
  func `a file counts by the day when its bytes were last read`(verified: String, outcome: String) async throws {
    let rule = try #require(try RuleCatalogue.builtIn()["overdue-verification"])
    let file = try #require(RuleCaseTests.files.first { $0.hasSuffix("/\(rule.description.id).md") })
    let ruleCase = try #require(try RuleCaseTests.cases(file).first)
    let store = try CaseStore(ruleCase)
    var options = AuditOptions(now: "2026-03-01T00:00:00Z", jobs: 1)
    options.stores = [store.root.path]
    options.rules = [rule.description.id]
    let audit = try await Audit(options).run()
    try await audit.database.writer.write { db in
      try db.execute(sql: "UPDATE file_check SET verified_at = ?", arguments: [verified])
      try db.execute(sql: "DELETE FROM rule_run; DELETE FROM result")
    }
    try await RuleRunner(database: audit.database, jobs: 1).run([(rule, .warning)])
    var found: [String] = []
    try ResultCursor(database: audit.database).forEach(.everything) { found.append($0.outcome.rawValue) }
    #expect(found == [outcome])
    try audit.close()
  }
}
