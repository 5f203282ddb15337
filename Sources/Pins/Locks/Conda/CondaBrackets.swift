/// The part of a match spec in brackets: `[version='>=1', build=py38_0]`.
enum CondaBrackets {
  private static let knownKeys: Set<String> = [
    "name", "version", "build", "build_number", "channel", "subdir", "md5", "sha256", "url", "fn", "license",
    "license_family", "features", "track_features", "optional", "target",
  ]

  /// Cuts the brackets off the end of a spec, and gives what they say.
  static func take(from text: inout String) throws(CondaMatchSpec.Mistake) -> [String: String] {
    guard let open = text.firstIndex(of: "[") else {
      if text.contains("]") { throw CondaMatchSpec.Mistake(message: "`]` closes no bracket") }
      return [:]
    }
    guard let close = text.lastIndex(of: "]"), open < close, text[text.index(after: close)...].trimmed.isEmpty else {
      throw CondaMatchSpec.Mistake(message: "a bracket is not closed")
    }
    let values = try parse(Array(text[open..<close].utf8.dropFirst()))
    text = text[..<open].trimmed
    return values
  }

  private static func parse(_ bytes: [UInt8]) throws(CondaMatchSpec.Mistake) -> [String: String] {
    var values: [String: String] = [:]
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: ",") || bytes[position] == UInt8(ascii: " ") {
        position += 1
        continue
      }
      let keyEnd = bytes[position...].firstIndex(of: UInt8(ascii: "=")) ?? bytes.count
      let key = String(decoding: bytes[position..<keyEnd], as: UTF8.self).trimmed
      guard keyEnd < bytes.count, knownKeys.contains(key) else {
        throw CondaMatchSpec.Mistake(message: "`\(key.prefix(80))` is nothing that conda knows in brackets")
      }
      position = keyEnd + 1
      let value = value(bytes, &position)
      guard !value.isEmpty else { throw CondaMatchSpec.Mistake(message: "`\(key)` has no value") }
      values[key] = value
    }
    return values
  }

  /// Quoted, or up to a comma or space.
  private static func value(_ bytes: [UInt8], _ position: inout Int) -> String {
    guard position < bytes.count else { return "" }
    let quote = bytes[position]
    if quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
      let end = bytes[(position + 1)...].firstIndex(of: quote) ?? bytes.count
      defer { position = end + 1 }
      return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
    }
    let end = bytes[position...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") } ?? bytes.count
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }
}
