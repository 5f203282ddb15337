/// The parts of an image reference, byte by byte: registries hold a reference for every run.
enum ImageGrammar {
  /// `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`
  static func isTag(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 128, isAlphanumeric(first) || first == UInt8(ascii: "_")
    else {
      return false
    }
    return text.utf8.allSatisfy { isAlphanumeric($0) || isOneOf("_.-", $0) }
  }

  /// The algorithms that registries know, each with its number of lower-case digits.
  static func isDigest(_ text: String) -> Bool {
    let lengths = ["sha256": 64, "sha384": 96, "sha512": 128]
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = lengths[String(parts[0])], parts[1].utf8.count == length else { return false }
    return parts[1].utf8.allSatisfy(isLowerHex)
  }

  /// A host name or an address in brackets, with an optional port.
  static func isDomain(_ text: Substring) -> Bool {
    var host = text.utf8[...]
    if let colon = host.lastIndex(of: UInt8(ascii: ":")), host[colon...].count > 1,
      host[colon...].dropFirst().allSatisfy(isDigit)
    {
      host = host[..<colon]
    }
    if host.first == UInt8(ascii: "["), host.last == UInt8(ascii: "]") {
      let address = host.dropFirst().dropLast()
      return !address.isEmpty && address.allSatisfy { isLowerHex($0 | 0x20) || $0 == UInt8(ascii: ":") }
    }
    return host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard let first = label.first, let last = label.last else { return false }
      return isAlphanumeric(first) && isAlphanumeric(last)
        && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// Lower-case letters and digits, with `.`, `_`, `__` or any number of `-` between them.
  static func isComponent(_ text: Substring) -> Bool {
    var separator: [UInt8] = [0]
    for byte in text.utf8 {
      if isDigit(byte) || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") {
        separator = []
      } else {
        separator.append(byte)
        let isKnown =
          separator == [UInt8(ascii: ".")] || separator == [UInt8(ascii: "_")]
          || separator == [UInt8(ascii: "_"), UInt8(ascii: "_")] || separator.allSatisfy { $0 == UInt8(ascii: "-") }
        if !isKnown { return false }
      }
    }
    return separator.isEmpty
  }

  /// Three numbers (`3.10.13-slim`), a date (`20240115`, `2024-01-15`), or a commit (`sha-0a1b2c3`).
  static func isFullVersion(_ tag: String) -> Bool {
    var numbers = 0
    var isInNumber = false
    var previous: UInt8 = 0
    for byte in tag.utf8 {
      if isDigit(byte) {
        // A number goes on with the last one only behind a single dot.
        if !isInNumber { numbers = previous == UInt8(ascii: ".") ? numbers + 1 : 1 }
        if numbers == 3 { return true }
        isInNumber = true
      } else {
        if byte != UInt8(ascii: ".") || !isInNumber { numbers = 0 }
        isInNumber = false
      }
      previous = byte
    }
    return isDate(tag) || isCommit(tag)
  }

  private static func isDate(_ tag: String) -> Bool {
    tag.split { !($0.isASCII && ($0.isNumber || $0 == "-")) }.contains { run in
      let digits = run.filter { $0 != "-" }.utf8
      guard digits.count == 8,
        run.utf8.count == 8 || run.utf8.count == 10 && run.split(separator: "-").map(\.count) == [4, 2, 2],
        let date = Int(run.filter { $0 != "-" })
      else { return false }
      return (1990...2199).contains(date / 10_000) && (1...12).contains(date / 100 % 100)
        && (1...31).contains(date % 100)
    }
  }

  private static func isCommit(_ tag: String) -> Bool {
    var body = tag[...]
    for prefix in ["sha-", "git-"] where body.hasPrefix(prefix) { body = body.dropFirst(prefix.count) }
    return (7...64).contains(body.utf8.count) && body.utf8.allSatisfy(isLowerHex) && body.utf8.contains(where: isDigit)
  }

  static func isLowerHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func isOneOf(_ bytes: StaticString, _ byte: UInt8) -> Bool {
    bytes.withUTF8Buffer { $0.contains(byte) }
  }
}
