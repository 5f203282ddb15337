import GRDB
import Records

/// Counts over a finished scan, and what decides its exit code.
package struct ResultSummary: Sendable, Hashable {
  /// A rule with what it found.
  package struct Cause: Sendable, Hashable {
    package let rule: String
    package let severity: Severity
    package let subjects: Int
    package let details: Int
  }

  /// One audited store.
  package struct Store: Sendable, Hashable {
    package let name: String
    package let kind: String
    package let path: String
  }

  /// What happened to one rule.
  package struct RuleStatus: Sendable, Hashable {
    package let rule: String
    package let severity: Severity
    package let examined: Int
    package let status: String
    package let message: String?
    package let outcomes: [Outcome: Int]
  }

  package private(set) var stores: [Store] = []
  package private(set) var subjects: [SubjectKind: Int] = [:]
  package private(set) var outcomes: [Outcome: Int] = [:]
  /// Findings by severity.
  package private(set) var severities: [Severity: Int] = [:]
  /// Rules with findings: errors first, then by how many subjects they flag.
  package private(set) var causes: [Cause] = []
  package private(set) var rules: [RuleStatus] = []
  /// Checks by verdict, as in the database.
  package private(set) var verdicts: [String: Int] = [:]
  package private(set) var filesExamined = 0
  package private(set) var bytesExamined: Int64 = 0
  /// Unverified results that the policy does not declare out of scope.
  package private(set) var undecided = 0
  package private(set) var outOfScope = 0
  /// Records that could not be read, so that nothing is known of what they describe.
  package private(set) var gaps = 0
  /// Published files that are lost or not what was published.
  package private(set) var lostFiles: [String] = []

  /// How a rule's message begins when the policy excludes all that it would judge.
  package static let outOfScopePrefix = "declared out of scope: "

  /// Rules that say whether published bytes are what was published.
  private static let integrityRules = [
    "missing-artifact", "artifact-digest-mismatch", "dataset-digest-mismatch", "changed-config", "changed-requirements",
  ]

  package init(_ database: AuditDatabase) throws {
    try database.reader().read { db in
      try readSubjects(db)
      try readRules(db)
      try readFiles(db)
      try readLosses(db)
    }
  }

  private mutating func readSubjects(_ db: Database) throws {
    stores = try Row.fetchAll(db, sql: "SELECT name, kind, path FROM store ORDER BY name").map {
      Store(name: $0[0], kind: $0[1], path: $0[2])
    }
    for row in try Row.fetchAll(db, sql: "SELECT kind, count(*) FROM subject GROUP BY kind") {
      let kind: String = row[0]
      subjects[SubjectKind(rawValue: kind) ?? .store] = row[1]
    }
    let kinds = Problem.Kind.allCases.filter(\.leavesGap).map(\.rawValue)
    gaps =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM problem WHERE kind IN (\(databaseQuestionMarks(count: kinds.count)))",
        arguments: StatementArguments(kinds)) ?? 0
  }

  private mutating func readRules(_ db: Database) throws {
    var found: [String: [Outcome: Int]] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT rule, outcome, severity, count(*), coalesce(sum(CASE WHEN outcome = 'fail' THEN json_extract(details, '$.count') END), 0),
          coalesce(sum(outcome = 'unverified' AND substr(message, 1, \(Self.outOfScopePrefix.count)) = '\(Self.outOfScopePrefix)'), 0)
        FROM result GROUP BY rule, outcome, severity
        """)
    {
      let name: String = row[1]
      let outcome = Outcome(rawValue: name) ?? .unverified
      let severity = Self.severity(row[2])
      let count: Int = row[3]
      found[row[0], default: [:]][outcome, default: 0] += count
      if outcome == .fail {
        severities[severity, default: 0] += count
        causes.append(Cause(rule: row[0], severity: severity, subjects: count, details: row[4]))
      } else if outcome == .unverified {
        let excluded: Int = row[5]
        outOfScope += excluded
        undecided += count - excluded
      }
    }
    for row in try Row.fetchAll(
      db, sql: "SELECT rule, severity, examined, status, message, rest FROM rule_run ORDER BY rule")
    {
      var outcomes = found[row[0]] ?? [:]
      let examined: Int = row[2]
      let rest = examined - outcomes.values.reduce(0, +)
      let name: String = row[5]
      if rest > 0 { outcomes[Outcome(rawValue: name) ?? .unverified, default: 0] += rest }
      for (outcome, count) in outcomes { self.outcomes[outcome, default: 0] += count }
      rules.append(
        RuleStatus(
          rule: row[0], severity: Self.severity(row[1]), examined: examined, status: row[3], message: row[4],
          outcomes: outcomes))
    }
    causes.sort { ($1.severity, $1.subjects, $0.rule) < ($0.severity, $0.subjects, $1.rule) }
  }

  private mutating func readFiles(_ db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT verdict, count(*) FROM file_check GROUP BY verdict") {
      verdicts[row[0]] = row[1]
    }
    let row = try Row.fetchOne(
      db, sql: "SELECT count(*), coalesce(sum(size), 0) FROM observation WHERE state = 'present'")
    filesExamined = row?[0] ?? 0
    bytesExamined = row?[1] ?? 0
  }

  private mutating func readLosses(_ db: Database) throws {
    let rules = Self.integrityRules
    // A finding on a subject hides that other files of it could not be checked; the audit is incomplete all the same.
    undecided +=
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(DISTINCT k.file) FROM file_check k JOIN file f ON f.id = k.file AND f.exclusion IS NULL
          JOIN (SELECT subject, file FROM artifact UNION SELECT dataset, file FROM dataset_file) owner ON owner.file = k.file
          JOIN result r ON r.subject = owner.subject AND r.outcome = 'fail'
            AND r.rule IN ('artifact-digest-mismatch', 'dataset-digest-mismatch')
          WHERE k.claim IS NOT NULL AND k.verdict IN ('unreadable', 'unreachable', 'changing', 'unknown-definition')
          """) ?? 0
    lostFiles = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT f.path FROM file_check k JOIN file f ON f.id = k.file
        JOIN (
          SELECT subject, file FROM artifact UNION SELECT dataset, file FROM dataset_file
          UNION SELECT run, file FROM run_requirements WHERE file IS NOT NULL
        ) owner ON owner.file = k.file
        JOIN publication p ON p.subject = owner.subject
        JOIN result r ON r.subject = owner.subject AND r.outcome = 'fail'
          AND r.rule IN (\(databaseQuestionMarks(count: rules.count)))
        WHERE k.verdict IN ('missing', 'moved', 'truncated', 'swapped', 'mismatched')
          AND NOT (k.verdict IN ('missing', 'moved') AND owner.subject IN (
            SELECT subject_id FROM retirements
            UNION SELECT v.run FROM version v JOIN retirements g ON g.subject_id = v.subject WHERE v.run IS NOT NULL))
        UNION SELECT f.path FROM result r JOIN artifact a ON a.subject = r.subject AND a.role = 'model'
        JOIN file f ON f.id = a.file WHERE r.rule = 'changed-after-publication' AND r.outcome = 'fail'
        ORDER BY 1
        """, arguments: StatementArguments(rules))
  }

  private static func severity(_ text: String) -> Severity { Severity(rawValue: text) ?? .error }
}
