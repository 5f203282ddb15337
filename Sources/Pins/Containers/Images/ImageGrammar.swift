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
    // The separator that is being read: which byte, and how many of it.
    var separator: UInt8?
    var length = 0
    var isAfterName = false
    for byte in text.utf8 {
      if isDigit(byte) || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") {
        separator = nil
        isAfterName = true
        continue
      }
      length = separator == byte ? length + 1 : 1
      guard isAfterName, separator == nil || separator == byte else { return false }
      separator = byte
      switch byte {
      case UInt8(ascii: "-"): break
      case UInt8(ascii: "_") where length <= 2: break
      case UInt8(ascii: ".") where length == 1: break
      default: return false
      }
    }
    return isAfterName && separator == nil
  }

  static func isLowerHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f")
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  private static func isOneOf(_ bytes: StaticString, _ byte: UInt8) -> Bool {
    bytes.withUTF8Buffer { $0.contains(byte) }
  }
}
