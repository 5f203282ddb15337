/// Makes text fit for XML 1.0, which has no way to hold some characters, not even as references.
package enum XMLText {
  /// `text` with control characters as their pictures (`␁`) and U+FFFE and U+FFFF by name; tab, LF and CR stay.
  package static func clean(_ text: String) -> String {
    isClean(text) ? text : replaced(text)
  }

  /// Whether every character of `text` may stand in an XML document.
  package static func isClean(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return false }
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE { return false }
      }
      return true
    }
  }

  private static func replaced(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: result.append(scalar)
      case 0..<0x20: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 0xFFFE: result.append(contentsOf: "⟨U+FFFE⟩".unicodeScalars)
      case 0xFFFF: result.append(contentsOf: "⟨U+FFFF⟩".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
