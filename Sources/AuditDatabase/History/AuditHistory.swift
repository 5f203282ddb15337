import Foundation
import GRDB

/// The scans that a kept database holds; opened for reading only.
package final class AuditHistory: Sendable {
  /// One scan, complete or not.
  package struct Scan: Sendable, Hashable {
    package let number: Int64
    /// The id that reports show; nil for a scan that did not end.
    package let id: String?
    /// The scan's clock, RFC 3339 in UTC.
    package let now: String
    package let policy: String
    package let policyDigest: String
    /// The version of the program that made it.
    package let tool: String
    package let isFinished: Bool
    /// What was judged, in words; nil when that was everything.
    package let selection: String?
    /// Whether there was anything to audit.
    package let foundAnything: Bool
    /// What `ScanRecord.finish` was given.
    package let sources: String?
    /// False when what reports read of it was dropped since.
    package let isKept: Bool

    /// Whether everything was judged, to the end.
    package var isComplete: Bool { isFinished && selection == nil }
  }

  package let path: String
  let reader: DatabaseQueue

  /// Throws `AuditDatabaseError` when there is no database at `path` or it keeps no history.
  package init(path: String) throws {
    self.path = path
    guard FileManager.default.fileExists(atPath: path) else { throw AuditDatabaseError.noDatabase(path: path) }
    reader = try AuditDatabase.openKept(path)
  }

  /// All scans in the order they were made.
  package func scans() throws -> [Scan] {
    try reader.read { db in
      try Row.fetchAll(
        db,
        sql:
          "SELECT id, digest, now, policy, policy_digest, tool, finished, selection, found, sources, kept FROM scan ORDER BY id"
      ).map { row in
        Scan(
          number: row[0], id: row[1], now: row[2], policy: row[3], policyDigest: row[4], tool: row[5],
          isFinished: row[6], selection: row[7], foundAnything: row[8], sources: row[9], isKept: row[10])
      }
    }
  }

  /// The effective policy of a scan as text, one spelling only; nil when it is not kept.
  package func policyText(of scan: Scan) throws -> String? {
    try reader.read { db in
      try String.fetchOne(db, sql: "SELECT text FROM policy_text WHERE digest = ?", arguments: [scan.policyDigest])
    }
  }

  /// The ledger, and the scans that were entered.
  package func ledger() throws -> (rows: [LedgerTable.Row], scans: [LedgerTable.Scan]) {
    try reader.read { db in try (LedgerTable(db: db).rows(), LedgerTable(db: db).scans()) }
  }

  /// The ledger's entry of `scan`; nil for one that was not entered, or is not as it was written.
  package func ledgerEntry(of scan: Scan) throws -> LedgerEntry? {
    try reader.read { db in try LedgerTable(db: db).entry(of: scan.number) }
  }

  /// What `ScanRecord.digest` gave when `scan` ended, as `sha256:…`, made again from what is kept.
  package func resultsDigest(of scan: Scan) throws -> String {
    let database = try restore(scan)
    defer { try? database.close() }
    return "sha256:" + (try ScanRecord.digest(of: scan.number, in: database))
  }

  /// `scan` and the complete ones before it.
  package func trend(until scan: Scan) throws -> ScanTrend {
    try reader.read { try ScanTrend($0, until: scan.number) }
  }

  /// A temporary database that holds what reports read, as it was when `scan` ended; nothing is judged again.
  package func restore(_ scan: Scan) throws -> AuditDatabase {
    let database = try AuditDatabase(path: nil, cache: .reports)
    try database.writer.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS kept", arguments: [path])
      try db.inTransaction {
        // What was a view over facts is a table here: the facts themselves are gone.
        for table in HistoryTable.all where table.isView {
          // With their types: without them no index helps to join a column.
          let columns = try table.kept(db).map { "\($0.name) \($0.declaration)" }.joined(separator: ", ")
          let key = table.key.joined(separator: ", ")
          try db.execute(
            sql: """
              DROP VIEW \(table.name); CREATE TABLE \(table.name) (\(columns));
              CREATE INDEX \(table.name)_key ON \(table.name) (\(key))
              """)
        }
        for table in HistoryTable.all {
          let columns = try table.kept(db).map(\.name).joined(separator: ", ")
          try db.execute(
            sql: """
              INSERT INTO main.\(table.name) (\(columns)) SELECT \(columns) FROM kept.\(table.pastName)
              WHERE valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)
              """, arguments: [scan.number])
        }
        try db.execute(sql: "INSERT INTO main.scan SELECT * FROM kept.scan WHERE id = ?", arguments: [scan.number])
        try db.execute(
          sql: "INSERT INTO main.policy_text SELECT * FROM kept.policy_text WHERE digest = ?",
          arguments: [scan.policyDigest])
        try db.execute(sql: FactResolution.ranking)
        try db.execute(sql: HistoryTable.population)
        try db.execute(sql: SchemaText.indexes)
        return .commit
      }
      try db.execute(sql: "DETACH kept; \(FactResolution.analysis); PRAGMA shrink_memory")
    }
    return database
  }
}
