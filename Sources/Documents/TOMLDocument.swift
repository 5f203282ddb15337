/// Reads TOML 1.1 with the line of every value.
///
/// Lock files of twenty thousand packages pass through here, so it walks bytes and makes one String a key or value.
/// Numbers, booleans and dates are checked and kept as the text they were written in (`DocumentNode.Value.plain`).
/// docs/decisions/0006-own-toml-reader.md says why there is one.
package struct TOMLDocument {
  /// Of tables, dotted keys, arrays and inline tables together.
  static let maximumDepth = 128

  let bytes: [UInt8]
  var position = 0
  var line = 1
  var tables = TOMLTables()
  /// The table that the last header opened.
  private var table = TOMLTables.root
  private var tableDepth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads `bytes` (UTF-8, a byte order mark is passed over) as one table.
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> DocumentNode {
    var document = TOMLDocument(bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { document.position = 3 }
    while document.position < bytes.count { try document.statement() }
    return document.tables.node(TOMLTables.root)
  }

  private mutating func statement() throws(DocumentError) {
    skipBlanks()
    switch current {
    case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): break
    case UInt8(ascii: "["): try header()
    default: try keyValue(in: table, depth: tableDepth)
    }
    skipBlanks()
    try skipComment()
    guard try skipNewline() || position == bytes.count else {
      throw unexpected(instead: "the end of the line")
    }
  }

  /// `[a.b]` or `[[a.b]]`.
  private mutating func header() throws(DocumentError) {
    let start = line
    position += 1
    let isArray = current == UInt8(ascii: "[")
    if isArray { position += 1 }
    tables.section += 1
    skipBlanks()
    var path = TOMLTables.root
    tableDepth = 0
    while true {
      let name = try key()
      tableDepth += 1
      guard tableDepth <= Self.maximumDepth else { throw tooDeep() }
      skipBlanks()
      if current == UInt8(ascii: ".") {
        position += 1
        skipBlanks()
        path = try tables.enter(name, of: path, line: start)
        continue
      }
      table =
        isArray ? try tables.append(name, to: path, line: start) : try tables.open(name, of: path, line: start)
      break
    }
    for _ in 0..<(isArray ? 2 : 1) {
      guard current == UInt8(ascii: "]") else { throw unexpected(instead: "`]` after a table's name") }
      position += 1
    }
  }

  /// `a.b = value`, in a table of the file or in an inline one.
  mutating func keyValue(in table: Int, depth: Int) throws(DocumentError) {
    var table = table
    var depth = depth
    while true {
      let start = line
      let name = try key()
      depth += 1
      guard depth <= Self.maximumDepth else { throw tooDeep() }
      skipBlanks()
      if current == UInt8(ascii: ".") {
        position += 1
        skipBlanks()
        table = try tables.enterDotted(name, of: table, line: start)
        continue
      }
      guard current == UInt8(ascii: "=") else { throw unexpected(instead: "`=` after a key") }
      position += 1
      skipBlanks()
      // Looked up first: the value of a key that stands twice is not worth reading.
      try tables.requireFree(name, in: table, line: start)
      let node = try value(depth: depth)
      tables.insert(node, for: name, in: table, line: start)
      return
    }
  }

  private mutating func key() throws(DocumentError) -> String {
    switch current {
    case UInt8(ascii: "\""): return try basicString()
    case UInt8(ascii: "'"): return try literalString()
    default: break
    }
    let start = position
    while let byte = current, Self.isBareKeyByte(byte) { position += 1 }
    guard position > start else { throw unexpected(instead: "a key") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func isBareKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension TOMLDocument {
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipBlanks() {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t") {
      position += 1
    }
  }

  /// Passes over a comment, up to the end of its line.
  mutating func skipComment() throws(DocumentError) {
    guard current == UInt8(ascii: "#") else { return }
    let start = position
    while let byte = current, byte != UInt8(ascii: "\n") {
      if Self.isControl(byte) {
        if byte == UInt8(ascii: "\r"), position + 1 == bytes.count || bytes[position + 1] == UInt8(ascii: "\n") {
          break
        }
        throw DocumentError("a control character in a comment", line: line)
      }
      position += 1
    }
    guard TextDecoding.strict(bytes[start..<position]) != nil else { throw notUTF8() }
  }

  /// Passes over `\n` or `\r\n`; false when there is none.
  mutating func skipNewline() throws(DocumentError) -> Bool {
    if current == UInt8(ascii: "\r") {
      guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\n") else {
        throw DocumentError("a carriage return without a line feed", line: line)
      }
      position += 1
    }
    guard current == UInt8(ascii: "\n") else { return false }
    position += 1
    line += 1
    return true
  }

  /// Passes over space, comments and line ends between the values of an array or an inline table.
  mutating func skipFiller() throws(DocumentError) {
    repeat {
      skipBlanks()
      try skipComment()
    } while try skipNewline()
  }

  /// What no comment and no string may hold; a tab may stand in both.
  static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F }

  func tooDeep() -> DocumentError { DocumentError("nested deeper than \(Self.maximumDepth) levels", line: line) }

  func notUTF8() -> DocumentError { DocumentError("text that is not UTF-8", line: line) }

  func unexpected(instead expected: String) -> DocumentError {
    guard let byte = current else { return DocumentError("the TOML ends early: expected \(expected)", line: line) }
    let shown =
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): "the end of the line"
      case 0x21...0x7E: "`\(Character(Unicode.Scalar(byte)))`"
      default: "byte 0x" + String(byte, radix: 16)
      }
    return DocumentError("expected \(expected), found \(shown)", line: line)
  }
}
