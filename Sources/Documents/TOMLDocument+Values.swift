extension TOMLDocument {
  mutating func value(depth: Int) throws(DocumentError) -> DocumentNode {
    guard depth <= Self.maximumDepth else { throw tooDeep() }
    let start = line
    switch current {
    case UInt8(ascii: "\""):
      return DocumentNode(.string(isTripled ? try multilineString() : try basicString()), line: start)
    case UInt8(ascii: "'"):
      return DocumentNode(.string(isTripled ? try multilineString() : try literalString()), line: start)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "{"): return try inlineTable(depth: depth)
    default: return try scalar()
    }
  }

  /// Whether three quotes of one kind follow.
  private var isTripled: Bool {
    position + 2 < bytes.count && bytes[position + 1] == bytes[position] && bytes[position + 2] == bytes[position]
  }

  private mutating func array(depth: Int) throws(DocumentError) -> DocumentNode {
    let start = line
    position += 1
    var elements: [DocumentNode] = []
    while true {
      try skipFiller()
      if current == UInt8(ascii: "]") { break }
      elements.append(try value(depth: depth + 1))
      try skipFiller()
      guard current == UInt8(ascii: ",") else {
        guard current == UInt8(ascii: "]") else { throw unexpected(instead: "`,` or `]`") }
        break
      }
      position += 1
    }
    position += 1
    return DocumentNode(.list(elements), line: start)
  }

  private mutating func inlineTable(depth: Int) throws(DocumentError) -> DocumentNode {
    let table = tables.newTable(line: line)
    position += 1
    while true {
      try skipFiller()
      if current == UInt8(ascii: "}") { break }
      try keyValue(in: table, depth: depth)
      try skipFiller()
      guard current == UInt8(ascii: ",") else {
        guard current == UInt8(ascii: "}") else { throw unexpected(instead: "`,` or `}`") }
        break
      }
      position += 1
    }
    position += 1
    return tables.removeInline(table)
  }

  private mutating func scalar() throws(DocumentError) -> DocumentNode {
    let start = position
    while let byte = current, Self.isScalarByte(byte) { position += 1 }
    // `1979-05-27 07:32:00`: a date may be parted from its time by a space.
    if position - start == 10, bytes[start + 4] == UInt8(ascii: "-"), current == UInt8(ascii: " "),
      position + 1 < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position + 1])
    {
      position += 1
      while let byte = current, Self.isScalarByte(byte) { position += 1 }
    }
    let text = bytes[start..<position]
    guard TOMLScalar.isValid(text) else {
      if text.isEmpty { throw unexpected(instead: "a value") }
      let shown = String(decoding: text.prefix(40), as: UTF8.self)
      throw DocumentError("`\(shown)` is not a value; text stands in quotes", line: line)
    }
    return DocumentNode(.plain(String(decoding: text, as: UTF8.self)), line: line)
  }

  private static func isScalarByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
