/// Writes texts as YAML scalars that read back as the same text.
package enum YAMLScalar {
  private static let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]

  /// `text` as it stands where that is safe, else in double quotes with JSON's escapes, which YAML shares.
  package static func text(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// `text` in double quotes; control characters and what reorders text are escaped, so that a terminal shows it safely.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
          let hex = String(scalar.value, radix: 16)
          let (mark, width) = scalar.value > 0xFFFF ? ("U", 8) : ("u", 4)
          result += "\\\(mark)" + String(repeating: "0", count: width - hex.count) + hex
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), !words.contains(text.lowercased()) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || "-_./@".utf8.contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }
}
