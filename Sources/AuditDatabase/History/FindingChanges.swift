import GRDB
import Records

/// Findings that two complete scans of one database do not share.
package struct FindingChanges: Sendable {
  /// What holds at the scan `?`, of a table of the past.
  static func held(_ table: String, at scan: String) -> String {
    "\(table).valid_from <= \(scan) AND (\(table).valid_to IS NULL OR \(table).valid_to > \(scan))"
  }

  /// Rule and subject of what is found at `?2` and not at `?1`; only rows that changed between are looked at.
  static let appeared = """
    SELECT rule, subject FROM history_result r WHERE outcome = 'fail' AND valid_from > ?1 AND \(held("r", at: "?2"))
    EXCEPT SELECT rule, subject FROM history_result r WHERE outcome = 'fail' AND valid_to <= ?2 AND \(held("r", at: "?1"))
    """
  /// Rule and subject of what was found at `?1` and is not at `?2`.
  static let vanished = """
    SELECT rule, subject FROM history_result r WHERE outcome = 'fail' AND valid_to <= ?2 AND \(held("r", at: "?1"))
    EXCEPT SELECT rule, subject FROM history_result r WHERE outcome = 'fail' AND valid_from > ?1 AND \(held("r", at: "?2"))
    """

  /// How many findings the last scan has that the complete scan before it had not; nil when there was none.
  package static func sinceLastComplete(_ database: AuditDatabase) throws -> Int? {
    guard database.isKept else { return nil }
    return try database.read { db in
      let complete = try Int64.fetchAll(
        db, sql: "SELECT id FROM scan WHERE finished AND selection IS NULL ORDER BY id DESC LIMIT 2")
      guard complete.count == 2 else { return nil }
      return try Int.fetchOne(
        db, sql: "SELECT count(*) FROM (\(appeared))", arguments: [complete[1], complete[0]])
    }
  }
}
