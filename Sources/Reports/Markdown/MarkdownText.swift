import Mustache

/// Values in a Markdown document: one visible line that no reader takes for markup, in text, headings and tables.
///
/// Made for GitHub's dialect, which GitLab shares: HTML, emphasis, links, tables, mentions, references and math.
struct MarkdownText: MustacheContentType {
  /// Unicode scalars that a summary shows of one value.
  static let limit = 500

  func escapeText(_ text: String) -> String { Self.escape(VisibleText.line(text, limit: Self.limit)) }

  /// `text` must be one line.
  static func escape(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for (index, scalar) in scalars.enumerated() {
      let previous = index == 0 ? nil : scalars[index - 1]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      result += replacement(for: scalar, after: previous, before: next) ?? String(scalar)
    }
    return escapeStart(result)
  }

  private static func replacement(
    for scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> String? {
    switch scalar {
    case "<": return "&lt;"
    case ">": return "&gt;"
    case "&": return "&amp;"
    // A backslash before a pipe means two things in a table.
    case "|": return "&#124;"
    case "\\", "`", "*", "[", "]", "~", "$": return "\\\(scalar)"
    // Within a word it marks nothing, and names are full of them.
    case "_": return isWord(previous) && isWord(next) ? nil : "\\_"
    // A zero-width space keeps mentions and references from calling people and issues.
    case "@": return isWord(previous) || !isWord(next) ? nil : "@&#8203;"
    case "#": return isWord(next) ? (previous == nil ? "\\#&#8203;" : "#&#8203;") : nil
    // A bare address would become a link.
    case ":": return next == "/" ? "\\:" : nil
    case ".": return previous == "w" || previous == "W" ? "\\." : nil
    default: return nil
    }
  }

  /// What would begin a list, a heading, a code block or a rule.
  private static func escapeStart(_ text: String) -> String {
    guard let first = text.utf8.first else { return text }
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="):
      let rest = text.utf8.drop { $0 == first }
      return rest.isEmpty || rest.first == UInt8(ascii: " ") ? "\\" + text : text
    case UInt8(ascii: " ") where text.hasPrefix("  "): return "&#32;" + text.dropFirst()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      guard let mark = text[digits.endIndex...].first, mark == "." || mark == ")" else { return text }
      let rest = text[digits.endIndex...].dropFirst()
      guard rest.isEmpty || rest.first == " " else { return text }
      return digits + "\\" + text[digits.endIndex...]
    default: return text
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
