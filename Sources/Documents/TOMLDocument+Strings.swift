extension TOMLDocument {
  /// `"…"` on one line.
  mutating func basicString() throws(DocumentError) -> String {
    position += 1
    let start = position
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        let text = bytes[start..<position]
        position += 1
        return try utf8(text)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      default:
        guard !Self.isControl(byte) else { throw controlCharacter() }
        position += 1
      }
    }
    throw endsInQuotes()
  }

  private mutating func escapedString(from start: Int) throws(DocumentError) -> String {
    var text = Array(bytes[start..<position])
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try utf8(text[...])
      case UInt8(ascii: "\\"): try escape(into: &text)
      default:
        guard !Self.isControl(byte) else { throw controlCharacter() }
        text.append(byte)
      }
    }
    throw endsInQuotes()
  }

  /// `'…'` on one line, without escapes.
  mutating func literalString() throws(DocumentError) -> String {
    position += 1
    let start = position
    while let byte = current {
      if byte == UInt8(ascii: "'") {
        let text = bytes[start..<position]
        position += 1
        return try utf8(text)
      }
      guard !Self.isControl(byte) else { throw controlCharacter() }
      position += 1
    }
    throw endsInQuotes()
  }

  /// `"""…"""` or `'''…'''`; a line end right behind the opening quotes is not part of it.
  mutating func multilineString() throws(DocumentError) -> String {
    let quote = bytes[position]
    position += 3
    _ = try skipNewline()
    var text: [UInt8] = []
    while let byte = current {
      if byte == quote {
        var run = 0
        while run < 5, position + run < bytes.count, bytes[position + run] == quote { run += 1 }
        position += run
        // Up to two quotes may stand before the three that close.
        text.append(contentsOf: repeatElement(quote, count: run >= 3 ? run - 3 : run))
        if run >= 3 { return try utf8(text[...]) }
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        position += 1
        if try !skipLineEndingBackslash() { try escape(into: &text) }
      } else if try skipNewline() {
        text.append(UInt8(ascii: "\n"))
      } else {
        guard !Self.isControl(byte) else { throw controlCharacter() }
        text.append(byte)
        position += 1
      }
    }
    throw endsInQuotes()
  }

  /// Behind a backslash: blanks and line ends up to the next text, when a line ends first.
  private mutating func skipLineEndingBackslash() throws(DocumentError) -> Bool {
    let start = position
    skipBlanks()
    guard try skipNewline() else {
      position = start
      return false
    }
    repeat { skipBlanks() } while try skipNewline()
    return true
  }

  private mutating func escape(into text: inout [UInt8]) throws(DocumentError) {
    guard let byte = current else { throw endsInQuotes() }
    position += 1
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "e"): text.append(0x1B)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
    case UInt8(ascii: "x"): try scalar(digits: 2, into: &text)
    case UInt8(ascii: "u"): try scalar(digits: 4, into: &text)
    case UInt8(ascii: "U"): try scalar(digits: 8, into: &text)
    default:
      let shown = (0x21...0x7E).contains(byte) ? String(Character(Unicode.Scalar(byte))) : "…"
      throw DocumentError("unknown escape `\\\(shown)`", line: line)
    }
  }

  private mutating func scalar(digits: Int, into text: inout [UInt8]) throws(DocumentError) {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw DocumentError("an escape needs \(digits) hexadecimal digits", line: line)
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw DocumentError("U+\(String(value, radix: 16, uppercase: true)) is no character", line: line)
    }
    text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
  }

  private func utf8(_ text: ArraySlice<UInt8>) throws(DocumentError) -> String {
    guard let string = TextDecoding.strict(text) else { throw notUTF8() }
    return string
  }

  private func controlCharacter() -> DocumentError {
    current == UInt8(ascii: "\n") || current == UInt8(ascii: "\r")
      ? DocumentError("the line ends inside quotes", line: line)
      : DocumentError("a control character inside quotes", line: line)
  }

  private func endsInQuotes() -> DocumentError { DocumentError("the TOML ends inside quotes", line: line) }
}
