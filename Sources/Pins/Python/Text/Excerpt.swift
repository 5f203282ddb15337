import Records

/// A piece of somebody's text that is short enough for a message, and holds no password.
enum Excerpt {
  private static let longest = 80
  /// A secret is looked for in this much, which is more than any has.
  private static let searched = 2048

  static func of(_ bytes: ArraySlice<UInt8>) -> String {
    let shown = withoutUsers(bytes.prefix(searched), isWhole: bytes.count <= searched)
    return cut(Redaction.redact(String(decoding: shown, as: UTF8.self)))
  }

  /// The user and password of URLs become `…`; so does a URL of which only the beginning is there.
  private static func withoutUsers(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] == 0x3A, bytes[index...].starts(with: "://".utf8) else {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += "://".utf8
      let rest = bytes[(index + 3)...]
      let authority = rest.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 && $0 > 0x20 }
      if authority.endIndex == bytes.endIndex, !isWhole { return result + "…".utf8 }
      index = authority.startIndex
      if let at = authority.lastIndex(of: 0x40) {
        result += "…".utf8
        index = at + 1
      }
    }
    return result
  }

  static func of(_ text: String) -> String { of(Array(text.utf8.prefix(searched + 1))[...]) }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longest else { return text }
    let bytes = Array(text.utf8.prefix(longest + 1))
    // Not in the middle of a character.
    var end = longest
    while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self) + "…"
  }
}
