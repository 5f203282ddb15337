/// Cells of CSV by RFC 4180 that no spreadsheet takes for formulas.
package enum CSVText {
  /// What begins a formula, also in its full-width form.
  private static let starts = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)

  /// `text` with a `'` before what a spreadsheet would run; the same text where there is nothing such.
  package static func guarded(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    // Nearly every cell: the rest is not looked at one by one.
    if !starts.contains(first), !text.utf8.contains(UInt8(ascii: ";")) { return text }
    var result = String.UnicodeScalarView()
    // Where `;` separates cells, as in much of Europe, a formula may also begin behind one.
    var mayBegin = true
    for scalar in text.unicodeScalars {
      if mayBegin, starts.contains(scalar) { result.append("'") }
      if scalar == ";" {
        mayBegin = true
      } else if result.isEmpty || scalar != " " && scalar != "\"" {
        mayBegin = false
      }
      result.append(scalar)
    }
    return String(result)
  }

  /// `text` in quotes where it needs them; an empty one always, to tell it from no value.
  package static func quoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && !text.utf8.contains { [0x22, 0x2C, 0x3B, 0x0A, 0x0D, 0x20].contains($0) }
    if isPlain { return text }
    return "\"" + (text.utf8.contains(0x22) ? text.replacing("\"", with: "\"\"") : text) + "\""
  }
}
