/// Looks for short ASCII words in text; `String.contains` costs microseconds a call, and records hold many texts.
public struct ByteSearch: Sendable {
  /// Words by their first byte, in lower case.
  private let words: [[[UInt8]]]

  /// `words` are ASCII in lower case, and found whatever the text's case.
  public init(_ words: some Sequence<String>) {
    var table = [[[UInt8]]](repeating: [], count: 256)
    for word in words {
      let bytes = Array(word.utf8)
      if let first = bytes.first { table[Int(first)].append(bytes) }
    }
    self.words = table
  }

  /// Whether any of the words stands in `text`, with a byte behind it that `next` accepts; nil is the end.
  public func isIn(_ text: some StringProtocol, next: (UInt8?) -> Bool = { _ in true }) -> Bool {
    if let found = text.utf8.withContiguousStorageIfAvailable({ isIn($0, next) }) { return found }
    return Array(text.utf8).withUnsafeBufferPointer { isIn($0, next) }
  }

  private func isIn(_ bytes: UnsafeBufferPointer<UInt8>, _ next: (UInt8?) -> Bool) -> Bool {
    for start in bytes.indices {
      let candidates = words[Int(Self.lower(bytes[start]))]
      if candidates.isEmpty { continue }
      candidate: for word in candidates where start + word.count <= bytes.count {
        for offset in 1..<max(1, word.count) where Self.lower(bytes[start + offset]) != word[offset] {
          continue candidate
        }
        let end = start + word.count
        if next(end < bytes.count ? bytes[end] : nil) { return true }
      }
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
