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
    /// Names of the aliases that its findings reach, as `fraud-detector@prod`, sorted.
    package fileprivate(set) var reaches: [String] = []

    /// With the same rule's findings of another severity.
    fileprivate func adding(_ other: Cause?) -> Cause {
      guard let other else { return self }
      return Cause(
        rule: rule, severity: max(severity, other.severity), subjects: subjects + other.subjects,
        details: details + other.details)
    }
  }

  /// What one waiver, or the baseline, accepts.
  package struct Accepted: Sendable, Hashable {
    /// With the items of all results.
    package let acceptance: Acceptance
    /// Of a waiver; a baseline speaks of many.
    package let rule: String
    package let results: Int
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
  /// What was found of files; kept with the scan, since the files themselves are not.
  package private(set) var files = FileFigures()
  /// The first to end first, the baseline last.
  package private(set) var accepted: [Accepted] = []
  /// Unverified results that the policy does not declare out of scope.
  package private(set) var undecided = 0
  package private(set) var outOfScope = 0
  /// Checks by verdict, as in the database.
  package var verdicts: [String: Int] { files.verdicts }
  package var filesExamined: Int { files.examined }
  package var bytesExamined: Int64 { files.bytes }
  /// Records that could not be read, so that nothing is known of what they describe.
  package var gaps: Int { files.gaps }
  /// Published files that are lost or not what was published.
  package var lostFiles: [String] { files.lost }

  /// How a rule's message begins when the policy excludes all that it would judge.
  package static let outOfScopePrefix = "declared out of scope: "

  package init(_ database: AuditDatabase) throws {
    try database.read { db in
      try readSubjects(db)
      try readRules(db)
      files = try FileFigures.kept(db) ?? FileFigures(db)
      undecided += files.undecided
      try readAccepted(db)
      try readReaches(db)
    }
  }

  private mutating func readAccepted(_ db: Database) throws {
    let waivers = try WaiverFacts.known(db)
    accepted = try Row.fetchAll(db, sql: "SELECT waiver, count(*), sum(details), min(rule) FROM cover GROUP BY waiver")
      .map {
        row in
        let details: Int = row[2]
        return Accepted(
          acceptance: waivers[row[0]]?.covering(details) ?? .baseline(details: details), rule: row[3],
          results: row[1])
      }.sorted {
        ($0.acceptance.ends ?? "~", $0.acceptance.name ?? "") < ($1.acceptance.ends ?? "~", $1.acceptance.name ?? "")
      }
  }

  private mutating func readReaches(_ db: Database) throws {
    guard !causes.isEmpty else { return }
    var reaches: [String: [String]] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT r.rule, a.name FROM reach c CROSS JOIN result r ON r.subject = c.subject AND r.outcome = 'fail'
        JOIN subject a ON a.id = c.alias ORDER BY 1, 2
        """)
    { reaches[row[0], default: []].append(row[1]) }
    for index in causes.indices { causes[index].reaches = reaches[causes[index].rule] ?? [] }
  }

  private mutating func readSubjects(_ db: Database) throws {
    stores = try Row.fetchAll(db, sql: "SELECT name, kind, path FROM store ORDER BY name").map {
      Store(name: $0[0], kind: $0[1], path: $0[2])
    }
    for row in try Row.fetchAll(db, sql: "SELECT kind, count(*) FROM subject WHERE judged GROUP BY kind") {
      let kind: String = row[0]
      subjects[SubjectKind(rawValue: kind) ?? .store] = row[1]
    }
  }

  private mutating func readRules(_ db: Database) throws {
    var found: [String: [Outcome: Int]] = [:]
    var causes: [String: Cause] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT rule, outcome, severity, count(*), coalesce(sum(CASE WHEN outcome = 'fail' THEN json_extract(details, '$.count') END), 0),
          coalesce(sum(outcome = 'unverified' AND substr(message, 1, \(Self.outOfScopePrefix.count)) = '\(Self.outOfScopePrefix)'), 0)
        FROM result WHERE subject IN (SELECT id FROM subject WHERE judged) GROUP BY rule, outcome, severity
        """)
    {
      let name: String = row[1]
      let outcome = Outcome(rawValue: name) ?? .unverified
      let severity = Self.severity(row[2])
      let count: Int = row[3]
      found[row[0], default: [:]][outcome, default: 0] += count
      if outcome == .fail {
        severities[severity, default: 0] += count
        causes[row[0]] = Cause(rule: row[0], severity: severity, subjects: count, details: row[4]).adding(
          causes[row[0]])
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
    self.causes = causes.values.sorted { ($1.severity, $1.subjects, $0.rule) < ($0.severity, $0.subjects, $1.rule) }
  }

  private static func severity(_ text: String) -> Severity { Severity(rawValue: text) ?? .error }
}
