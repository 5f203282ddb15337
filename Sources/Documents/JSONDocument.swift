/// Reads JSON (RFC 8259) with the line of every value.
///
/// Foundation's decoder gives no positions and keeps the last of two equal keys in silence; facts need both said.
package struct JSONDocument {
  private static let maximumDepth = 128

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads one value that is the whole of `bytes` (UTF-8, a byte order mark is passed over).
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> DocumentNode {
    var document = JSONDocument(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { document.position = 3 }
    let root = try document.value(depth: 0)
    document.skipSpace()
    guard document.position == bytes.count else {
      throw DocumentError("text after the end of the JSON value", line: document.line)
    }
    return root
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: return
      }
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(DocumentError) -> DocumentNode {
    guard depth <= Self.maximumDepth else {
      throw DocumentError("nested deeper than \(Self.maximumDepth) levels", line: line)
    }
    skipSpace()
    let start = line
    switch current {
    case UInt8(ascii: "{"): return DocumentNode(.map(try map(depth: depth)), line: start)
    case UInt8(ascii: "["): return DocumentNode(.list(try list(depth: depth)), line: start)
    case UInt8(ascii: "\""): return DocumentNode(.string(try string()), line: start)
    case nil: throw DocumentError("the JSON ends early", line: line)
    default: return try word()
    }
  }

  private mutating func map(depth: Int) throws(DocumentError) -> [DocumentEntry] {
    position += 1
    var entries: [DocumentEntry] = []
    var keys = KeyGuard()
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return entries
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw unexpected(instead: "a key in quotes") }
      let start = line
      let key = try string()
      guard keys.insert(key) else { throw DocumentError("the key \"\(key)\" stands twice", line: start) }
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw unexpected(instead: "`:` after a key") }
      position += 1
      entries.append(DocumentEntry(key: key, line: start, node: try value(depth: depth + 1)))
      if try closes(with: UInt8(ascii: "}")) { return entries }
    }
  }

  private mutating func list(depth: Int) throws(DocumentError) -> [DocumentNode] {
    position += 1
    var elements: [DocumentNode] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return elements
    }
    while true {
      elements.append(try value(depth: depth + 1))
      if try closes(with: UInt8(ascii: "]")) { return elements }
    }
  }

  /// Passes over `,` (false) or the closing byte (true).
  private mutating func closes(with end: UInt8) throws(DocumentError) -> Bool {
    skipSpace()
    guard let byte = current, byte == UInt8(ascii: ",") || byte == end else {
      throw unexpected(instead: "`,` or `\(Character(Unicode.Scalar(end)))`")
    }
    position += 1
    return byte == end
  }

  private mutating func word() throws(DocumentError) -> DocumentNode {
    let start = position
    while let byte = current, Self.isWordByte(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if text == "null" { return DocumentNode(.null, line: line) }
    guard text == "true" || text == "false" || Self.isNumber(bytes[start..<position]) else {
      position = start
      throw unexpected(instead: "a value")
    }
    return DocumentNode(.plain(text), line: line)
  }

  private func unexpected(instead expected: String) -> DocumentError {
    guard let byte = current else { return DocumentError("the JSON ends early: expected \(expected)", line: line) }
    let shown =
      (0x21...0x7E).contains(byte)
      ? "`\(Character(Unicode.Scalar(byte)))`" : "byte 0x" + String(byte, radix: 16)
    return DocumentError("expected \(expected), found \(shown)", line: line)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Whether `text` is a JSON number; `NaN` and `Infinity`, which Python writes, are let through as text.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    if rest.elementsEqual("NaN".utf8) || rest.elementsEqual("Infinity".utf8) { return true }
    let whole = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard let first = whole.first, whole.count == 1 || first != UInt8(ascii: "0") else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest.removeFirst() }
      let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard !digits.isEmpty else { return false }
      rest = rest.dropFirst(digits.count)
    }
    return rest.isEmpty
  }
}

extension JSONDocument {
  private mutating func string() throws(DocumentError) -> String {
    position += 1
    let start = position
    while let byte = current {
      if byte == UInt8(ascii: "\"") {
        let text = bytes[start..<position]
        position += 1
        return try utf8(text)
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw DocumentError("a control character inside quotes", line: line) }
      position += 1
    }
    throw DocumentError("the JSON ends inside quotes", line: line)
  }

  private mutating func escapedString(from start: Int) throws(DocumentError) -> String {
    var text = Array(bytes[start..<position])
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return try utf8(text[...])
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0..<0x20: throw DocumentError("a control character inside quotes", line: line)
      default: text.append(byte)
      }
    }
    throw DocumentError("the JSON ends inside quotes", line: line)
  }

  private mutating func escape() throws(DocumentError) -> [UInt8] {
    guard let byte = current else { throw DocumentError("the JSON ends inside quotes", line: line) }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
    default: throw DocumentError("unknown escape `\\\(Character(Unicode.Scalar(byte)))`", line: line)
    }
  }

  private mutating func unicodeEscape() throws(DocumentError) -> Character {
    let high = try fourDigits()
    if (0xD800..<0xDC00).contains(high), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    {
      let saved = position
      position += 2
      let low = try fourDigits()
      if (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
      {
        return Character(scalar)
      }
      position = saved
    }
    // Half a surrogate pair is no character: shown as the replacement character, never a crash.
    return Character(Unicode.Scalar(high) ?? "\u{FFFD}")
  }

  private mutating func fourDigits() throws(DocumentError) -> UInt32 {
    var value: UInt32 = 0
    for offset in 0..<4 {
      guard position + offset < bytes.count, let digit = Self.hexValue(bytes[position + offset]) else {
        throw DocumentError("`\\u` needs four hexadecimal digits", line: line)
      }
      value = value << 4 | digit
    }
    position += 4
    return value
  }

  private static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private func utf8(_ text: ArraySlice<UInt8>) throws(DocumentError) -> String {
    guard let string = TextDecoding.strict(text) else {
      throw DocumentError("text that is not UTF-8", line: line)
    }
    return string
  }
}
