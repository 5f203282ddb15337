/// A text of SQL cut into tokens, as far as saying where something stands and what a statement must not hold.
package struct SQLText: Sendable {
  package struct Token: Sendable, Hashable {
    package enum Kind: Sendable { case word, name, text, number, parameter, sign }

    package let kind: Kind
    /// In lower case for words; without its quotes for names and texts.
    package let text: String
    /// In bytes of the SQL.
    package let offset: Int
  }

  package let source: String
  package let tokens: [Token]

  package init(_ source: String) {
    self.source = source
    var scanner = Scanner(bytes: Array(source.utf8))
    tokens = scanner.all()
  }

  /// Line and column of a byte, both from 1; the column counts characters.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let before = source.utf8.prefix(max(0, offset))
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { source.utf8.index(after: $0) } ?? source.startIndex
    return (line, String(decoding: source.utf8[start..<before.endIndex], as: UTF8.self).count + 1)
  }

  /// The line that holds a byte, without its end.
  package func line(at offset: Int) -> String {
    let bytes = Array(source.utf8)
    let place = min(max(0, offset), bytes.count)
    let start = bytes[..<place].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private struct Scanner {
    let bytes: [UInt8]
    var place = 0

    mutating func all() -> [Token] {
      var tokens: [Token] = []
      while let token = next() { tokens.append(token) }
      return tokens
    }

    private func byte(_ offset: Int = 0) -> UInt8? { place + offset < bytes.count ? bytes[place + offset] : nil }

    private mutating func next() -> Token? {
      while let byte = byte() {
        if byte == UInt8(ascii: "-"), self.byte(1) == byte {
          place = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        } else if byte == UInt8(ascii: "/"), self.byte(1) == UInt8(ascii: "*") {
          skipComment()
        } else if byte <= 0x20 {
          place += 1
        } else {
          return token(byte)
        }
      }
      return nil
    }

    private mutating func skipComment() {
      place += 2
      while place < bytes.count, !(byte() == UInt8(ascii: "*") && byte(1) == UInt8(ascii: "/")) { place += 1 }
      place = min(bytes.count, place + 2)
    }

    private mutating func token(_ first: UInt8) -> Token {
      let start = place
      switch first {
      case UInt8(ascii: "'"): return Token(kind: .text, text: quoted(first), offset: start)
      case UInt8(ascii: "\""), UInt8(ascii: "`"): return Token(kind: .name, text: quoted(first), offset: start)
      case UInt8(ascii: "["): return Token(kind: .name, text: quoted(UInt8(ascii: "]")), offset: start)
      case UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "$"):
        place += 1
        return Token(kind: .parameter, text: "\(Unicode.Scalar(first))\(word())", offset: start)
      case UInt8(ascii: "0")...UInt8(ascii: "9"): return Token(kind: .number, text: word(), offset: start)
      case let byte where Self.isWord(byte):
        let text = word().lowercased()
        // x'0a' is one value.
        if text == "x", byte == UInt8(ascii: "x") || byte == UInt8(ascii: "X"), self.byte() == UInt8(ascii: "'") {
          return Token(kind: .number, text: quoted(UInt8(ascii: "'")), offset: start)
        }
        return Token(kind: .word, text: text, offset: start)
      default:
        place += 1
        return Token(kind: .sign, text: String(Unicode.Scalar(first)), offset: start)
      }
    }

    private mutating func word() -> String {
      let start = place
      while let byte = byte(), Self.isWord(byte) { place += 1 }
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// A doubled quote stands for one; an open one runs to the end, which SQLite refuses.
    private mutating func quoted(_ end: UInt8) -> String {
      var text: [UInt8] = []
      place += 1
      while let byte = byte() {
        place += 1
        if byte == end {
          guard self.byte() == end, end != UInt8(ascii: "]") else { break }
          place += 1
        }
        text.append(byte)
      }
      return String(decoding: text, as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
      byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte >= 0x41
    }
  }
}
