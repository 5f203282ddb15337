import AuditDatabase
import Records
import Rules
import Testing

@Suite struct RuleGateTests {
  /// They run without the gate, so that SQLite need not ask for each of their columns.
  @Test func `our rules ask only what a rule of a policy may ask`() throws {
    let connection = try QueryConnection(schemaWithin: .ownRule(seconds: 60))
    for rule in try RuleCatalogue.builtIn().rules {
      #expect(throws: Never.self, "\(rule.description.id)") { _ = try connection.prepare(rule.select) }
    }
  }
}
