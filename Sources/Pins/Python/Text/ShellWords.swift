/// Splits options into words as a POSIX shell does, with quotes and backslashes.
enum ShellWords {
  /// Why options cannot be split.
  enum Mistake: Error {
    case openQuote
    case nothingEscaped

    var message: String {
      switch self {
      case .openQuote: "a quote in the options is not closed"
      case .nothingEscaped: "the options end in a backslash"
      }
    }
  }

  static func split(_ bytes: ArraySlice<UInt8>) throws(Mistake) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var index = bytes.startIndex
    while true {
      while index < bytes.endIndex, isSpace(bytes[index]) { index += 1 }
      guard index < bytes.endIndex else { return words }
      words.append(try word(bytes, &index))
    }
  }

  private static func word(_ bytes: ArraySlice<UInt8>, _ index: inout Int) throws(Mistake) -> [UInt8] {
    let start = index
    while index < bytes.endIndex, !isSpecial(bytes[index]) { index += 1 }
    var word = Array(bytes[start..<index])
    var quote: UInt8?
    while index < bytes.endIndex {
      let byte = bytes[index]
      if quote == nil, isSpace(byte) { break }
      index += 1
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x5C, quote != 0x27 {
        guard index < bytes.endIndex else { throw quote == nil ? .nothingEscaped : .openQuote }
        let next = bytes[index]
        // Between double quotes only a quote and a backslash can be escaped.
        if quote != nil, next != 0x22, next != 0x5C { word.append(byte) }
        word.append(next)
        index += 1
      } else {
        word.append(byte)
      }
    }
    guard quote == nil else { throw .openQuote }
    return word
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    isSpace(byte) || byte == 0x22 || byte == 0x27 || byte == 0x5C
  }
}
