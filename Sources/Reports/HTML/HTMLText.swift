import Mustache
import Records

/// Values in an HTML page: made visible, then escaped for text and for attributes in double quotes.
///
/// The library's own escaping goes by grapheme, so that a quote with a combining mark passes through it.
struct HTMLText: MustacheContentType {
  func escapeText(_ text: String) -> String { Self.escape(VisibleText.line(text)) }

  /// Texts on a line each, each line ended; nil when there are none.
  static func lines(_ texts: [String]) -> String? {
    texts.isEmpty ? nil : texts.reduce(into: "") { $0 += escape(VisibleText.line($1)) + "\n" }
  }

  static func escape(_ text: String) -> String {
    // Nearly no value does, and each byte of a report is asked.
    guard text.holdsByte(where: isEscaped) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 32)
    for byte in text.utf8 {
      if let replacement = replacement(for: byte) { bytes += replacement.utf8 } else { bytes.append(byte) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte == 0x22 || byte == 0x26 || byte == 0x27 || byte == 0x3C || byte == 0x3E
  }

  private static func replacement(for byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}
