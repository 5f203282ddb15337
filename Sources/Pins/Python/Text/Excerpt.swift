import Records

/// A piece of somebody's text that is short enough for a message, and holds no password.
enum Excerpt {
  private static let longest = 80
  /// A secret is looked for in this much, which is more than any has.
  private static let searched = 2048

  static func of(_ bytes: ArraySlice<UInt8>) -> String {
    if bytes.count <= searched { return cut(Redaction.redact(String(decoding: bytes, as: UTF8.self))) }
    let text = Redaction.redact(String(decoding: bytes.prefix(searched), as: UTF8.self))
    // The end of a URL's user may lie behind what was searched.
    if let scheme = text.firstRange(of: "://") { return cut(String(text[..<scheme.upperBound])) + "…" }
    return cut(text)
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
