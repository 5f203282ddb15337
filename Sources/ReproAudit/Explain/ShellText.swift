import Reports

/// Text as one word of a shell, safe to paste.
enum ShellText {
  private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-".utf8)

  /// As it is where nothing in it is special, in single quotes, or in `$'…'` where something could not be seen.
  static func quoted(_ text: String) -> String {
    if !text.isEmpty, text.utf8.allSatisfy(plain.contains) { return text }
    if VisibleText.line(text, limit: .max) == text { return "'" + text.replacing("'", with: "'\\''") + "'" }
    var word = "$'"
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"): word += "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7F: word += String(UnicodeScalar(byte))
      default: word += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return word + "'"
  }
}
