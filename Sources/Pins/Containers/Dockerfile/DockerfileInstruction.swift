import Documents

/// One instruction of a Dockerfile, its lines joined.
struct DockerfileInstruction {
  /// Upper case.
  let keyword: String
  /// `--from=build`, quotes gone.
  let flags: [String]
  /// What follows the keyword and its flags.
  let arguments: LinedText
  /// Where it begins.
  let line: Int
  let escape: UInt8
  var heredocs: [DockerfileHeredoc] = []

  /// Splits joined lines into keyword, flags and arguments.
  init(_ joined: LinedText, line: Int, escape: UInt8) {
    self.line = line
    self.escape = escape
    let body = joined.from(joined.bytes.trimmed.startIndex)
    let word = body.bytes.prefix { !$0.isSpace }
    keyword = word.text.uppercased()
    var reader = FlagReader(bytes: body.bytes[word.endIndex...], escape: UInt8(ascii: "\\"))
    flags = reader.read()
    var rest = body.from(reader.position)
    let end = rest.bytes.trimmed.endIndex
    rest = rest.from(rest.bytes.trimmed.startIndex)
    arguments = rest.upTo(end)
  }

  /// The arguments, split at white space.
  var words: [ArraySlice<UInt8>] { arguments.bytes.split(whereSeparator: \.isSpace) }

  /// The arguments, split at white space that no quotes enclose, with their quotes.
  var quotedWords: [ArraySlice<UInt8>] { Self.quotedWords(arguments.bytes, escape: escape) }

  static func quotedWords(_ bytes: ArraySlice<UInt8>, escape: UInt8) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index].isSpace {
        index += 1
        continue
      }
      let start = index
      var quote: UInt8?
      while index < bytes.endIndex, quote != nil || !bytes[index].isSpace {
        let byte = bytes[index]
        if byte == escape, quote != UInt8(ascii: "'") {
          index += 1
        } else if byte == quote {
          quote = nil
        } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
          quote = byte
        }
        index += 1
      }
      index = min(index, bytes.endIndex)
      words.append(bytes[start..<index])
    }
    return words
  }

  /// The strings of the JSON form `["a", "b"]`; nil when the arguments are not JSON.
  var jsonWords: JSONWords? {
    guard arguments.bytes.first == UInt8(ascii: "["), let node = try? JSONDocument.read(Array(arguments.bytes)),
      let elements = node.elements
    else { return nil }
    var words: [String] = []
    for element in elements {
      guard case .string(let text) = element.value else { return .notStrings }
      words.append(text)
    }
    return .strings(words)
  }

  enum JSONWords {
    case strings([String])
    case notStrings
  }

  /// The values of a flag that is given as `--name=value`.
  func flagValues(_ name: String) -> [String] {
    flags.compactMap { $0.hasPrefix("--\(name)=") ? String($0.dropFirst(name.utf8.count + 3)) : nil }
  }
}

/// Reads the flags that stand between a keyword and its arguments.
private struct FlagReader {
  let bytes: ArraySlice<UInt8>
  let escape: UInt8
  private(set) var position: Int

  init(bytes: ArraySlice<UInt8>, escape: UInt8) {
    self.bytes = bytes
    self.escape = escape
    position = bytes.startIndex
  }

  mutating func read() -> [String] {
    var flags: [String] = []
    while true {
      while position < bytes.endIndex, bytes[position].isSpace { position += 1 }
      guard bytes[position...].starts(with: "--".utf8) else { return flags }
      let flag = word()
      if flag == "--" { return flags }
      flags.append(flag)
    }
  }

  private mutating func word() -> String {
    var word: [UInt8] = []
    var quote: UInt8?
    while position < bytes.endIndex, quote != nil || !bytes[position].isSpace {
      let byte = bytes[position]
      position += 1
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == escape, position < bytes.endIndex {
        word.append(bytes[position])
        position += 1
      } else {
        word.append(byte)
      }
    }
    return word[...].text
  }
}
