/// Names of Python packages.
enum PackageName {
  /// Lower case, with runs of `-`, `_` and `.` as one `-`: `Foo.Bar_baz` is `foo-bar-baz`.
  static func normalised(_ name: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(name.utf8.count)
    for byte in name.utf8 {
      if !ASCII.isSeparator(byte) {
        result.append(ASCII.lower(byte))
      } else if result.last != 0x2D {
        result.append(0x2D)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether it begins and ends in a letter or digit, with `-`, `_` and `.` inside.
  static func isValid(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    guard let first = name.first, let last = name.last else { return false }
    return ASCII.isAlphanumeric(first) && ASCII.isAlphanumeric(last) && name.allSatisfy(ASCII.isNameByte)
  }

  /// Moves the cursor over the longest name that starts there.
  static func take(_ cursor: inout ByteCursor) -> Range<Int>? {
    guard ASCII.isAlphanumeric(cursor.current) else { return nil }
    let start = cursor.index
    cursor.skip(while: ASCII.isNameByte)
    if ASCII.isWordByte(cursor.current) {
      cursor.index = start
      return nil
    }
    // `x-` and `x.` end before what belongs to no name.
    while cursor.index > start, [0x2D, 0x2E].contains(cursor.bytes[cursor.index - 1]) { cursor.index -= 1 }
    return start..<cursor.index
  }
}
