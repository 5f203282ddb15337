import AuditDatabase
import Foundation

/// What the ledger of a kept database says of one scan, and what is wrong with it.
struct LedgerState: Sendable {
  /// The scan's own entry; nil for a scan that was not entered.
  var entry: LedgerEntry?
  /// In words, each with its entry.
  var faults: [String] = []

  init() {}

  /// The ledger of `database`, with the entry of one scan.
  init(_ database: AuditDatabase, entry: LedgerEntry?) throws {
    self.entry = entry
    let all = try LedgerTable.all(database)
    faults = Self.faults(all.rows, all.scans)
  }

  init(_ history: AuditHistory, entry: LedgerEntry?) throws {
    self.entry = entry
    let all = try history.ledger()
    faults = Self.faults(all.rows, all.scans)
  }

  private static func faults(_ rows: [LedgerTable.Row], _ scans: [LedgerTable.Scan]) -> [String] {
    var check = LedgerCheck(rows.map(\.text))
    check.compare(with: scans)
    return check.faults.map(\.description)
  }

  /// One sentence that begins with a small letter; nil when nothing is wrong.
  var fault: String? {
    guard let first = faults.first else { return nil }
    let rest = faults.count > 1 ? ", and \(faults.count - 1) more" : ""
    return "the ledger is not as it was written: \(first)\(rest)"
  }
}

extension AuditResult {
  /// Why nothing may be attested of this audit: the ledger is not as it was written. Throws when it is of a part.
  public func reasonNotToAttest(path: String) throws -> String? {
    guard selection == nil else {
      throw AuditError.unusable("\(path): its last scan judged a part only: \(selection ?? ""); scan the whole again")
    }
    return ledger.fault
  }

  /// A line for people that says which entry this scan has in the ledger; nil when it was not entered.
  public var ledgerLine: String? {
    ledger.entry.map { "ledger: entry \($0.number), \($0.digest ?? "")" }
  }

  /// Brings the ledger at `path` up to the database's; where that is not its continuation, nothing is written, and the
  /// audit says so with exit code 3.
  public mutating func writeLedger(to path: String) throws {
    guard ledger.entry != nil else { return }
    let entries = try LedgerTable.all(database).rows.map(\.text)
    try LedgerLines(path: path).dropTorn(entries)
    let lines = try LedgerLines(path: path).read()
    let shared = zip(lines, entries).prefix { $0 == $1 }.count
    guard shared == lines.count else {
      ledger.faults.append(
        shared < entries.count
          ? "entry \(shared + 1): \(path) has another than the database"
          : "entry \(shared + 1): \(path) has it, and the database has not; a new database needs a new ledger file")
      return
    }
    try LedgerLines(path: path).append(entries.dropFirst(shared).map { $0 + "\n" }.joined())
  }

  /// Writes down the digest of this scan's entry in a file that lies elsewhere.
  public func anchorLedger(to path: String) throws {
    guard let entry = ledger.entry else { return }
    try LedgerLines(path: path).append(LedgerAnchor(entry).line)
  }
}
