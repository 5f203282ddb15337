import Hashing
import Records

/// The list of a pack's members with their SHA-256, as `sha256sum -c` reads it; the first member.
struct EvidenceManifest: Sendable, Hashable {
  static let name = "MANIFEST"
  static let schema = "repro-audit/evidence/1"
  /// Without its number.
  static let schemaName = "repro-audit/evidence/"
  static let largest = 1 << 20

  struct Entry: Sendable, Hashable {
    let digest: String
    let name: String
  }

  /// Sorted by name.
  let entries: [Entry]

  init(_ entries: [Entry]) { self.entries = entries.sorted { $0.name < $1.name } }

  var text: String { "# \(Self.schema)\n" + entries.map { "\($0.digest)  \($0.name)\n" }.joined() }

  /// What a manifest of another version says of itself; nil for text that is none.
  static func schema(of bytes: [UInt8]) -> String? {
    let head = bytes.prefix(80).prefix { $0 != UInt8(ascii: "\n") }
    let text = String(decoding: head, as: UTF8.self)
    return text.hasPrefix("# \(schemaName)") ? String(text.dropFirst(2)) : nil
  }

  /// Reads what `text` wrote; nil for anything else.
  init?(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    self.init(
      lines.compactMap { line in
        let digest = line.prefix(64)
        guard line.dropFirst(64).hasPrefix("  ") else { return nil }
        return Entry(digest: String(digest), name: String(line.dropFirst(66)))
      })
    guard Array(text.utf8) == bytes, Set(entries.map(\.name)).count == entries.count else { return nil }
  }
}
