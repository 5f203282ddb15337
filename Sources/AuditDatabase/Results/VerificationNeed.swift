import GRDB

/// What verifying every file in time takes, from what the last scan found and how quickly files were read.
package struct VerificationNeed: Sendable {
  package let files: Int
  package let bytes: Int64
  /// Those of them that an alias reaches.
  package let stagedFiles: Int
  package let stagedBytes: Int64
  /// What the last scan that read a tenth of the bytes, or else the one that read most, read in how many seconds.
  package let rate: (files: Int, bytes: Int64, seconds: Double)?

  /// Throws `AuditDatabaseError.noHistory` when the last scan did not end, or judged a part.
  package init(_ database: AuditDatabase) throws {
    let path = database.path
    let found = try database.read { db -> (Row?, Row?) in
      let last = try Row.fetchOne(db, sql: "SELECT finished, selection FROM scan ORDER BY id DESC LIMIT 1")
      guard let last, last[0] == 1, last[1] as String? == nil else { throw AuditDatabaseError.noHistory(path: path) }
      let row = try Row.fetchOne(
        db,
        sql: """
          WITH staged AS MATERIALIZED (\(ReadingPlan.stagedFiles)),
          known AS (
            SELECT o.size, o.file IN (SELECT file FROM staged) AS staged
            FROM observation o JOIN file f ON f.id = o.file WHERE f.location = 'local' AND o.state = 'present'
          )
          SELECT count(*), coalesce(sum(size), 0), coalesce(sum(staged), 0), coalesce(sum(size * staged), 0) FROM known
          """)
      let bytes: Int64 = row?[1] ?? 0
      let rate = try Row.fetchOne(
        db,
        sql: """
          SELECT r.files, r.bytes, r.seconds FROM history_reading r JOIN scan s ON s.id = r.scan AND s.finished
          WHERE r.seconds > 0 ORDER BY r.bytes * 10 >= ? DESC,
            CASE WHEN r.bytes * 10 >= ?1 THEN r.scan ELSE r.bytes END DESC LIMIT 1
          """, arguments: [bytes])
      return (row, rate)
    }
    files = found.0?[0] ?? 0
    bytes = found.0?[1] ?? 0
    stagedFiles = found.0?[2] ?? 0
    stagedBytes = found.0?[3] ?? 0
    rate = found.1.map { row -> (files: Int, bytes: Int64, seconds: Double) in (row[0], row[1], row[2]) }
  }
}
