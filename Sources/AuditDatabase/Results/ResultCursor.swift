import GRDB
import Records

/// Reads results in the order of every report: by store, kind, name and rule, bytewise.
package struct ResultCursor: Sendable {
  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// What is stored of one outcome, before passes are added.
  private struct Stored {
    let subject: Int64
    let rule: String
    let outcome: Outcome
    let severity: Severity
    let message: String
    let details: String?
  }

  /// Which results are listed; the others are counted, or named with their reasons.
  package enum Listing: Sendable {
    case everything
    case allButPasses
    /// Neither passes nor what does not apply: nearly all of a large audit.
    case findings
  }

  /// Gives every result that is listed to `body`.
  package func forEach(_ listing: Listing, _ body: (RuleResult) throws -> Void) throws {
    try forEachSubject(listing) { for result in $0.results { try body(result) } }
  }

  /// Every result of one subject, passes included.
  package func results(of id: Int64) throws -> [RuleResult] {
    guard
      let found = try database.read({ db in
        try Row.fetchOne(
          db,
          sql: """
            SELECT t.name, s.kind, s.name FROM subject s JOIN store t ON t.id = s.store WHERE s.id = ?
            """, arguments: [id])
      })
    else { return [] }
    let kind: String = found[1]
    let subject = Subject(store: found[0], kind: SubjectKind(rawValue: kind) ?? .store, name: found[2])
    var results: [RuleResult] = []
    try forEachSubject(.everything) { if $0.subject == subject { results = $0.results } }
    return results
  }

  /// Gives the results of each subject to `body`.
  package func forEachSubject(_ listing: Listing, _ body: (SubjectResults) throws -> Void) throws {
    try database.read { db in
      let rules = try Self.rules(db)
      let rests = rules.compactMapValues(Rest.init)
      let subjects = try StatementRows(
        db,
        """
        SELECT s.id, t.name, s.kind, s.name, s.path FROM subject s JOIN store t ON t.id = s.store WHERE s.judged
        ORDER BY s.position
        """)
      let stored = try StatementRows(
        db,
        """
        SELECT r.subject, r.rule, r.outcome, r.severity, r.message, r.details
        FROM subject s CROSS JOIN result r ON r.subject = s.id WHERE s.judged ORDER BY s.position, r.rule
        """)
      let reaches = try StatementRows(
        db,
        """
        SELECT c.subject, a.name FROM subject s CROSS JOIN reach c ON c.subject = s.id JOIN subject a ON a.id = c.alias
        WHERE s.judged ORDER BY s.position, a.name
        """)
      let waivers = try WaiverFacts.known(db)
      let covered = try StatementRows(
        db,
        """
        SELECT c.subject, c.rule, c.waiver, c.details
        FROM subject s CROSS JOIN cover c ON c.subject = s.id ORDER BY s.position, c.rule, c.waiver
        """)
      var nextStored = try Self.next(stored)
      var hasReach = try reaches.next()
      var hasCovered = try covered.next()
      while try subjects.next() {
        let id = subjects.integer(0) ?? 0
        let kind = subjects.text(2).flatMap(SubjectKind.init) ?? .store
        let subject = Subject(store: subjects.text(1) ?? "", kind: kind, name: subjects.text(3) ?? "")
        let path = subjects.text(4)
        var aliases: [String] = []
        while hasReach, reaches.integer(0) == id {
          aliases.append(reaches.text(1) ?? "")
          hasReach = try reaches.next()
        }
        if listing == .findings, nextStored?.subject != id, let rest = rests[kind] {
          try body(
            SubjectResults(
              subject: subject, path: path, results: [], countedPasses: rest.passes, inapplicable: rest.inapplicable))
          continue
        }
        var results: [RuleResult] = []
        var passes = 0
        var inapplicable: [InapplicableRule] = []
        for rule in rules[kind] ?? [] {
          if let found = nextStored, found.subject == id, found.rule == rule.id {
            var acceptances: [Acceptance] = []
            while hasCovered, covered.integer(0) == id, covered.text(1) == rule.id {
              let count = Int(covered.integer(3) ?? 0)
              acceptances.append(waivers[covered.integer(2) ?? 0]?.covering(count) ?? .baseline(details: count))
              hasCovered = try covered.next()
            }
            if listing == .findings, found.outcome == .notApplicable {
              inapplicable.append(InapplicableRule(rule: rule.id, reason: found.message))
            } else {
              results.append(
                Self.result(found, subject: subject, path: path, reaches: aliases, acceptances: acceptances))
            }
            nextStored = try Self.next(stored)
          } else if rule.completed, listing != .everything, rule.rest == .pass {
            passes += 1
          } else if rule.completed, listing == .findings, rule.rest == .notApplicable {
            inapplicable.append(InapplicableRule(rule: rule.id, reason: rule.restMessage))
          } else if rule.completed {
            results.append(
              RuleResult(
                rule: rule.id, subject: subject, subjectPath: path, severity: rule.severity, outcome: rule.rest,
                message: rule.restMessage, reaches: aliases))
          }
        }
        try body(
          SubjectResults(
            subject: subject, path: path, results: results, countedPasses: passes, inapplicable: inapplicable))
      }
    }
  }

  /// What a subject gets of which no row is kept: most of a large audit, put together once a kind.
  private struct Rest {
    var passes = 0
    var inapplicable: [InapplicableRule] = []

    /// Nil when the rules leave out anything but passes and what does not apply.
    init?(_ rules: [Rule]) {
      for rule in rules where rule.completed {
        switch rule.rest {
        case .pass: passes += 1
        case .notApplicable: inapplicable.append(InapplicableRule(rule: rule.id, reason: rule.restMessage))
        default: return nil
        }
      }
    }
  }

  private struct Rule {
    let id: String
    let severity: Severity
    let completed: Bool
    /// What the subjects got that have no row.
    let rest: Outcome
    let restMessage: String
  }

  /// The rules that ran, by the kinds they judge, sorted by id.
  private static func rules(_ db: Database) throws -> [SubjectKind: [Rule]] {
    var rules: [SubjectKind: [Rule]] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT rule, severity, kinds, status, rest, rest_message FROM rule_run ORDER BY rule")
    {
      let kinds: String = row[2]
      let status: String = row[3]
      let rest: String = row[4]
      let rule = Rule(
        id: row[0], severity: severity(row[1]), completed: status == "completed",
        rest: Outcome(rawValue: rest) ?? .unverified, restMessage: row[5])
      for kind in kinds.split(separator: ",").compactMap({ SubjectKind(rawValue: String($0)) }) {
        rules[kind, default: []].append(rule)
      }
    }
    return rules
  }

  private static func severity(_ text: String) -> Severity { Severity(rawValue: text) ?? .error }

  private static func next(_ rows: StatementRows) throws -> Stored? {
    guard try rows.next() else { return nil }
    return Stored(
      subject: rows.integer(0) ?? 0, rule: rows.text(1) ?? "",
      outcome: rows.text(2).flatMap(Outcome.init) ?? .unverified, severity: severity(rows.text(3) ?? ""),
      message: rows.text(4) ?? "", details: rows.text(5))
  }

  private static func result(
    _ stored: Stored, subject: Subject, path: String?, reaches: [String], acceptances: [Acceptance]
  ) -> RuleResult {
    let details = stored.details.flatMap { DetailList(json: $0) }
    return RuleResult(
      rule: stored.rule, subject: subject, subjectPath: path, severity: stored.severity, outcome: stored.outcome,
      message: stored.message, details: details?.items.map(\.detail) ?? [], detailCount: details?.count ?? 0,
      reaches: reaches, acceptances: acceptances)
  }
}
