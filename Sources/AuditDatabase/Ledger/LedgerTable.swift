import GRDB
import Records

/// The ledger inside an audit database: a row for each complete scan, never changed.
package struct LedgerTable {
  /// An entry as it is kept, with what the list of scans says of the same scan.
  package struct Row: Sendable {
    package let number: Int
    /// As it stands there, whatever that is.
    package let text: String
  }

  /// A complete scan that was entered, as the list of scans has it.
  package struct Scan: Sendable {
    package let scan: Int64
    /// The number of its entry.
    package let entry: Int
    package let id: String
    package let now: String
    package let policy: String
  }

  let db: Database

  /// Adds the entry of `scan`, which has ended, behind the last one.
  func append(
    scan: Int64, results: String, summary: ResultSummary, sign: (@Sendable ([UInt8]) throws -> LedgerEntry.Signature)?
  ) throws -> LedgerEntry {
    let last = try GRDB.Row.fetchOne(db, sql: "SELECT number, digest FROM ledger ORDER BY number DESC LIMIT 1")
    let row = try GRDB.Row.fetchOne(
      db, sql: "SELECT digest, now, tool, policy_digest FROM scan WHERE id = ?", arguments: [scan])
    let entry = try LedgerEntry(
      number: (last?[0] ?? 0) + 1, id: row?[0] ?? "", now: row?[1] ?? "", tool: row?[2] ?? "",
      results: results, policy: row?[3] ?? "",
      files: LedgerEntry.Files(
        bytes: summary.bytesExamined, examined: summary.filesExamined, lost: summary.lostFiles.count),
      findings: LedgerEntry.Findings(
        error: summary.severities[.error] ?? 0, note: summary.severities[.note] ?? 0,
        warning: summary.severities[.warning] ?? 0),
      previous: last?[1]
    ).sealed(sign)
    try db.execute(
      sql: "INSERT INTO ledger (number, scan, digest, entry) VALUES (?, ?, ?, ?)",
      arguments: [entry.number, scan, entry.digest, entry.text])
    try db.execute(sql: "UPDATE scan SET ledger = ? WHERE id = ?", arguments: [entry.number, scan])
    return entry
  }

  /// Every entry in order.
  func rows() throws -> [Row] {
    try GRDB.Row.fetchAll(db, sql: "SELECT number, entry FROM ledger ORDER BY number").map {
      Row(number: $0[0], text: $0[1])
    }
  }

  /// The scans that were entered, in order.
  func scans() throws -> [Scan] {
    try GRDB.Row.fetchAll(
      db,
      sql: "SELECT id, ledger, coalesce(digest, ''), now, policy_digest FROM scan WHERE ledger IS NOT NULL ORDER BY id"
    ).map { Scan(scan: $0[0], entry: $0[1], id: $0[2], now: $0[3], policy: $0[4]) }
  }

  /// The entry of a scan; nil when it has none that can be read.
  func entry(of scan: Int64) throws -> LedgerEntry? {
    try String.fetchOne(db, sql: "SELECT entry FROM ledger WHERE scan = ?", arguments: [scan]).flatMap {
      LedgerEntry(line: $0)
    }
  }

  /// Every entry of `database`, and the scans that were entered.
  package static func all(_ database: AuditDatabase) throws -> (rows: [Row], scans: [Scan]) {
    try database.writer.read { db in try (LedgerTable(db: db).rows(), LedgerTable(db: db).scans()) }
  }
}
