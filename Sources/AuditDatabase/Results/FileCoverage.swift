import GRDB

/// When the files of a scan were verified that read only some of them.
package struct FileCoverage: Sendable, Hashable, Codable {
  /// All that were looked for and are there.
  package let files: Int
  /// Those that an earlier scan read, and this one did not.
  package let carried: Int
  /// Those that were verified within the days that the policy promises.
  package let verified: Int
  /// Days, as the parameter of `overdue-verification` has it; nil when the policy does not ask for that.
  package let days: String?
  /// When the file was verified that was not for longest; nil when one never was.
  package let oldest: String?
  /// Whether a store misses the promise, and nobody accepts that.
  package let isBroken: Bool
  /// Whether size and times decided which files are unchanged.
  package let isWeak: Bool

  /// Per cent of `files`, rounded down, so that 100 means all.
  package var percent: Int { files == 0 ? 100 : verified * 100 / files }

  /// Nil where nothing was left to memory and nothing left out.
  init?(_ db: Database) throws {
    let partial = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM observation o JOIN file f ON f.id = o.file
          WHERE o.read_at IS NOT NULL OR o.state = 'not-read' AND f.exclusion IS NULL)
        """)
    guard partial == true else { return nil }
    let rule = "overdue-verification"
    days = try String.fetchOne(
      db,
      sql: """
        SELECT value FROM parameters WHERE rule = ?1 AND name = 'verify_within'
          AND EXISTS (SELECT 1 FROM rule_run WHERE rule = ?1)
        """, arguments: [rule])
    let row = try Row.fetchOne(
      db,
      sql: """
        WITH promise AS MATERIALIZED (
          SELECT strftime('%Y-%m-%dT%H:%M:%SZ', julianday(now) - CAST(?1 AS REAL)) AS moment FROM current
        ),
        known AS ( -- in the order that all three tables are kept in
          SELECT o.read_at IS NOT NULL AS carried, max(k.verified_at) AS verified_at
          FROM file f CROSS JOIN observation o ON o.file = f.id LEFT JOIN file_check k ON k.file = f.id
          WHERE f.wanted AND f.exclusion IS NULL AND f.location = 'local' AND o.state <> 'missing'
          GROUP BY f.id
        )
        SELECT count(*), coalesce(sum(carried), 0),
          coalesce(sum(verified_at >= (SELECT moment FROM promise)), 0),
          CASE WHEN count(*) = count(verified_at) THEN min(verified_at) END
        FROM known
        """, arguments: [days ?? "0"])
    isWeak = try Bool.fetchOne(db, sql: "SELECT trusts FROM scan ORDER BY id DESC LIMIT 1") == true
    files = row?[0] ?? 0
    carried = row?[1] ?? 0
    verified = row?[2] ?? 0
    oldest = row?[3]
    isBroken =
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM result WHERE rule = ? AND outcome = 'fail')", arguments: [rule]) == true
  }

  /// For people: `100 % verified within 30 days; oldest 2026-03-01T00:00:00Z`.
  package var text: String {
    let share = days.map { "\(percent) % verified within \($0) day\($0 == "1" ? "" : "s")" }
    let age = oldest.map { "oldest \($0)" } ?? "some were never verified"
    let trust = isWeak ? "; what was not read is trusted by size and times, not read" : ""
    return [share, age].compactMap { $0 }.joined(separator: "; ") + trust
  }
}
