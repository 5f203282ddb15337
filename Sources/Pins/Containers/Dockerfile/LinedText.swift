/// Text that was joined from several lines of a file, with the line that each byte came from.
struct LinedText: Sendable {
  private struct Mark {
    let offset: Int
    let line: Int
  }

  /// The part that is looked at; its indices are those of the whole.
  private(set) var bytes: ArraySlice<UInt8>
  private var marks: [Mark]

  init() {
    bytes = []
    marks = []
  }

  /// All of `bytes` stands on one line, or begins on it when it holds line breaks of its own.
  init(_ bytes: some Sequence<UInt8>, line: Int) {
    self.init()
    append(bytes, line: line)
  }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ more: some Sequence<UInt8>, line: Int) {
    marks.append(Mark(offset: bytes.endIndex, line: line))
    bytes.append(contentsOf: more)
  }

  /// The line that the byte at `index` came from.
  func line(at index: Int) -> Int {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].offset <= index { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 1 : marks[low - 1].line
  }

  /// The same text from `index` on.
  func from(_ index: Int) -> LinedText {
    var rest = self
    rest.bytes = bytes[min(max(index, bytes.startIndex), bytes.endIndex)...]
    return rest
  }

  /// The same text up to `index`, without the byte there.
  func upTo(_ index: Int) -> LinedText {
    var rest = self
    rest.bytes = bytes[..<min(max(index, bytes.startIndex), bytes.endIndex)]
    return rest
  }
}

extension UInt8 {
  /// White space inside a line.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0B || self == 0x0C || self == 0x0D }
  var isSpace: Bool { isBlank || self == 0x0A }
  /// May stand in a variable's name.
  var isNameByte: Bool { isNameStart || ImageGrammar.isDigit(self) }
  var isNameStart: Bool { self == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

extension ArraySlice<UInt8> {
  var trimmed: ArraySlice<UInt8> {
    var rest = drop(while: \.isSpace)
    while let last = rest.last, last.isSpace { rest.removeLast() }
    return rest
  }

  var text: String { String(decoding: self, as: UTF8.self) }
}
