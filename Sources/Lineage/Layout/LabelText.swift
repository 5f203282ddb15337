/// How much of a label is drawn, and how wide it is about.
package enum LabelText {
  /// Characters drawn of a label; the middle of a longer one is left out.
  package static let limit = 30

  /// `label` as it is drawn.
  package static func shortened(_ label: String, limit: Int = limit) -> String {
    let characters = Array(label.prefix(limit + 1))
    guard characters.count > limit else { return label }
    let end = Array(label.suffix(limit / 3))
    return String(characters[..<(limit - end.count - 1)]) + "…" + String(end)
  }

  /// The width of `text` in units of the font size, in a sans-serif face; rather too wide than too narrow.
  package static func width(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", "t", "f", "r", ".", ",", ":", ";", "|", "!", "'", "(", ")", "[", "]", "/", " ": 0.40
    case "m", "w", "M", "W", "@", "%": 1.0
    case "A"..."Z", "_", "#", "&", "~", "+", "=", "<", ">": 0.75
    case "\u{20}"..."\u{7E}": 0.62
    case "\u{300}"..."\u{36F}": 0
    case "\u{1100}"..."\u{11FF}", "\u{2E80}"..."\u{FFDC}", "\u{1F000}"..."\u{3FFFF}": 1.1
    default: 0.85
    }
  }
}
