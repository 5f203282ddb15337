/// White space and line ends as Python's `str` knows them, in UTF-8.
enum PythonWhitespace {
  /// How many bytes of line end start here: `\n`, `\r\n`, `\r`, and the rarer ones of `str.splitlines`; 0 for none.
  static func lineEnd(_ bytes: [UInt8], at index: Int) -> Int {
    let byte = bytes[index]
    if byte > 0x1E, byte < 0xC2 { return 0 }
    switch byte {
    case 0x0A, 0x0B, 0x0C, 0x1C, 0x1D, 0x1E: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      guard index + 2 < bytes.count, bytes[index + 1] == 0x80 else { return 0 }
      return bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9 ? 3 : 0
    default: return 0
    }
  }

  /// The range without white space at either end.
  static func trim(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end {
      let length = space(bytes, at: start, end: end)
      if length == 0 { break }
      start += length
    }
    while end > start {
      let length = spaceBefore(bytes, end: end, start: start)
      if length == 0 { break }
      end -= length
    }
    return start..<end
  }

  /// How many bytes of white space start here; 0 for none.
  static func space(_ bytes: [UInt8], at index: Int, end: Int) -> Int {
    let byte = bytes[index]
    if byte == 0x20 || byte >= 0x09 && byte <= 0x0D || byte >= 0x1C && byte <= 0x1F { return 1 }
    if byte < 0xC2 { return 0 }
    if byte == 0xC2 { return index + 1 < end && isSecond(bytes[index + 1]) ? 2 : 0 }
    return index + 2 < end && isWide(byte, bytes[index + 1], bytes[index + 2]) ? 3 : 0
  }

  /// How many bytes of white space end before `end`; 0 for none.
  static func spaceBefore(_ bytes: [UInt8], end: Int, start: Int) -> Int {
    guard end > start else { return 0 }
    let byte = bytes[end - 1]
    if byte < 0x80 { return space(bytes, at: end - 1, end: end) }
    if end - 2 >= start, bytes[end - 2] == 0xC2, isSecond(byte) { return 2 }
    return end - 3 >= start && isWide(bytes[end - 3], bytes[end - 2], byte) ? 3 : 0
  }

  /// U+0085 and U+00A0.
  private static func isSecond(_ byte: UInt8) -> Bool { byte == 0x85 || byte == 0xA0 }

  /// U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F and U+3000.
  private static func isWide(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE1, 0x9A): third == 0x80
    case (0xE2, 0x80): third >= 0x80 && third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF
    case (0xE2, 0x81): third == 0x9F
    case (0xE3, 0x80): third == 0x80
    default: false
    }
  }
}
