import GRDB

/// Drops what only reports of old scans read.
package struct HistoryCompaction: Sendable {
  /// What was dropped.
  package struct Freed: Sendable, Hashable {
    /// Complete scans whose reports cannot be made again any more.
    package let scans: Int
    /// Intervals that ended before the first scan that is kept.
    package let rows: Int
    /// Complete scans that are kept.
    package let left: Int
    /// The clock of the first one.
    package let first: String
  }

  /// Drops the scans of before `moment` (RFC 3339 in UTC) and every interval that ended before the first scan that is kept;
  /// the last complete scan is always kept, and so are the ledger and the list of complete scans. Gives the room back.
  ///
  /// Throws `AuditDatabaseError` when there is no such database, or it is in use.
  package static func run(path: String, before moment: String) throws -> Freed {
    // Only one that is there and ours is opened for writing.
    guard let last = try AuditHistory(path: path).scans().last(where: { $0.isComplete && $0.isKept }) else {
      throw AuditDatabaseError.noHistory(path: path)
    }
    do {
      let database = try AuditDatabase(path: path)
      // Also when there is no room to give back room, others can read it.
      defer { try? database.close() }
      let freed = try database.writer.write { db in try drop(db, before: moment, last: last.number) }
      try database.writer.writeWithoutTransaction { db in try db.execute(sql: "VACUUM") }
      return freed
    } catch {
      throw AuditDatabase.failure(error, path: path) ?? error
    }
  }

  /// What was published is missed however long ago it vanished (`VanishedVersions`): its last row stays.
  private static let remembered = [
    "history_store": "AND rowid NOT IN (SELECT max(rowid) FROM history_store GROUP BY id)",
    "history_subject": """
    AND NOT (kind IN ('version', 'model') AND rowid IN (
      SELECT max(rowid) FROM history_subject WHERE kind IN ('version', 'model') GROUP BY id))
    """,
    "history_version": "AND rowid NOT IN (SELECT max(rowid) FROM history_version GROUP BY subject)",
  ]

  private static func drop(_ db: Database, before moment: String, last: Int64) throws -> Freed {
    // By number, since scans may have been given any clock.
    let first =
      try Int64.fetchOne(
        db, sql: "SELECT min(id) FROM scan WHERE finished AND selection IS NULL AND kept AND now >= ?",
        arguments: [moment]) ?? last
    try db.execute(
      sql: """
        UPDATE scan SET kept = 0, figures = NULL, sources = NULL
        WHERE id < ? AND finished AND selection IS NULL AND kept
        """, arguments: [first])
    let scans = db.changesCount
    // A file may have been read last by a scan that was killed, or by a part of one.
    try db.execute(
      sql: """
        DELETE FROM scan WHERE id < ? AND (NOT finished OR selection IS NOT NULL)
          AND id NOT IN (SELECT scan FROM history_verification) AND id NOT IN (SELECT scan FROM history_progress)
        """, arguments: [first])
    var rows = 0
    for table in HistoryTable.all.map(\.pastName) + ["history_file_state"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE valid_to <= ? \(Self.remembered[table] ?? "")", arguments: [first])
      rows += db.changesCount
    }
    try db.execute(
      sql: "DELETE FROM history_verification WHERE state NOT IN (SELECT id FROM history_file_state)")
    try db.execute(sql: "DELETE FROM policy_text WHERE digest NOT IN (SELECT policy_digest FROM scan)")
    return Freed(
      scans: scans, rows: rows,
      left: try Int.fetchOne(db, sql: "SELECT count(*) FROM scan WHERE finished AND selection IS NULL AND kept") ?? 0,
      first: try String.fetchOne(db, sql: "SELECT now FROM scan WHERE id = ?", arguments: [first]) ?? "")
  }
}
