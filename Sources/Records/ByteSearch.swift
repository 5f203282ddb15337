/// Looks for short ASCII words in text; `String.contains` costs microseconds a call, and records hold many texts.
public struct ByteSearch: Sendable {
  /// Words by their first byte, in lower case.
  private let words: [[[UInt8]]]
  /// Whether some word begins with two bytes, by what `pair` makes of them; few places of a text pass it.
  private let pairs: [Bool]
  private let shortest: Int

  /// `words` are in lower case where they are ASCII, and found whatever the text's case.
  public init(_ words: some Sequence<String>) {
    var table = [[[UInt8]]](repeating: [], count: 256)
    var pairs = [Bool](repeating: false, count: 1024)
    var shortest = Int.max
    for word in words {
      let bytes = Array(word.utf8)
      guard let first = bytes.first else { continue }
      table[Int(first)].append(bytes)
      // Behind a single letter anything may stand.
      for second in bytes.count > 1 ? bytes[1...1] : Array(0..<32)[...] { pairs[Self.pair(first, second)] = true }
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
      for start in 0..<bytes.count - 1
      where pairs[Self.pair(bytes[start], bytes[start + 1])] && isWord(at: start, bytes, next) {
        return true
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

  /// Five bits of each: letters of either case give the same.
  private static func pair(_ first: UInt8, _ second: UInt8) -> Int { Int(first & 31) << 5 | Int(second & 31) }

  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
