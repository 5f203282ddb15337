import Records

/// Writes JSON as it goes, in the order it is told, so that a report of any size needs no memory.
package struct JSONWriter {
  private let file: ReportFile
  /// For each open container: whether it already holds something.
  private var filled: [Bool] = []
  private var afterKey = false
  private let indents: Bool

  /// `indents` puts each entry on a line of its own.
  package init(_ file: ReportFile, indents: Bool = true) {
    self.file = file
    self.indents = indents
  }

  package mutating func object(_ body: (inout JSONWriter) throws -> Void) throws { try container("{", "}", body) }

  package mutating func array(_ body: (inout JSONWriter) throws -> Void) throws { try container("[", "]", body) }

  package mutating func key(_ name: String) throws {
    try separate()
    try write(quoted: name)
    try file.write(indents ? ": " : ":")
    afterKey = true
  }

  package mutating func value(_ text: String?) throws {
    guard let text else { return try raw("null") }
    try separate()
    try write(quoted: text)
  }

  package mutating func value(_ number: Int?) throws { try raw(number.map(String.init) ?? "null") }

  package mutating func value(_ flag: Bool) throws { try raw(flag ? "true" : "false") }

  package mutating func field(_ name: String, _ text: String?) throws {
    try key(name)
    try value(text)
  }

  package mutating func field(_ name: String, _ number: Int?) throws {
    try key(name)
    try value(number)
  }

  /// An array of texts on one line.
  package mutating func field(_ name: String, _ texts: [String]) throws {
    try key(name)
    try raw("[" + texts.map(Self.quoted).joined(separator: indents ? ", " : ",") + "]")
  }

  private mutating func raw(_ text: String) throws {
    try separate()
    try file.write(text)
  }

  private mutating func container(_ open: String, _ close: String, _ body: (inout JSONWriter) throws -> Void) throws {
    try raw(open)
    filled.append(false)
    try body(&self)
    let held = filled.removeLast()
    if held { try breakLine() }
    try file.write(close)
  }

  private mutating func separate() throws {
    if afterKey {
      afterKey = false
      return
    }
    guard let last = filled.indices.last else { return }
    if filled[last] { try file.write(",") }
    filled[last] = true
    try breakLine()
  }

  /// Begins a line as far to the right as containers are open.
  private func breakLine() throws {
    guard indents else { return }
    let depth = filled.count
    try file.write(depth < Self.breaks.count ? Self.breaks[depth] : "\n" + String(repeating: " ", count: depth))
  }

  private static let breaks = (0..<16).map { "\n" + String(repeating: " ", count: $0) }

  private func write(quoted text: String) throws {
    guard !text.holdsByte(where: Self.isEscaped) else { return try file.write(Self.quoted(text)) }
    // Not put together first: most of a report is such texts.
    try file.write("\"")
    try file.write(text)
    try file.write("\"")
  }

  /// Also the first byte of a line or paragraph separator.
  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0x3C || byte == 0xE2
  }

  /// A JSON string; also safe inside HTML and in JavaScript source.
  package static func quoted(_ text: String) -> String {
    guard text.holdsByte(where: isEscaped) else { return "\"\(text)\"" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}", "<", "\u{2028}", "\u{2029}":
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
