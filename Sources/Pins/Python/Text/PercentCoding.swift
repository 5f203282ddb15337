/// `%20` and its like in URLs.
enum PercentCoding {
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: decode(bytes), as: UTF8.self) }

  static func decode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(0x25) else { return Array(bytes) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 0x25, index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]),
        let low = digit(bytes[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    guard ASCII.isHex(byte) else { return nil }
    return ASCII.isDigit(byte) ? byte - 48 : (byte | 0x20) - 87
  }
}
