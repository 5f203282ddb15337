/// Small questions about the words of lock files.
enum LockText {
  /// `Foo.Bar_baz` is `foo-bar-baz`.
  static func normalised(_ name: String) -> String {
    // Nearly every lock file has the names in this form already.
    if isNormalised(name) { return name }
    var bytes: [UInt8] = []
    for byte in name.utf8 {
      let isSeparator = byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      if isSeparator, bytes.last == UInt8(ascii: "-") { continue }
      bytes.append(isSeparator ? UInt8(ascii: "-") : byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isNormalised(_ name: String) -> Bool {
    var previous: UInt8 = 0
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "-") where previous != UInt8(ascii: "-"): break
      default: return false
      }
      previous = byte
    }
    return true
  }

  /// A whole Git commit: 40 digits, or the 64 of a SHA-256 repository.
  static func isCommit(_ text: String) -> Bool {
    (text.utf8.count == 40 || text.utf8.count == 64) && text.utf8.allSatisfy(isHex)
  }

  /// `sha256:…`, with digits behind the algorithm.
  static func isDigest(_ text: String) -> Bool {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.utf8.startIndex else { return false }
    let digits = text.utf8[colon...].dropFirst()
    return !digits.isEmpty && digits.allSatisfy(isHex)
  }

  /// Digits and nothing else, as tables of digests by algorithm have them.
  static func isHexText(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isHex) }

  /// Whether a place is on another machine.
  static func isRemote(_ place: String) -> Bool {
    hasScheme(place[...]) && !place.hasPrefix("file:")
  }

  /// Whether `://` stands in it.
  static func hasScheme(_ text: Substring) -> Bool { endOfScheme(text) != nil }

  /// The place behind the first `://`.
  private static func endOfScheme(_ text: Substring) -> String.Index? {
    var rest = text.utf8[...]
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      rest = rest[colon...].dropFirst()
      if rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) { return rest.index(rest.startIndex, offsetBy: 2) }
    }
    return nil
  }

  /// A URL without what only its owner should read: user and password, a conda token, values of its query.
  static func redacted(_ url: String) -> String {
    guard let start = endOfScheme(url[...]) else { return url }
    var text = url
    let authority = url.utf8[start...].prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    // `git@host` is a name that everybody has.
    if let at = authority.lastIndex(of: UInt8(ascii: "@")), !authority[..<at].elementsEqual("git".utf8) {
      text.replaceSubrange(start..<at, with: mark)
    }
    if let token = tokenRange(in: text) { text.replaceSubrange(token, with: mark) }
    return redactedQuery(text)
  }

  /// What follows `/t/` in a conda channel's URL.
  private static func tokenRange(in text: String) -> Range<String.Index>? {
    var rest = text.utf8[...]
    while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
      rest = rest[slash...].dropFirst()
      guard rest.starts(with: [UInt8(ascii: "t"), UInt8(ascii: "/")]) else { continue }
      let value = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      return value.isEmpty ? nil : value.startIndex..<value.endIndex
    }
    return nil
  }

  private static let mark = "[redacted]"
  private static let openParameters: Set<Substring> = ["rev", "branch", "tag", "subdirectory", "lfs", "ref"]

  private static func redactedQuery(_ text: String) -> String {
    guard let question = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return text }
    let query = text[question...].dropFirst().prefix { $0 != "#" && !$0.isWhitespace }
    let parameters = query.split(separator: "&", omittingEmptySubsequences: false).map { parameter in
      guard let equals = parameter.firstIndex(of: "="), !openParameters.contains(parameter[..<equals]) else {
        return String(parameter)
      }
      return parameter[...equals] + mark
    }
    return text[...question] + parameters.joined(separator: "&") + text[query.endIndex...]
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66
  }
}
