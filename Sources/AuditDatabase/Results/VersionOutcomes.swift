import GRDB
import Records

/// What was said of each version and of what made it: its run and that run's datasets.
package struct VersionOutcomes: Sendable {
  /// One version with the outcomes of every rule that judged it or what made it.
  package struct Row: Sendable {
    package let subject: Subject
    package let subjectID: Int64
    /// Names of the aliases that point at it, without the model.
    package let aliases: [String]
    /// Its run and that run's datasets.
    package let inputs: [Subject]
    package var hasRun: Bool { inputs.contains { $0.kind == .run } }
    /// Rule → the worst outcome among the version, its run and the run's datasets.
    package let outcomes: [String: Outcome]
  }

  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// Every version in report order.
  package func forEach(_ body: (Row) throws -> Void) throws {
    try database.read { db in
      let kinds = try rulesByKind(db)
      let versions = try GRDB.Row.fetchCursor(
        db,
        sql: """
          SELECT v.subject, t.name, s.name, v.run,
            (SELECT group_concat(name, char(31)) FROM (SELECT a.name FROM alias a WHERE a.version = v.subject ORDER BY a.name))
          FROM version v JOIN subject s ON s.id = v.subject JOIN store t ON t.id = s.store
          WHERE s.judged ORDER BY s.position
          """)
      while let row = try versions.next() {
        let id: Int64 = row[0]
        var outcomes: [String: Outcome] = [:]
        try judge(id, .version, kinds, into: &outcomes, db)
        let inputs = try inputs(ofRun: row[3], db)
        for input in inputs {
          if input.isJudged {
            try judge(input.id, input.subject.kind, kinds, into: &outcomes, db)
          } else {
            for rule in (kinds[input.subject.kind] ?? [:]).keys {
              outcomes[rule] = outcomes[rule].map { Outcome.worse($0, .unverified) } ?? .unverified
            }
          }
        }
        try body(
          Row(
            subject: Subject(store: row[1], kind: .version, name: row[2]), subjectID: id,
            aliases: (row[4] as String?)?.split(separator: "\u{1F}").map(String.init) ?? [],
            inputs: inputs.map(\.subject),
            outcomes: outcomes))
      }
    }
  }

  /// What made a version.
  private struct Input {
    let id: Int64
    let subject: Subject
    /// Nothing is known of what a partial audit leaves out.
    let isJudged: Bool
  }

  private func inputs(ofRun run: Int64?, _ db: Database) throws -> [Input] {
    guard let run else { return [] }
    let statement = try db.cachedStatement(
      sql: """
        SELECT s.id, t.name, s.kind, s.name, s.judged FROM subject s JOIN store t ON t.id = s.store
        WHERE s.id = ?1 OR s.id IN (SELECT dataset FROM dataset_use WHERE run = ?1) ORDER BY s.position
        """)
    return try GRDB.Row.fetchAll(statement, arguments: [run]).map { row in
      let kind: String = row[2]
      return Input(
        id: row[0], subject: Subject(store: row[1], kind: SubjectKind(rawValue: kind) ?? .run, name: row[3]),
        isJudged: row[4])
    }
  }

  /// Every rule that completed, with what the subjects got that have no row.
  private func rulesByKind(_ db: Database) throws -> [SubjectKind: [String: Outcome]] {
    var rules: [SubjectKind: [String: Outcome]] = [:]
    for row in try GRDB.Row.fetchAll(db, sql: "SELECT rule, kinds, rest FROM rule_run WHERE status = 'completed'") {
      for kind in (row[1] as String).split(separator: ",").compactMap({ SubjectKind(rawValue: String($0)) }) {
        rules[kind, default: [:]][row[0]] = Outcome(rawValue: row[2] as String)
      }
    }
    return rules
  }

  private func judge(
    _ subject: Int64, _ kind: SubjectKind, _ rules: [SubjectKind: [String: Outcome]],
    into outcomes: inout [String: Outcome],
    _ db: Database
  ) throws {
    var stored: [String: Outcome] = [:]
    let rows = try GRDB.Row.fetchCursor(
      db.cachedStatement(sql: "SELECT rule, outcome FROM result WHERE subject = ?"), arguments: [subject])
    while let row = try rows.next() {
      let outcome: String = row[1]
      stored[row[0]] = Outcome(rawValue: outcome)
    }
    for (rule, outcome) in (rules[kind] ?? [:]).merging(stored, uniquingKeysWith: { $1 }) {
      outcomes[rule] = outcomes[rule].map { Outcome.worse($0, outcome) } ?? outcome
    }
  }
}

extension Outcome {
  /// From what says least to what weighs most.
  private static let weights: [Outcome] = [.notApplicable, .pass, .baselined, .waived, .unverified, .fail]

  /// The one of two that weighs more.
  package static func worse(_ left: Outcome, _ right: Outcome) -> Outcome {
    (weights.firstIndex(of: left) ?? 0) >= (weights.firstIndex(of: right) ?? 0) ? left : right
  }
}
