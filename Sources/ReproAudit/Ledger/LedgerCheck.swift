import AuditDatabase
import Foundation
import Hashing

/// Holds the entries of a ledger against each other, and against what else is known of them.
struct LedgerCheck {
  /// One thing that is wrong, with the entry it was seen at.
  struct Fault: Sendable, Hashable, CustomStringConvertible {
    let entry: Int
    let reason: String

    var description: String { "entry \(entry): \(reason)" }
  }

  private(set) var faults: [Fault] = []
  /// Those that could be read, by number.
  private(set) var entries: [Int: LedgerEntry] = [:]
  /// How many entries there are, whatever they hold.
  private let count: Int

  /// `lines` are the entries in the order in which they stand; each has to have the number of its place.
  init(_ lines: [String]) {
    count = lines.count
    var last: LedgerEntry?
    for (index, line) in lines.enumerated() {
      let place = index + 1
      guard let entry = LedgerEntry(line: line) else {
        fault(place, "it is not as repro-audit writes one: it was edited")
        last = nil
        continue
      }
      check(entry, at: place, after: last, isFirst: index == 0)
      entries[place] = entry
      last = entry
    }
  }

  var head: LedgerEntry? { entries[count] }

  private mutating func fault(_ entry: Int, _ reason: String) { faults.append(Fault(entry: entry, reason: reason)) }

  private mutating func check(_ entry: LedgerEntry, at place: Int, after last: LedgerEntry?, isFirst: Bool) {
    if entry.number != place {
      fault(place, "it has the number \(entry.number): entries were taken out, put in or moved")
    }
    if entry.digest != entry.expectedDigest {
      fault(
        place, "it was edited: its digest is \(entry.digest ?? "missing"), and its text has \(entry.expectedDigest)")
    }
    if isFirst, let previous = entry.previous {
      fault(place, "it follows \(previous), which is not there: the beginning was taken out")
    }
    // After an entry that cannot be read nothing is known of the link.
    guard !isFirst, let last, entry.previous != last.digest else { return }
    fault(
      place, "it follows \(entry.previous ?? "nothing"), and the entry before is \(last.digest ?? "without digest")")
  }

  /// Holds the entries against the scans that a database lists: each entered scan has its entry, each entry its scan.
  mutating func compare(with scans: [LedgerTable.Scan]) {
    var seen: Set<Int> = []
    for scan in scans {
      seen.insert(scan.entry)
      guard scan.entry <= count else {
        fault(scan.entry, "it is gone: scan \(scan.scan) of \(scan.now) was entered under this number")
        continue
      }
      guard let entry = entries[scan.entry] else { continue }
      let same = (entry.id, entry.now, entry.policy) == (scan.id, scan.now, scan.policy)
      if !same { fault(scan.entry, "the list of scans says otherwise of scan \(scan.scan): one of the two was edited") }
    }
    for (number, entry) in entries where !seen.contains(number) {
      fault(number, "the list of scans does not hold the scan \(entry.id) of \(entry.now)")
    }
    sort()
  }

  /// `found` is the digest of what the database keeps of the scan of `head`.
  mutating func compare(_ head: LedgerEntry, withResults found: String) {
    guard found != head.results else { return }
    fault(head.number, "the results that the database keeps of its scan were edited: \(found), and not \(head.results)")
  }

  /// Holds the signatures against `keys`: all of them, and the last entry has to have one.
  mutating func compare(with keys: [SigningKey]) {
    var isSigned = false
    for number in entries.keys.sorted() {
      guard let entry = entries[number] else { continue }
      guard let signature = entry.signature else {
        if isSigned { fault(number, "it is not signed, and an entry before it is") }
        if !isSigned, number == count { fault(number, "it is not signed") }
        continue
      }
      isSigned = true
      let bytes = Data(base64Encoded: signature.value).map { Array($0) } ?? []
      if !keys.contains(where: { $0.verifies(bytes, of: entry.signedBytes) }) {
        fault(number, "its signature was not made with \(keys.map(\.name).joined(separator: ", "))")
      }
    }
    sort()
  }

  /// Holds the entries against digests that were written down elsewhere.
  mutating func compare(with anchors: [LedgerAnchor]) {
    for anchor in anchors {
      guard anchor.number <= count else {
        fault(
          anchor.number, "it is gone: \(anchor.digest) was anchored at \(anchor.now), and the ledger ends before it")
        continue
      }
      // One that cannot be read is told already.
      guard let entry = entries[anchor.number], entry.digest != anchor.digest else { continue }
      fault(anchor.number, "it is another than the one that was anchored at \(anchor.now), \(anchor.digest)")
    }
    sort()
  }

  /// By entry, each once.
  private mutating func sort() {
    faults = Set(faults).sorted { ($0.entry, $0.reason) < ($1.entry, $1.reason) }
  }
}
