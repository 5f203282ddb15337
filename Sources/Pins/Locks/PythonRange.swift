/// What a file says of the Python it needs.
enum PythonRange {
  /// `3.10.13`, `==3.10.13`: one release. `3.10`, `>=3.10.13` and `3.10.*` are many.
  static func isExact(_ text: String) -> Bool {
    var version = text.utf8.drop { $0 == UInt8(ascii: " ") }
    for _ in 0..<3 where version.first == UInt8(ascii: "=") { version.removeFirst() }
    version = version.drop { $0 == UInt8(ascii: " ") }
    while version.last == UInt8(ascii: " ") { version.removeLast() }
    let parts = version.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].allSatisfy(isDigit), parts[1].allSatisfy(isDigit), !parts[0].isEmpty,
      !parts[1].isEmpty, let first = parts[2].first
    else { return false }
    // `3.13.0rc1` is one release too.
    return isDigit(first) && parts[2].allSatisfy { isDigit($0) || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
