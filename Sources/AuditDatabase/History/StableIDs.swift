import GRDB
import Records

/// The ids that a kept database gave before: what keeps its id costs history nothing.
struct StableIDs: Sendable {
  private let isKept: Bool

  init(_ database: AuditDatabase) { isKept = database.isKept }

  /// The id that a subject has had in an earlier scan; nil for a new one.
  func subject(_ kind: SubjectKind, _ name: String, store: Int64, _ db: Database) throws -> Int64? {
    guard isKept else { return nil }
    return try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM history_subject WHERE name = ? AND kind = ? AND store = ? ORDER BY id"),
      arguments: [name, kind.rawValue, store])
  }

  /// The id of a store, which keeps it whatever the order of the command line.
  func store(_ name: String, _ db: Database) throws -> Int64 {
    let known =
      isKept
      ? try Int64.fetchOne(db, sql: "SELECT id FROM history_store WHERE name = ? ORDER BY id", arguments: [name]) : nil
    return try known ?? firstFree("store", db)
  }

  /// An id that no row of the table has or ever had; those after it are free too.
  func firstFree(_ table: String, _ db: Database) throws -> Int64 {
    let past = isKept ? "UNION ALL SELECT max(id) FROM history_\(table)" : ""
    return try Int64.fetchOne(
      db, sql: "SELECT coalesce(max(id), 0) + 1 FROM (SELECT max(id) AS id FROM \(table) \(past))") ?? 1
  }
}
