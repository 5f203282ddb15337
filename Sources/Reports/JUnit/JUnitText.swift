/// Brings text of a store into the single lines and bounded lengths that readers of JUnit can take.
enum JUnitText {
  /// Characters kept of a message; a consumer that shows one line shows less.
  static let messageLimit = 1_000
  /// Characters kept of one flagged item or path.
  static let itemLimit = 300

  /// `text` on one line, line breaks shown as `␊`, at most `limit` characters and a note of how many were cut.
  static func line(_ text: String, limit: Int) -> String {
    visible(cut(text, limit: limit))
  }

  static func message(_ text: String) -> String { line(text, limit: messageLimit) }

  static func item(_ text: String) -> String { line(text, limit: itemLimit) }

  /// The first `limit` Unicode scalars; never a scan of more of a huge text than that, nor a character cut in bytes.
  static func cut(_ text: String, limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.count > limit,
      let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex), end < scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "… (\(scalars[end...].count) more characters)"
  }

  /// `text` with everything that would not be seen, or would reorder what is seen, shown by picture or number.
  static func visible(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isInvisible) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if !isInvisible(scalar) {
        result.append(scalar)
      } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
        result.append(picture)
      } else if scalar.value == 0x7F {
        result.append("␡")
      } else {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - hex.count))
        result.append(contentsOf: "⟨U+\(padding)\(hex)⟩".unicodeScalars)
      }
    }
    return String(result)
  }

  /// Controls, bidirectional marks, zero-width characters, line separators and what XML cannot hold.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xFFFE, 0xFFFF, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
