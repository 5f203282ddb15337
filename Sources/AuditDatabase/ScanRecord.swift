import Crypto
import Foundation
import GRDB

/// The scan whose facts a database holds.
package struct ScanRecord: Sendable {
  private let database: AuditDatabase
  package let number: Int64

  /// Begins a scan: the facts of the one before make room.
  package static func begin(
    _ database: AuditDatabase, now: String, policy: String, policyDigest: String
  ) throws -> ScanRecord {
    try database.writer.write { db in
      let tables = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'scan'")
      for table in tables { try db.execute(sql: "DELETE FROM \(table)") }
      let indexes = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'")
      for index in indexes { try db.execute(sql: "DROP INDEX \(index)") }
      try db.execute(
        sql: "INSERT INTO scan (now, policy, policy_digest) VALUES (?, ?, ?)", arguments: [now, policy, policyDigest])
      return ScanRecord(database: database, number: db.lastInsertedRowID)
    }
  }

  /// Closes the scan and returns its id: a digest prefix of its results, policy and clock, the same wherever it ran.
  package func finish() throws -> String {
    let digest = try database.reader().read { db in
      var hasher = SHA256()
      let head = try Row.fetchOne(db, sql: "SELECT now, policy_digest FROM scan WHERE id = ?", arguments: [number])
      hasher.update(data: Data("\(head?[0] as String? ?? "")\n\(head?[1] as String? ?? "")\n".utf8))
      for rule in try Row.fetchAll(db, sql: "SELECT rule, status, rest, rest_message FROM rule_run ORDER BY rule") {
        let texts: [String] = [rule[0], rule[1], rule[2], rule[3]]
        hasher.update(data: Data((texts.joined(separator: "\u{1F}") + "\n").utf8))
      }
      let rows = try StatementRows(
        db,
        """
        SELECT s.kind, s.name, r.rule, r.outcome, r.severity, r.message, r.details
        FROM subject s LEFT JOIN result r ON r.subject = s.id ORDER BY s.position, r.rule
        """)
      var text: [UInt8] = []
      while try rows.next() {
        for column in 0..<7 {
          rows.append(Int32(column), to: &text)
          text.append(0x1F)
        }
        if text.count > 1 << 16 {
          hasher.update(data: text)
          text.removeAll(keepingCapacity: true)
        }
      }
      hasher.update(data: text)
      return hasher.finalize().prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    try database.writer.write { db in
      try db.execute(sql: "UPDATE scan SET digest = ?, finished = 1 WHERE id = ?", arguments: [digest, number])
    }
    return digest
  }
}
