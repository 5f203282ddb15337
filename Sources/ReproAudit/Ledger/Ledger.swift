import AuditDatabase
import Foundation
import Hashing
import Reports

/// A ledger that is looked at: that of a database, a file beside it, or both.
public struct Ledger: Sendable {
  private let database: String?
  private let file: String?
  private let lines: [String]
  private let history: AuditHistory?

  /// Throws `AuditError` when there is none to read.
  public init(database: String?, file: String?) throws {
    self.database = database
    self.file = file
    do {
      history = try database.map { try AuditHistory(path: $0) }
      if let history {
        lines = try history.ledger().rows.map(\.text)
      } else if let file {
        guard FileManager.default.fileExists(atPath: file) else {
          throw AuditError.unusable("\(file): there is no such file; `repro-audit scan --ledger` writes one")
        }
        lines = try LedgerLines(path: file).read()
      } else {
        lines = []
      }
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
  }

  /// What looking came to.
  public struct Verification: Sendable {
    public let entries: Int
    /// In words, each with its entry; empty when all is as it was written.
    public let faults: [String]
    /// What was looked at, for people.
    public let text: String
  }

  /// Holds every entry against its neighbours, the list of scans, the results that the database keeps, the public keys
  /// in the files `keys`, and the anchors in the files `anchors`.
  public func verify(keys: [String], anchors: [String]) throws -> Verification {
    var check = LedgerCheck(lines)
    var told: [String] = []
    do {
      if let history {
        check.compare(with: try history.ledger().scans)
        if let head = check.head { try compareResults(head, history, &check) }
      }
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
    if !keys.isEmpty {
      check.compare(with: try AuditOptions.signingKeys(keys))
      told.append("the signatures were held against \(keys.count == 1 ? "the key" : "\(keys.count) keys")")
    }
    var count = 0
    for path in anchors {
      let lines = try LedgerLines(path: path).read()
      guard !lines.isEmpty else { throw AuditError.unusable("--anchor \(path): it holds no anchor") }
      let read = try LedgerAnchor.read(lines.joined(separator: "\n"), source: path)
      check.compare(with: read)
      count += read.count
    }
    if count > 0 { told.append(count == 1 ? "1 anchor was compared" : "\(count) anchors were compared") }
    // A file that somebody touched may hold what moves a terminal's cursor.
    var faults = check.faults.map { TextStyle(colour: false).visible($0.description) }
    if database != nil, let file { faults += try compare(with: file) }
    return Verification(entries: lines.count, faults: faults, text: text(check, told, anchors.isEmpty, keys.isEmpty))
  }

  /// What the database keeps of the scan that was entered last has the digest that was entered.
  private func compareResults(_ head: LedgerEntry, _ history: AuditHistory, _ check: inout LedgerCheck) throws {
    let number = try history.ledger().scans.first { $0.entry == head.number }?.scan
    guard let scan = try history.scans().first(where: { $0.number == number && $0.isComplete }) else { return }
    check.compare(head, withResults: try history.resultsDigest(of: scan))
  }

  private func compare(with path: String) throws -> [String] {
    let others = try LedgerLines(path: path).read()
    let shared = zip(lines, others).prefix { $0 == $1 }.count
    guard shared < max(lines.count, others.count) else { return [] }
    if shared == others.count { return ["entry \(shared + 1): \(path) ends before it"] }
    return [
      shared == lines.count
        ? "entry \(shared + 1): \(path) has it, and \(database ?? "") has not"
        : "entry \(shared + 1): \(path) has another than \(database ?? "")"
    ]
  }

  private func text(_ check: LedgerCheck, _ told: [String], _ hasNoAnchor: Bool, _ hasNoKey: Bool) -> String {
    guard let head = check.head else { return "" }
    var text =
      "\(lines.count == 1 ? "1 entry" : "\(lines.count) entries"), the last of \(head.now)\n\(head.digest ?? "")\n"
    for sentence in told { text += sentence + "\n" }
    if hasNoAnchor, hasNoKey {
      text += "neither --key nor --anchor was given: whoever writes the whole ledger anew goes unnoticed\n"
    }
    return text
  }

  /// A line for each entry, the oldest first.
  public func list() -> String {
    guard !lines.isEmpty else { return "no entry\n" }
    let rows = lines.enumerated().map { index, line -> [String] in
      guard let entry = LedgerEntry(line: line) else {
        return ["\(index + 1)"] + Array(repeating: "-", count: 7) + ["not as repro-audit writes one"]
      }
      return [
        "\(entry.number)", entry.now, entry.id, "\(entry.files.examined)", "\(entry.files.bytes)",
        "\(entry.files.lost)",
        "\(entry.findings.error + entry.findings.warning + entry.findings.note)",
        entry.signature.map { String($0.key.dropFirst(7).prefix(12)) } ?? "-", entry.digest ?? "",
      ].map { TextStyle(colour: false).visible($0) }
    }
    return TextTable.text(
      [["entry", "time", "scan", "files", "bytes", "lost", "findings", "signed by", "digest"]] + rows)
  }

  /// The entries as they are chained, a line each.
  public var text: String { lines.map { $0 + "\n" }.joined() }
}
