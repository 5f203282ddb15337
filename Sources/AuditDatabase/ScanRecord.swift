import Records
import Crypto
import Foundation
import GRDB

/// The scan whose facts a database holds.
package struct ScanRecord: Sendable {
  private let database: AuditDatabase
  package let number: Int64

  /// The effective policy, and the program that judges by it.
  package struct Origin: Sendable {
    package let tool: String
    package let policy: String
    package let policyText: String
    package let policyDigest: String

    package init(tool: String, policy: String, policyText: String, policyDigest: String) {
      self.tool = tool
      self.policy = policy
      self.policyText = policyText
      self.policyDigest = policyDigest
    }
  }

  /// Begins a scan: the facts of the one before make room but for `kept`, what history keeps of it stays.
  package static func begin(
    _ database: AuditDatabase, now: String, origin: Origin, kept: KeptFacts? = nil
  ) throws -> ScanRecord {
    try database.writer.write { db in
      if database.isKept { try ReadingProgress(db: db).keep() }
      if let kept {
        try kept.clear(db)
      } else {
        try clear(db)
        if database.isKept { try KeptFacts.forget(db) }
      }
      try db.execute(
        sql: "INSERT OR IGNORE INTO policy_text (digest, text) VALUES (?, ?)",
        arguments: [origin.policyDigest, origin.policyText])
      try db.execute(
        sql: "INSERT INTO scan (now, policy, policy_digest, tool) VALUES (?, ?, ?, ?)",
        arguments: [now, origin.policy, origin.policyDigest, origin.tool])
      return ScanRecord(database: database, number: db.lastInsertedRowID)
    }
  }

  private static func clear(_ db: Database) throws {
    let objects = try Row.fetchAll(
      db, sql: "SELECT type, name, tbl_name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    for row in objects where !SchemaMigrations.isKept(row[2]) {
      let name: String = row[1]
      switch row[0] as String {
      case "table": try db.execute(sql: "DELETE FROM \(name)")
      case "index": try db.execute(sql: "DROP INDEX \(name)")
      default: break
      }
    }
  }

  /// The last scan of `database`, to be judged again.
  package init(last database: AuditDatabase) throws {
    self.database = database
    number = try database.writer.read { db in try Int64.fetchOne(db, sql: "SELECT max(id) FROM scan") ?? 0 }
  }

  private init(database: AuditDatabase, number: Int64) {
    self.database = database
    self.number = number
  }

  /// Says that only a part is judged: such a scan is listed, and its results are not kept for later.
  package func restrict(to selection: String) throws {
    try database.writer.write { db in
      try db.execute(sql: "UPDATE scan SET selection = ? WHERE id = ?", arguments: [selection, number])
    }
  }

  /// Says that size and times of files decide which of them are read.
  package func trustFileTimes() throws {
    try database.writer.write { db in
      try db.execute(sql: "UPDATE scan SET trusts = 1 WHERE id = ?", arguments: [number])
    }
  }

  /// Keeps how quickly files were read, by which a plan reckons; no report shows it.
  package func noteReading(files: Int, bytes: Int, seconds: Double) throws {
    guard database.isKept, bytes > 0 else { return }
    try database.writer.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO history_reading (scan, files, bytes, seconds) VALUES (?, ?, ?, ?)",
        arguments: [number, files, bytes, seconds])
    }
  }

  /// SHA-256 over results, policy and clock, the same wherever it ran; its first twelve digits are the scan's id.
  package func digest() throws -> String { try Self.digest(of: number, in: database) }

  static func digest(of number: Int64, in database: AuditDatabase) throws -> String {
    try database.read { db in
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
        FROM subject s LEFT JOIN result r ON r.subject = s.id WHERE s.judged ORDER BY s.position, r.rule
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
      return hasher.finalize().hexadecimal
    }
  }

  /// The id of a scan whose results have this digest.
  package static func id(ofDigest digest: String) -> String { String(digest.prefix(12)) }

  /// Closes the scan; a kept database keeps what the reports of a whole one read. `sources` is text that is given back.
  ///
  /// Returns the entry of a whole scan in the ledger of a kept database, signed by `sign`; nil for others.
  package func finish(
    digest: String, summary: ResultSummary, foundAnything: Bool, sources: String,
    sign: (@Sendable ([UInt8]) throws -> LedgerEntry.Signature)? = nil
  ) throws -> LedgerEntry? {
    let figures = try summary.files.json()
    return try database.writer.write { db in
      try db.execute(
        sql: "UPDATE scan SET digest = ?, finished = 1, found = ?, figures = ?, sources = ? WHERE id = ?",
        arguments: [Self.id(ofDigest: digest), foundAnything, figures, sources, number])
      let isWhole = try Bool.fetchOne(db, sql: "SELECT selection IS NULL FROM scan WHERE id = ?", arguments: [number])
      guard database.isKept, isWhole == true else { return nil }
      try HistoryWriter(db: db).keep(scan: number)
      return try LedgerTable(db: db).append(scan: number, results: "sha256:" + digest, summary: summary, sign: sign)
    }
  }
}
