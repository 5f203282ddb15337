/// Looks for short ASCII words in text; `String.contains` costs microseconds a call, and records hold many texts.
public struct ByteSearch: Sendable {
  /// Words by their first byte, in lower case.
  private let words: [[[UInt8]]]
  /// A bit for each two bytes that some word may begin with, in either case; few places of a text pass it.
  private let pairs: [UInt64]
  private let shortest: Int

  /// `words` are in lower case where they are ASCII, and found whatever the text's case.
  public init(_ words: some Sequence<String>) {
    var table = [[[UInt8]]](repeating: [], count: 256)
    var pairs = [UInt64](repeating: 0, count: 1024)
    var shortest = Int.max
    for word in words {
      let bytes = Array(word.utf8)
      guard let first = bytes.first else { continue }
      table[Int(first)].append(bytes)
      // Behind a single letter anything may stand.
      for second in bytes.count > 1 ? Self.cases(bytes[1]) : Array(0...255) {
        for first in Self.cases(first) {
          let pair = Int(first) << 8 | Int(second)
          pairs[pair >> 6] |= 1 << UInt64(pair & 63)
        }
      }
      shortest = min(shortest, bytes.count)
    }
    self.words = table
    self.pairs = pairs
    self.shortest = shortest
  }

  /// Whether any of the words stands in `text`, with a byte behind it that `next` accepts; nil is the end.
  public func isIn(_ text: some StringProtocol, next: (UInt8?) -> Bool = { _ in true }) -> Bool {
    if let found = text.utf8.withContiguousStorageIfAvailable({ isIn($0, next) }) { return found }
    return Array(text.utf8).withUnsafeBufferPointer { isIn($0, next) }
  }

  /// Whether any of the words stands in `bytes`.
  public func isIn(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { isIn($0) { _ in true } } }

  private func isIn(_ bytes: UnsafeBufferPointer<UInt8>, _ next: (UInt8?) -> Bool) -> Bool {
    guard bytes.count >= shortest else { return false }
    return pairs.withUnsafeBufferPointer { pairs in
      var pair = Int(bytes[0])
      for index in 1..<bytes.count {
        pair = (pair &<< 8 | Int(bytes[index])) & 0xFFFF
        if pairs[pair &>> 6] & (1 &<< UInt64(truncatingIfNeeded: pair)) != 0, isWord(at: index - 1, bytes, next) {
          return true
        }
      }
      return shortest == 1 && isWord(at: bytes.count - 1, bytes, next)
    }
  }

  private func isWord(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ next: (UInt8?) -> Bool) -> Bool {
    candidate: for word in words[Int(Self.lower(bytes[start]))] where start + word.count <= bytes.count {
      for offset in 1..<word.count where Self.lower(bytes[start + offset]) != word[offset] { continue candidate }
      let end = start + word.count
      if next(end < bytes.count ? bytes[end] : nil) { return true }
    }
    return false
  }

  /// Where a byte first stands in `bytes` at or behind `start`; eight are looked at together.
  public static func first(_ byte: UInt8, in bytes: [UInt8], from start: Int = 0) -> Int? {
    bytes.withUnsafeBytes { bytes in
      let ones: UInt64 = 0x0101_0101_0101_0101
      let pattern = ones &* UInt64(byte)
      var index = start
      while index + 8 <= bytes.count {
        // A byte is zero where the two are the same; only then does the subtraction borrow from its high bit.
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pattern
        if (word &- ones) & ~word & (ones << 7) != 0 { break }
        index += 8
      }
      return (index..<max(index, bytes.count)).first { bytes[$0] == byte }
    }
  }

  /// A letter in both cases.
  private static func cases(_ byte: UInt8) -> [UInt8] {
    byte >= 0x61 && byte <= 0x7A ? [byte, byte & ~0x20] : [byte]
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
