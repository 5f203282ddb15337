import GRDB
import Records

/// What a rule got wrong.
package enum RuleMistake: Error, Sendable, Hashable, CustomStringConvertible {
  case missingColumn(String)
  case unknownOutcome(String)
  case unknownSubject(Int64)
  case judgedTwice(subject: String)
  case notJudged(count: Int)
  case malformedDetails(subject: String)

  package var description: String {
    switch self {
    case .missingColumn(let name): "the rule's SELECT has no column `\(name)`"
    case .unknownOutcome(let text): "the rule gave the unknown outcome `\(text)`"
    case .unknownSubject(let id): "the rule judged subject_id \(id), which is none of its subjects"
    case .judgedTwice(let subject): "the rule judged `\(subject)` twice"
    case .malformedDetails(let subject):
      "the rule judged `\(subject)`, and its details are not `{count, items: [{item, message, path, line}]}`"
    case .notJudged(let count): "the rule left \(count) of its subjects unjudged"
    }
  }
}

/// Takes what one rule says, holds it to one row a subject, and keeps all but the passes.
package final class ResultWriter {
  private static let batchSize = 5000

  private let database: AuditDatabase
  private let rule: RuleDescription
  private let severity: Severity
  /// Whether the rule judges a subject, and whether it did, by subject id.
  private let expected: [Bool]
  private var judged: [Bool]
  private let population: Int
  private let everyone: Population
  private var count = 0
  private var batch: [RuledResult] = []
  private let settlement: (any ResultSettlement)?
  private var details = DetailCut()
  /// As long as a rule says of everything that it does not apply, and why with the same words: whom it said it of.
  private var alike: [Int64] = []
  private var alikeMessage: String?
  private var isAlike = true

  /// Without a `settlement`, what the rule says stands.
  package init(
    database: AuditDatabase, rule: RuleDescription, severity: Severity, population: Population,
    settlement: (any ResultSettlement)? = nil
  ) {
    self.settlement = settlement
    self.database = database
    self.rule = rule
    self.severity = severity
    (expected, self.population) = population.marks(of: rule.subjects)
    everyone = population
    judged = [Bool](repeating: false, count: expected.count)
  }

  /// Throws when the details of a row are not what reports read; built-in rules are tested for it.
  package func check(details: String?, of subject: Int64?) throws {
    guard let details, DetailList(json: details).map({ $0.count >= $0.items.count }) != true else { return }
    throw RuleMistake.malformedDetails(subject: try name(of: subject ?? 0))
  }

  /// Takes one row of the rule's SELECT.
  package func add(
    subject: Int64?, isPass: Bool, outcome: @autoclosure () -> String?, message: @autoclosure () -> String?,
    details: @autoclosure () -> String?
  ) throws {
    // Rules ask about everything; a partial audit hears only of a part.
    if let subject, everyone.leavesOut(subject) { return }
    guard let subject, subject > 0, subject < judged.count, expected[Int(subject)] else {
      throw RuleMistake.unknownSubject(subject ?? 0)
    }
    guard !judged[Int(subject)] else { throw RuleMistake.judgedTwice(subject: try name(of: subject)) }
    judged[Int(subject)] = true
    count += 1
    let exemption = try settlement?.exemption(of: subject)
    if isPass, exemption == nil { return try giveUpAlike() }
    let text = isPass ? Outcome.pass.rawValue : outcome() ?? "NULL"
    guard let said = Outcome(rawValue: text) else { throw RuleMistake.unknownOutcome(text) }
    var row = RuledResult(subject: subject, outcome: said, severity: severity, message: "")
    if let exemption {
      row.outcome = .notApplicable
      row.message = exemption
    } else {
      row.message = message() ?? ""
      row.details = details()
      if let settlement, said != .pass, said != .notApplicable { try settlement.settle(&row) }
    }
    if isAlike {
      if row.outcome == .notApplicable, row.details == nil, alikeMessage ?? row.message == row.message {
        alikeMessage = row.message
        alike.append(subject)
        return
      }
      try giveUpAlike()
    }
    try append(row)
  }

  private func append(_ row: RuledResult) throws {
    batch.append(row)
    if let text = row.details { batch[batch.count - 1].details = details.cut(text) }
    if batch.count >= Self.batchSize { try flush() }
  }

  /// The subjects differ after all: each gets a row.
  private func giveUpAlike() throws {
    guard isAlike else { return }
    isAlike = false
    for subject in alike {
      try append(
        RuledResult(subject: subject, outcome: .notApplicable, severity: severity, message: alikeMessage ?? ""))
    }
    alike = []
  }

  /// Closes the rule; throws when it left a subject unjudged.
  package func finish() throws {
    guard count == population else { throw RuleMistake.notJudged(count: population - count) }
    try flush()
    try record(status: "completed", message: nil)
    settlement?.finish(completed: true)
  }

  /// The rule went wrong: nothing it said is trusted, and all its subjects are `unverified`.
  package func fail(_ message: String, status: FailureStatus = .failed) throws {
    (batch, alike, isAlike) = ([], [], false)
    let kinds = rule.subjects.map(\.rawValue)
    try database.writer.write { db in
      for table in ["result", "cover"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE rule = ?", arguments: [rule.id])
      }
      try db.execute(
        sql: """
          INSERT INTO result (rule, subject, outcome, severity, message)
          SELECT ?, id, 'unverified', ?, ? FROM subject WHERE judged AND kind IN (\(databaseQuestionMarks(count: kinds.count)))
          """, arguments: [rule.id, severity.rawValue, message] + StatementArguments(kinds))
    }
    try record(status: status.rawValue, message: message)
    settlement?.finish(completed: false)
  }

  /// How a rule that did not complete ended, as in the view `rule_runs`.
  package enum FailureStatus: String, Sendable {
    case failed
    case timedOut = "timed-out"
  }

  private func flush() throws {
    guard !batch.isEmpty else { return }
    try database.writer.write { db in
      let insert = try Insert(
        db, "INSERT INTO result (rule, subject, outcome, severity, message, details) VALUES (?, ?, ?, ?, ?, ?)")
      let cover = try Insert(db, "INSERT INTO cover (subject, rule, waiver, details) VALUES (?, ?, ?, ?)")
      for row in batch {
        try insert.run(
          rule.id, row.subject, row.outcome.rawValue, row.severity.rawValue, row.message, row.details)
        for part in row.coverage { try cover.run(row.subject, rule.id, part.waiver, part.details) }
      }
    }
    batch.removeAll(keepingCapacity: true)
  }

  private func record(status: String, message: String?) throws {
    try database.writer.write { db in
      try db.execute(
        sql: """
          INSERT INTO rule_run (rule, severity, kinds, examined, status, message, rest, rest_message)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          rule.id, severity.rawValue, rule.subjects.map(\.rawValue).joined(separator: ","), population, status, message,
          (alike.isEmpty ? Outcome.pass : .notApplicable).rawValue, alike.isEmpty ? "" : alikeMessage ?? "",
        ])
    }
  }

  private func name(of subject: Int64) throws -> String {
    try database.writer.read { db in
      try String.fetchOne(db, sql: "SELECT name FROM subject WHERE id = ?", arguments: [subject]) ?? ""
    }
  }
}
