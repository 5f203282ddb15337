/// Makes JSON of JSON with comments and trailing commas, with every byte on the line it was on.
enum JSONComments {
  static func removed(from bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var index = 0
    var comma: Int?
    while index < result.count {
      let byte = result[index]
      let next = index + 1 < result.count ? result[index + 1] : 0
      if byte == UInt8(ascii: "\"") {
        comma = nil
        index = endOfString(result, from: index)
      } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") || next == UInt8(ascii: "*") {
        index = blank(&result, from: index, isLine: next == UInt8(ascii: "/"))
      } else {
        if byte == UInt8(ascii: ",") {
          comma = index
        } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
          if let comma { result[comma] = 0x20 }
          comma = nil
        } else if !byte.isSpace {
          comma = nil
        }
        index += 1
      }
    }
    return result
  }

  private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index + 1, bytes.count)
  }

  private static func blank(_ bytes: inout [UInt8], from start: Int, isLine: Bool) -> Int {
    var index = start
    while index < bytes.count {
      if isLine, bytes[index] == 0x0A { return index }
      let isEnd =
        !isLine && index > start + 2 && bytes[index] == UInt8(ascii: "/") && bytes[index - 1] == UInt8(ascii: "*")
      let wasStar = !isLine && bytes[index] == UInt8(ascii: "*")
      // The star is needed to know the end by, and goes with it.
      if bytes[index] != 0x0A, !wasStar { bytes[index] = 0x20 }
      index += 1
      if isEnd { break }
    }
    for place in start..<index where bytes[place] != 0x0A { bytes[place] = 0x20 }
    return index
  }
}
