import AuditDatabase
import Records
import Synchronization

/// Runs rules over the facts, each on a connection that can only read.
package struct RuleRunner: Sendable {
  /// Our own rules were measured; they are slow on a slow disk only.
  private static let builtInPatience = 10

  /// A connection reads the schema first, which takes as long as judging by so many rules.
  private static let fewest = 4

  private let database: AuditDatabase
  private let jobs: Int
  private let seconds: Int
  private let isTrusted: @Sendable (RuleFile) -> Bool

  /// A rule that a policy names is stopped after `seconds`, a built-in one after ten times as many.
  ///
  /// `isTrusted` says which rules are known to keep to what rules may do.
  package init(
    database: AuditDatabase, jobs: Int, seconds: Int = 60,
    isTrusted: @escaping @Sendable (RuleFile) -> Bool = { !$0.isOwn }
  ) {
    self.database = database
    self.jobs = jobs
    self.seconds = seconds
    self.isTrusted = isTrusted
  }

  /// What one rule took, on the wall.
  package struct Time: Sendable, Hashable {
    package let rule: String
    package let seconds: Double
  }

  /// Judges every subject by every rule; a rule that goes wrong leaves `unverified`, and the others run on.
  ///
  /// `settlement` gives what the policy makes of a rule's results, or nil where they stand as the rule says them. While
  /// `pending` facts are on their way, queries are prepared, which takes longer for a small store than to ask them.
  /// Returns what each rule took, in their order.
  @discardableResult
  package func run(
    _ rules: [(rule: RuleFile, severity: Severity)],
    settlement: @escaping @Sendable (RuleDescription, Severity) throws -> (any ResultSettlement)? = { _, _ in nil },
    pending: PendingFacts? = nil
  ) async throws -> [Time] {
    let population = try Population(database)
    let builtIn = rules.filter { isTrusted($0.rule) }
    let waiting = RuleQueue(builtIn)
    var times = try await withThrowingTaskGroup(of: [Time].self) { group in
      for _ in 0..<min(jobs, (builtIn.count + Self.fewest - 1) / Self.fewest) {
        group.addTask {
          // To read the schema takes longer than most rules of a small store: one connection judges by many.
          let connection = RuleConnection(
            path: database.path, limits: .builtInRule(seconds: seconds * Self.builtInPatience), isGated: false)
          var prepared: [PreparedRule] = []
          while pending?.areThere == false, let next = waiting.next() {
            prepared.append(PreparedRule(next, on: connection))
          }
          try await pending?.wait()
          var times: [Time] = []
          for next in prepared { times.append(try judge(next, population, settlement)) }
          while let next = waiting.next() {
            times.append(try judge(PreparedRule(next, on: connection), population, settlement))
          }
          return times
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    // One after the other: what the process grows by is then the doing of one rule.
    try await pending?.wait()
    for own in rules where !isTrusted(own.rule) {
      let connection = RuleConnection(
        path: database.path, limits: .ownRule(seconds: seconds), isGated: true)
      times.append(try judge(PreparedRule(own, on: connection), population, settlement))
    }
    return times.sorted { $0.rule < $1.rule }
  }

  private func judge(
    _ prepared: PreparedRule, _ population: Population,
    _ settlement: @Sendable (RuleDescription, Severity) throws -> (any ResultSettlement)?
  ) throws -> Time {
    try Task.checkCancellation()
    let rule = prepared.rule
    let writer = ResultWriter(
      database: database, rule: rule.description, severity: prepared.severity, population: population,
      settlement: try settlement(rule.description, prepared.severity))
    let prefix = rule.place.map { "\($0): " } ?? ""
    let start = ContinuousClock.now
    do {
      let rows = try prepared.rows.get()
      rows.begin()
      while try rows.next() {
        if !isTrusted(rule), !rows.isPass { try writer.check(details: rows.details, of: rows.subject) }
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
    let taken = prepared.taken + (ContinuousClock.now - start)
    return Time(rule: rule.description.id, seconds: taken / .seconds(1))
  }
}

/// A rule whose query is ready to be asked, or the reason why it is not.
private struct PreparedRule {
  let rule: RuleFile
  let severity: Severity
  let rows: Result<RuleRows, any Error>
  let taken: Duration

  init(_ next: (rule: RuleFile, severity: Severity), on connection: RuleConnection) {
    (rule, severity) = next
    let start = ContinuousClock.now
    rows = Result { try RuleRows(next.rule, on: connection.opened()) }
    taken = .now - start
  }
}

/// The connection of one task, opened for its first rule; one that cannot be opened is an error of the rule that asked.
private final class RuleConnection {
  private let path: String
  private let limits: QueryLimits
  private let isGated: Bool
  private var connection: QueryConnection?

  init(path: String, limits: QueryLimits, isGated: Bool) {
    self.path = path
    self.limits = limits
    self.isGated = isGated
  }

  func opened() throws(QueryError) -> QueryConnection {
    if let connection { return connection }
    let opened = try QueryConnection(path: path, limits: limits, isGated: isGated)
    connection = opened
    return opened
  }
}

/// Hands out rules to the tasks that judge by them.
private final class RuleQueue: Sendable {
  private let waiting: Mutex<ArraySlice<(rule: RuleFile, severity: Severity)>>

  init(_ rules: [(rule: RuleFile, severity: Severity)]) { waiting = Mutex(rules[...]) }

  func next() -> (rule: RuleFile, severity: Severity)? { waiting.withLock { $0.popFirst() } }
}
