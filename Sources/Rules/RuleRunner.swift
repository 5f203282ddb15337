import AuditDatabase
import Records

/// Runs rules over the facts, each on a connection that can only read.
package struct RuleRunner: Sendable {
  /// Our own rules were measured; they are slow on a slow disk only.
  private static let builtInPatience = 10

  private let database: AuditDatabase
  private let jobs: Int
  private let seconds: Int

  /// A rule that a policy names is stopped after `seconds`, a built-in one after ten times as many.
  package init(database: AuditDatabase, jobs: Int, seconds: Int = 60) {
    self.database = database
    self.jobs = jobs
    self.seconds = seconds
  }

  /// What one rule took, on the wall.
  package struct Time: Sendable, Hashable {
    package let rule: String
    package let seconds: Double
  }

  /// Judges every subject by every rule; a rule that goes wrong leaves `unverified`, and the others run on.
  ///
  /// `settlement` gives what the policy makes of a rule's results, or nil where they stand as the rule says them.
  /// Returns what each rule took, in their order.
  @discardableResult
  package func run(
    _ rules: [(rule: RuleFile, severity: Severity)],
    settlement: @escaping @Sendable (RuleDescription, Severity) throws -> (any ResultSettlement)? = { _, _ in nil }
  ) async throws -> [Time] {
    let population = try Population(database)
    let builtIn = rules.filter { !$0.rule.isOwn }
    var times: [Time] = try await withThrowingTaskGroup(of: Time.self) { group in
      var waiting = builtIn[...]
      for _ in 0..<min(jobs, builtIn.count) {
        let next = waiting.removeFirst()
        group.addTask {
          try judge(next.rule, severity: next.severity, population, settlement(next.rule.description, next.severity))
        }
      }
      var times: [Time] = []
      while let time = try await group.next() {
        times.append(time)
        guard let next = waiting.popFirst() else { continue }
        group.addTask {
          try judge(next.rule, severity: next.severity, population, settlement(next.rule.description, next.severity))
        }
      }
      return times
    }
    // One after the other: what the process grows by is then the doing of one rule.
    for own in rules where own.rule.isOwn {
      times.append(
        try judge(own.rule, severity: own.severity, population, settlement(own.rule.description, own.severity)))
    }
    return times.sorted { $0.rule < $1.rule }
  }

  private func judge(
    _ rule: RuleFile, severity: Severity, _ population: Population, _ settlement: (any ResultSettlement)?
  ) throws -> Time {
    let start = ContinuousClock.now
    let writer = ResultWriter(
      database: database, rule: rule.description, severity: severity, population: population, settlement: settlement)
    let prefix = rule.place.map { "\($0): " } ?? ""
    do {
      let limits: QueryLimits =
        rule.isOwn ? .ownRule(seconds: seconds) : .builtInRule(seconds: seconds * Self.builtInPatience)
      let connection = try QueryConnection(path: database.path, limits: limits)
      // What a pass says is not kept, so it need not be put together.
      let statement = try connection.prepareUnchecked(
        """
        SELECT subject_id, outcome, CASE WHEN outcome <> 'pass' THEN message END AS message,
          CASE WHEN outcome <> 'pass' THEN details END AS details FROM (\(rule.innerSelect)
        )
        """)
      let rows = try RuleRows(statement)
      while try rows.next() {
        if rule.isOwn, !rows.isPass { try writer.check(details: rows.details, of: rows.subject) }
        try writer.add(
          subject: rows.subject, isPass: rows.isPass, outcome: rows.outcome, message: rows.message,
          details: rows.details)
      }
      try writer.finish()
    } catch let mistake as RuleMistake {
      try writer.fail(prefix + mistake.description)
    } catch let error as QueryError {
      switch error.kind {
      case .timedOut: try writer.fail("\(prefix)the rule did not end: \(error)", status: .timedOut)
      case .tooLarge: try writer.fail("\(prefix)the rule asked for too much: \(error)")
      case .refused, .failed: try writer.fail("\(prefix)the rule's SQL failed: \(error)")
      }
    }
    return Time(rule: rule.description.id, seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
