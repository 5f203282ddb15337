import Documents
import Records

/// Finds values that stand for nothing in what people wrote.
package enum PlaceholderText {
  /// SHA-256, SHA-1 and MD5 of no bytes at all.
  private static let emptyDigests: Set<String> = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709", "d41d8cd98f00b204e9800998ecf8427e",
  ]
  private static let words: Set<String> = [
    "todo", "fixme", "tbd", "xxx", "changeme", "change_me", "placeholder", "n/a", "none", "unknown", "dummy",
    "fill_me_in",
  ]
  private static let elisions = ByteSearch(["…", "..."])
  /// Words that are honest answers for anything but a digest or a commit.
  private static let honest: Set<String> = ["n/a", "none", "unknown", "dummy", "xxx"]

  private static let signs = ByteSearch(documentWords)

  /// Words without one of which a document, apart from values of one byte repeated, holds no placeholder.
  static let documentWords = words + ["…", "...", "<"] + emptyDigests.map { String($0.prefix(12)) }

  /// Whether a document whose text is written plainly, without escapes, may hold a placeholder anywhere.
  ///
  /// `hasWord` is false when none of `documentWords` stands in it.
  static func mayStand(inDocument bytes: [UInt8], hasWord: Bool) -> Bool {
    holdsRepeated(bytes) || hasWord && signs.isIn(bytes)
  }

  /// Whether one byte stands again and again where a whole value may: neither behind nor before a letter or digit, and no
  /// spaces that begin a line.
  private static func holdsRepeated(_ bytes: [UInt8]) -> Bool {
    // Of seven equal bytes, four stand where a word of four begins.
    var index = 0
    while index + 4 <= bytes.count {
      let word = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index, as: UInt32.self) }
      guard word == word << 8 | word >> 24 else {
        index += 4
        continue
      }
      var run = index..<index + 4
      while run.lowerBound > 0, bytes[run.lowerBound - 1] == bytes[index] { run = run.lowerBound - 1..<run.upperBound }
      while run.upperBound < bytes.count, bytes[run.upperBound] == bytes[index] {
        run = run.lowerBound..<run.upperBound + 1
      }
      if run.count >= shortestIdentifier, mayBeValue(run, bytes) { return true }
      index += (run.upperBound - index) & ~3
    }
    return false
  }

  private static func mayBeValue(_ run: Range<Int>, _ bytes: [UInt8]) -> Bool {
    func isWord(_ byte: UInt8) -> Bool {
      byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }
    let before = run.lowerBound > 0 ? bytes[run.lowerBound - 1] : UInt8(ascii: "\n")
    if run.upperBound < bytes.count, isWord(bytes[run.upperBound]) { return false }
    let isIndent =
      bytes[run.lowerBound] == UInt8(ascii: " ") && (before == UInt8(ascii: "\n") || before == UInt8(ascii: "\r"))
    return !isWord(before) && !isIndent
  }

  /// Shorter values are not taken for digests or commits.
  private static let shortestIdentifier = 7

  /// Every placeholder in a document, with its key as a dotted path.
  package static func find(in document: DocumentNode, path: String) -> [Placeholder] {
    var found: [Placeholder] = []
    var keys: [String] = []
    visit(document, keys: &keys, sizeIsZero: false, path: path, into: &found)
    return found
  }

  /// Why `text` stands for nothing; nil when it may be meant.
  package static func reason(_ text: String, identifies: Bool, sizeIsZero: Bool = false) -> String? {
    let length = text.utf8.count
    guard length <= 200, let first = text.utf8.first else { return nil }
    if length <= longestWord, firstLetters.contains(first | 0x20) {
      let lower = text.lowercased()
      if words.contains(lower), identifies || !honest.contains(lower) { return "a word that stands for a value" }
    }
    if first == UInt8(ascii: "<"), length > 2, text.utf8.last == UInt8(ascii: ">") { return "a template's blank" }
    return identifies ? identifierReason(text, sizeIsZero: sizeIsZero) : nil
  }

  /// Most texts begin like none of the words, and need no copy in lower case.
  private static let firstLetters = Set(words.compactMap(\.utf8.first))
  private static let longestWord = words.map(\.utf8.count).max() ?? 0

  private static func identifierReason(_ text: String, sizeIsZero: Bool) -> String? {
    let colon = text.utf8.lastIndex(of: UInt8(ascii: ":"))
    let value = text[(colon.map(text.utf8.index(after:)) ?? text.startIndex)...]
    if elisions.isIn(value) { return "a shortened value" }
    let length = value.utf8.count
    if length >= shortestIdentifier, let first = value.utf8.first, value.utf8.allSatisfy({ $0 == first }) {
      return first == UInt8(ascii: "0") ? "all zeros" : "one digit repeated"
    }
    if !sizeIsZero, length == 64 || length == 40 || length == 32, emptyDigests.contains(value.lowercased()) {
      return "the digest of the empty input"
    }
    return nil
  }

  /// `keys` leads to `node`; it is joined only for what is found.
  private static func visit(
    _ node: DocumentNode, keys: inout [String], sizeIsZero: Bool, path: String, into found: inout [Placeholder]
  ) {
    switch node.value {
    case .plain(let text), .string(let text):
      guard let reason = reason(text, identifies: identifies(keys), sizeIsZero: sizeIsZero) else { return }
      found.append(
        Placeholder(
          key: joined(keys), value: Redaction.redact(text), reason: reason, path: path, line: node.line))
    case .list(let elements):
      for (index, element) in elements.enumerated() {
        keys.append("[\(index)]")
        visit(element, keys: &keys, sizeIsZero: false, path: path, into: &found)
        keys.removeLast()
      }
    case .map(let entries):
      let size = entries.first { $0.key == "size" || $0.key == "size_bytes" || $0.key == "bytes" }?.node.text
      for entry in entries {
        keys.append(entry.key)
        visit(entry.node, keys: &keys, sizeIsZero: size == "0", path: path, into: &found)
        keys.removeLast()
      }
    case .null: break
    }
  }

  /// `artifacts[0].sha256`
  static func joined(_ keys: [String]) -> String {
    keys.reduce(into: "") { text, key in text += (text.isEmpty || key.hasPrefix("[") ? "" : ".") + key }
  }

  private static let identifyingWords = ByteSearch(["sha", "hash", "digest", "checksum", "md5", "commit", "revision"])

  /// Whether the last key, or the one of the list it is in, says that its value identifies content.
  private static func identifies(_ keys: [String]) -> Bool {
    keys.last { $0.utf8.first != UInt8(ascii: "[") }.map { identifyingWords.isIn($0) } ?? false
  }
}
