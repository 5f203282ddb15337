import Records

/// Makes the text of a store safe to look at: nothing hides, nothing reorders, nothing is endless.
///
/// Controls become their pictures (`␀`), bidirectional marks, zero-width and other invisible characters their number
/// (`⟨U+202E⟩`), and a text beyond its limit ends with a note of how much was left out.
package enum VisibleText {
  /// Unicode scalars that a report writes for one value.
  package static let limit = 2_000

  /// Marks that one letter may carry; a taller stack would cover the lines above and below.
  private static let mostMarks = 3

  /// `text` on one line, tabs and line breaks shown as pictures too: for names, paths and messages.
  package static func line(_ text: String, limit: Int = limit) -> String {
    shown(text, limit: limit, keepsBreaks: false)
  }

  /// `text` with its tabs and line breaks: for places that take several lines.
  package static func lines(_ text: String, limit: Int = limit) -> String {
    shown(text, limit: limit, keepsBreaks: true)
  }

  private static func shown(_ text: String, limit: Int, keepsBreaks: Bool) -> String {
    // Nearly all values of a report are seen as they are.
    if text.utf8.count <= limit, !text.holdsByte(where: { $0 < 0x20 || $0 >= 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    var count = 0
    var marks = 0
    var previous: Unicode.Scalar?
    let scalars = text.unicodeScalars
    for index in scalars.indices {
      if count >= limit {
        result.append(contentsOf: "… (\(scalars[index...].count) more characters)".unicodeScalars)
        break
      }
      let scalar = scalars[index]
      marks = isMark(scalar) ? marks + 1 : 0
      if keepsBreaks && isBreak(scalar) || isSeen(scalar, after: previous) && marks <= mostMarks {
        result.append(scalar)
        count += 1
      } else {
        let name = name(of: scalar).unicodeScalars
        result.append(contentsOf: name)
        count += name.count
      }
      previous = scalar
    }
    return String(result)
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\t" || scalar == "\r"
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static func isSeen(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: return true
    case 0..<0xA0, 0x2028, 0x2029, 0xFFF9...0xFFFB: return false
    // How an emoji asks to be drawn; anywhere else it hides.
    case 0xFE0E, 0xFE0F: return previous.map { $0.value > 0xFF && $0.properties.isEmoji } ?? false
    default: return !scalar.properties.isDefaultIgnorableCodePoint && !scalar.properties.isNoncharacterCodePoint
    }
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) { return String(picture) }
    if scalar.value == 0x7F { return "␡" }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+\(String(repeating: "0", count: max(0, 4 - hex.count)))\(hex)⟩"
  }
}
