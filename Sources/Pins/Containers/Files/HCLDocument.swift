import Documents

/// Reads as much of HCL as bake files need: blocks, attributes, strings, lists and maps, with their lines.
///
/// A block `target "app" { … }` is a map under `target` and then `app`, as in HCL's JSON; blocks of one kind may repeat.
/// An expression that is more than a literal stands as plain text: what it gives is not guessed.
struct HCLDocument {
  private static let deepest = 64

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  static func read(_ bytes: [UInt8]) throws(DocumentError) -> DocumentNode {
    var document = HCLDocument(bytes: Array(TextDecoding.decode(bytes).utf8))
    let entries = try document.body(until: nil, depth: 0)
    return DocumentNode(.map(entries), line: 1)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }
  private var next: UInt8? { position + 1 < bytes.count ? bytes[position + 1] : nil }

  private mutating func advance() {
    if current == 0x0A { line += 1 }
    position += 1
  }

  /// Passes over white space and comments; line breaks only where they divide nothing.
  private mutating func skip(lines: Bool) {
    while let byte = current {
      switch byte {
      case 0x0A where !lines: return
      case let byte where byte.isSpace: advance()
      case UInt8(ascii: "#"): passOverLine()
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"): passOverLine()
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        position += 2
        while current != nil, !(current == UInt8(ascii: "*") && next == UInt8(ascii: "/")) { advance() }
        position = min(position + 2, bytes.count)
      default: return
      }
    }
  }

  private mutating func passOverLine() {
    while let byte = current, byte != 0x0A { position += 1 }
  }

  /// Attributes and blocks up to `}`, or to the end.
  private mutating func body(until end: UInt8?, depth: Int) throws(DocumentError) -> [DocumentEntry] {
    guard depth < Self.deepest else { throw DocumentError("nested deeper than \(Self.deepest) levels", line: line) }
    var entries: [DocumentEntry] = []
    while true {
      skip(lines: true)
      guard let byte = current else {
        if end != nil { throw DocumentError("a block is not closed", line: line) }
        return entries
      }
      if byte == end {
        position += 1
        return entries
      }
      let start = line
      let name = try key()
      skip(lines: false)
      if current == UInt8(ascii: "="), next != UInt8(ascii: "=") {
        position += 1
        entries.append(DocumentEntry(key: name, line: start, node: try expression(depth: depth + 1)))
      } else {
        entries.append(DocumentEntry(key: name, line: start, node: try block(line: start, depth: depth + 1)))
      }
    }
  }

  /// The labels and the body of a block.
  private mutating func block(line start: Int, depth: Int) throws(DocumentError) -> DocumentNode {
    var labels: [String] = []
    while let byte = current, byte != UInt8(ascii: "{") {
      guard byte != 0x0A, labels.count < 8 else { throw DocumentError("expected `=` or a block", line: line) }
      labels.append(try key())
      skip(lines: false)
    }
    guard current != nil else { throw DocumentError("expected `=` or a block", line: line) }
    position += 1
    var node = DocumentNode(.map(try body(until: UInt8(ascii: "}"), depth: depth)), line: start)
    for label in labels.reversed() {
      node = DocumentNode(.map([DocumentEntry(key: label, line: start, node: node)]), line: start)
    }
    return node
  }

  private mutating func key() throws(DocumentError) -> String {
    if current == UInt8(ascii: "\"") { return try string() }
    let start = position
    while let byte = current, byte.isNameByte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") {
      position += 1
    }
    guard position > start else { throw DocumentError("expected a name", line: line) }
    return bytes[start..<position].text
  }
}

extension HCLDocument {
  private mutating func expression(depth: Int) throws(DocumentError) -> DocumentNode {
    guard depth < Self.deepest else { throw DocumentError("nested deeper than \(Self.deepest) levels", line: line) }
    skip(lines: false)
    let saved = (position, line)
    let start = line
    var node: DocumentNode?
    switch current {
    case UInt8(ascii: "\""): node = DocumentNode(.string(try string()), line: start)
    case UInt8(ascii: "["): node = try list(depth: depth)
    case UInt8(ascii: "{"): node = try object(depth: depth)
    case UInt8(ascii: "<") where next == UInt8(ascii: "<"): return try heredoc()
    default: break
    }
    skip(lines: false)
    if let node, isAtEnd { return node }
    (position, line) = saved
    return DocumentNode(.plain(raw()), line: start)
  }

  /// Whether a value ends here; an operator would go on with it.
  private var isAtEnd: Bool {
    switch current {
    case nil, 0x0A, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): true
    default: false
    }
  }

  /// The text of an expression that is no literal, up to where it ends.
  private mutating func raw() -> String {
    let start = position
    var open = 0
    var isQuoted = false
    while let byte = current {
      if isQuoted {
        if byte == UInt8(ascii: "\\") { advance() } else if byte == UInt8(ascii: "\"") { isQuoted = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
          if open == 0 { return bytes[start..<position].trimmed.text }
          open -= 1
        case 0x0A where open == 0, UInt8(ascii: ",") where open == 0:
          return bytes[start..<position].trimmed.text
        default: break
        }
      }
      advance()
    }
    position = min(position, bytes.count)
    return bytes[start..<position].trimmed.text
  }

  private mutating func list(depth: Int) throws(DocumentError) -> DocumentNode {
    let start = line
    position += 1
    var elements: [DocumentNode] = []
    while true {
      skip(lines: true)
      guard let byte = current else { throw DocumentError("a list is not closed", line: start) }
      if byte == UInt8(ascii: "]") {
        position += 1
        return DocumentNode(.list(elements), line: start)
      }
      let before = position
      elements.append(try expression(depth: depth + 1))
      skip(lines: true)
      if current == UInt8(ascii: ",") { position += 1 }
      guard position > before else { throw DocumentError("expected `,` or `]`", line: line) }
    }
  }

  /// Nil when it is no list of keys and values: `for` and computed keys make it an expression.
  private mutating func object(depth: Int) throws(DocumentError) -> DocumentNode? {
    let start = line
    position += 1
    var entries: [DocumentEntry] = []
    while true {
      skip(lines: true)
      guard let byte = current else { throw DocumentError("a map is not closed", line: start) }
      if byte == UInt8(ascii: "}") {
        position += 1
        return DocumentNode(.map(entries), line: start)
      }
      let keyLine = line
      guard byte == UInt8(ascii: "\"") || byte.isNameStart else { return nil }
      let name = try key()
      skip(lines: false)
      guard let mark = current, mark == UInt8(ascii: "=") || mark == UInt8(ascii: ":") else {
        return nil
      }
      position += 1
      entries.append(DocumentEntry(key: name, line: keyLine, node: try expression(depth: depth + 1)))
      skip(lines: true)
      if current == UInt8(ascii: ",") { position += 1 }
    }
  }

  /// A quoted string; `${…}` stays in it as written.
  private mutating func string() throws(DocumentError) -> String {
    let start = line
    position += 1
    var text: [UInt8] = []
    var open = 0
    while let byte = current {
      if byte == 0x0A, open == 0 { break }
      advance()
      switch byte {
      case UInt8(ascii: "\"") where open == 0: return text[...].text
      case UInt8(ascii: "$") where current == UInt8(ascii: "{"):
        open += 1
        text += [byte, UInt8(ascii: "{")]
        position += 1
        continue
      case UInt8(ascii: "}") where open > 0: open -= 1
      case UInt8(ascii: "\\"):
        guard let escaped = current else { break }
        advance()
        text.append(escaped == UInt8(ascii: "n") ? 0x0A : escaped == UInt8(ascii: "t") ? 0x09 : escaped)
        continue
      default: break
      }
      text.append(byte)
    }
    throw DocumentError("a quote is not closed", line: start)
  }

  /// `<<EOT` or `<<-EOT` up to a line that is nothing but the name.
  private mutating func heredoc() throws(DocumentError) -> DocumentNode {
    let start = line
    position += 2
    if current == UInt8(ascii: "-") { position += 1 }
    let nameStart = position
    while let byte = current, byte != 0x0A { position += 1 }
    let name = bytes[nameStart..<position].trimmed
    if current != nil { advance() }
    var text: [UInt8] = []
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      let content = bytes[position..<end]
      if content.trimmed == name {
        position = end
        return DocumentNode(.string(text[...].text), line: start)
      }
      text += content + [0x0A]
      position = min(end + 1, bytes.count)
      line += 1
    }
    throw DocumentError("a heredoc is not closed", line: start)
  }
}
