/// `${NAME}` in a requirements file, which pip fills in from where it runs.
enum EnvironmentVariable {
  /// The first one as written; only upper case letters, digits and `_` make a name.
  static func first(in bytes: [UInt8]) -> String? {
    var cursor = ByteCursor(bytes)
    while true {
      cursor.skip { $0 != 0x24 }
      if cursor.isAtEnd { return nil }
      let start = cursor.index
      cursor.index += 1
      guard cursor.take(0x7B) else { continue }
      let name = cursor.skip { ASCII.isDigit($0) || $0 == 0x5F || $0 &- 65 < 26 }
      if !name.isEmpty, cursor.take(0x7D) { return cursor.text(start..<cursor.index) }
    }
  }
}
