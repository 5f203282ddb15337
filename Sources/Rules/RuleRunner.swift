import AuditDatabase
import GRDB
import Records

/// Runs rules over the facts, each on a connection that can only read.
package struct RuleRunner: Sendable {
  private let database: AuditDatabase
  private let jobs: Int

  package init(database: AuditDatabase, jobs: Int) {
    self.database = database
    self.jobs = jobs
  }

  /// Judges every subject by every rule; a rule that goes wrong leaves `unverified`, and the others run on.
  ///
  /// `settlement` gives what the policy makes of a rule's results, or nil where they stand as the rule says them.
  package func run(
    _ rules: [(rule: RuleFile, severity: Severity)],
    settlement: @escaping @Sendable (RuleDescription, Severity) throws -> (any ResultSettlement)? = { _, _ in nil }
  ) async throws {
    let population = try Population(database)
    try await withThrowingTaskGroup(of: Void.self) { group in
      var waiting = rules[...]
      for _ in 0..<min(jobs, rules.count) {
        let next = waiting.removeFirst()
        group.addTask {
          try judge(next.rule, severity: next.severity, population, settlement(next.rule.description, next.severity))
        }
      }
      while try await group.next() != nil {
        guard let next = waiting.popFirst() else { continue }
        group.addTask {
          try judge(next.rule, severity: next.severity, population, settlement(next.rule.description, next.severity))
        }
      }
    }
  }

  private func judge(
    _ rule: RuleFile, severity: Severity, _ population: Population, _ settlement: (any ResultSettlement)?
  ) throws {
    let writer = ResultWriter(
      database: database, rule: rule.description, severity: severity, population: population, settlement: settlement)
    do {
      try database.reader().read { db in
        // Facts are text that hostile records wrote; a rule's SQL is ours or the policy's, and runs as it stands.
        // What a pass says is not kept, so it need not be put together.
        let statement = try db.makeStatement(
          sql: """
            SELECT subject_id, outcome, CASE WHEN outcome <> 'pass' THEN message END AS message,
              CASE WHEN outcome <> 'pass' THEN details END AS details FROM (\(rule.select)
            )
            """)
        let rows = try RuleRows(statement)
        while try rows.next() {
          try writer.add(
            subject: rows.subject, isPass: rows.isPass, outcome: rows.outcome, message: rows.message,
            details: rows.details)
        }
      }
      try writer.finish()
    } catch let mistake as RuleMistake {
      try writer.fail(mistake.description)
    } catch let error as DatabaseError {
      try writer.fail("the rule's SQL failed: \(error.message ?? "\(error)")")
    }
  }
}
