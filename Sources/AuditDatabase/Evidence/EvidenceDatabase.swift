import Crypto
import Foundation
import GRDB
import Records

/// The database of an evidence pack, which anybody may have made: nothing in it is believed before it was looked at.
package struct EvidenceDatabase: Sendable {
  package let path: String
  /// The scan that the pack is of.
  package let scan: AuditHistory.Scan
  /// Its entry in the ledger; a scan that has one knew what earlier scans found of files.
  package let entry: LedgerEntry?

  /// Why a database is none of a pack.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether another version of this program can read it.
    package let isOfOtherVersion: Bool

    init(_ description: String, isOfOtherVersion: Bool = false) {
      self.description = description
      self.isOfOtherVersion = isOfOtherVersion
    }
  }

  /// Looks at everything in the file at `path` that could make reading it go wrong.
  package init(path: String) throws(Fault) {
    self.path = path
    do {
      _ = AuditDatabase.settings
      var configuration = Configuration()
      configuration.readonly = true
      configuration.prepareDatabase { db in
        // A file that somebody made may hold views that do more than they say, and cells that are none.
        try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0")
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { db in try Self.check(db) }
      let history = try AuditHistory(path: path)
      guard let last = try history.scans().last else { throw Fault("it holds no scan") }
      scan = last
      entry = try history.ledgerEntry(of: last)
    } catch let fault as Fault {
      throw fault
    } catch let error as DatabaseError {
      throw Fault("it cannot be read: \(error.message ?? "\(error.resultCode)")")
    } catch {
      throw Fault("it cannot be read: \(error)")
    }
    guard scan.isComplete, scan.id != nil else { throw Fault("its scan did not end, or judged a part only") }
  }

  private static func check(_ db: Database) throws {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard try Int.fetchOne(db, sql: "PRAGMA application_id") == SchemaMigrations.applicationID else {
      throw Fault("it is a database of another program")
    }
    guard version == SchemaMigrations.current else {
      throw Fault(
        "it has schema \(version), and this repro-audit knows \(SchemaMigrations.current): verify with the version that made it",
        isOfOtherVersion: true)
    }
    try checkSchema(try EvidenceSchema.objects(db))
    if let problem = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)"), problem != "ok" {
      throw Fault("it is damaged: \(problem.split(whereSeparator: \.isNewline).joined(separator: " "))")
    }
    let tables = try EvidenceTable.all(db) + EvidenceTable.scans.sorted().map { try EvidenceTable(name: $0, db) }
    for table in tables { try checkTypes(of: table, db) }
  }

  /// What views say has to be what they say here, or rules would be asked of other facts.
  private static func checkSchema(_ found: [String: String]) throws {
    let own = try DatabaseQueue()
    let expected = try own.write { db in
      try EvidenceSchema.make(db)
      return try EvidenceSchema.objects(db)
    }
    for (name, sql) in expected.sorted(by: { $0.key < $1.key }) {
      guard let other = found[name] else { throw Fault("its schema lacks the \(name)") }
      guard other == sql else { throw Fault("its schema has another \(name) than repro-audit writes") }
    }
    if let added = found.keys.filter({ expected[$0] == nil }).min() {
      throw Fault("its schema has the \(added), which repro-audit does not write")
    }
  }

  /// SQLite keeps text in a column of numbers when it is told to; nothing that reads it expects that.
  private static func checkTypes(of table: EvidenceTable, _ db: Database) throws {
    let types = ["INTEGER": ["integer"], "REAL": ["real", "integer"], "TEXT": ["text"], "BLOB": ["blob"]]
    for column in table.columns {
      guard let allowed = types[column.type] else { continue }
      let list = (allowed + ["null"]).map { "'\($0)'" }.joined(separator: ", ")
      let name = EvidenceTable.quoted(column.name)
      let isOther = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM main.\(table.name) WHERE typeof(\(name)) NOT IN (\(list)))")
      if isOther == true {
        throw Fault("its table \(table.name) holds something in `\(column.name)` that is no \(allowed[0])")
      }
    }
  }

  /// The effective policy of the scan; nil when it is not there.
  package func policyText() throws -> String? {
    try AuditDatabase.openKept(path).read { db in
      try String.fetchOne(db, sql: "SELECT text FROM policy_text WHERE digest = ?", arguments: [scan.policyDigest])
    }
  }

  /// The digest of the schema of run records that rules saw; nil when there was none.
  package func runSchemaDigest() throws -> String? {
    try AuditDatabase.openKept(path).read { db in try String.fetchOne(db, sql: "SELECT digest FROM run_schema") }
  }

  /// Rules that were stopped at a limit or went wrong, with what was said of it.
  package func stoppedRules() throws -> [(rule: String, status: ResultWriter.FailureStatus, message: String)] {
    try AuditDatabase.openKept(path).read { db in
      try Row.fetchAll(db, sql: "SELECT rule, status, message FROM rule_run WHERE status <> 'completed' ORDER BY rule")
        .compactMap { row in
          ResultWriter.FailureStatus(rawValue: row[1] as String).map { (row[0], $0, row[2] ?? "") }
        }
    }
  }

  /// `sha256:…` over every row of every table, whatever pages they lie on.
  package func contentDigest() throws -> String { try Self.contentDigest(path: path) }

  /// The same of the database at `path`, which this program has written.
  package static func contentDigest(path: String) throws -> String {
    try AuditDatabase.openKept(path).read { db in
      var hasher = SHA256()
      let tables = try EvidenceTable.all(db) + EvidenceTable.scans.sorted().map { try EvidenceTable(name: $0, db) }
      for table in tables {
        hasher.update(data: Array("\(table.name)\n".utf8))
        let values = table.columns.map { "quote(\(EvidenceTable.quoted($0.name)))" }.joined(separator: " || ',' || ")
        let rows = try StatementRows(
          db, "SELECT \(values) FROM main.\(table.name) ORDER BY \(table.order.joined(separator: ", "))")
        var text: [UInt8] = []
        while try rows.next() {
          rows.append(0, to: &text)
          text.append(UInt8(ascii: "\n"))
          if text.count > 1 << 16 {
            hasher.update(data: text)
            text.removeAll(keepingCapacity: true)
          }
        }
        hasher.update(data: text)
      }
      return "sha256:" + hasher.finalize().hexadecimal
    }
  }
}
