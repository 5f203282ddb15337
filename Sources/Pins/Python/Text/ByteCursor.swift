/// A place in a line's bytes that only moves forward, or back to where it was.
struct ByteCursor {
  let bytes: [UInt8]
  var index: Int
  let end: Int

  init(_ bytes: [UInt8]) { self.init(bytes, 0..<bytes.count) }

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { index >= end }

  /// The byte here; 0, which no grammar knows, at the end.
  var current: UInt8 { index < end ? bytes[index] : 0 }

  func peek(_ offset: Int) -> UInt8 { index + offset < end ? bytes[index + offset] : 0 }

  /// Steps over a byte when it is the one here.
  mutating func take(_ byte: UInt8) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// Steps over a word of lower case letters, in whatever case it is written.
  mutating func take(word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index + length <= end else { return false }
    let matches = word.withUTF8Buffer { letters in
      letters.indices.allSatisfy { ASCII.lower(bytes[index + $0]) == letters[$0] }
    }
    if matches { index += length }
    return matches
  }

  /// Steps over this text, when it stands here as it is.
  mutating func takeExactly(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= end else { return false }
    let matches = text.withUTF8Buffer { $0.elementsEqual(bytes[index..<index + length]) }
    if matches { index += length }
    return matches
  }

  /// Steps over bytes as long as they fit, and gives where they were.
  @discardableResult
  mutating func skip(while fits: (UInt8) -> Bool) -> Range<Int> {
    let start = index
    while index < end, fits(bytes[index]) { index += 1 }
    return start..<index
  }

  /// Blanks and tabs, the only white space that the requirement grammar knows.
  mutating func skipBlanks() { skip(while: ASCII.isBlank) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The rest as text, shortened for a message.
  var excerpt: String { Excerpt.of(bytes[min(index, end)..<end]) }
}
