import AuditDatabase
import Foundation
import Hashing

/// The digest of a ledger's last entry, written down where the ledger is not.
struct LedgerAnchor: Sendable, Hashable, Codable {
  static let schema = "repro-audit/anchor/1"

  let schema: String
  let number: Int
  let digest: String
  /// The clock of the scan that wrote it.
  let now: String

  init(_ entry: LedgerEntry) {
    schema = Self.schema
    number = entry.number
    digest = entry.digest ?? ""
    now = entry.now
  }

  /// Reads the anchors of `text`, a line each; throws `AuditError` that names `source` and the line that is none.
  static func read(_ text: String, source: String) throws -> [LedgerAnchor] {
    try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
      if line.allSatisfy(\.isWhitespace) { return nil }
      guard let anchor = try? JSONDecoder().decode(LedgerAnchor.self, from: Data(line.utf8)), anchor.schema == schema,
        anchor.number > 0
      else {
        throw AuditError.unusable("\(source):\(index + 1): no anchor of a ledger; `scan --anchor` writes them")
      }
      return anchor
    }
  }

  /// One line, with its end.
  var line: String {
    // Numbers and texts only: there is nothing that could not be encoded.
    ((try? CanonicalJSON.text(self)) ?? "") + "\n"
  }
}
