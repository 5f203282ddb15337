/// Bytes that people's editors wrote, as text.
package enum TextDecoding {
  /// UTF-8 with or without a byte order mark, or UTF-16 with one; what is invalid shows as U+FFFD.
  package static func decode(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes[3...], as: UTF8.self) }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes[2...]) { UInt16($0) | UInt16($1) << 8 } }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes[2...]) { UInt16($0) << 8 | UInt16($1) } }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// UTF-8 as text; nil when it is none. ASCII, which nearly all of it is, needs no full validation.
  package static func strict(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, unit: (UInt8, UInt8) -> UInt16) -> String {
    let pairs = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2)
    return String(decoding: pairs.map { unit(bytes[$0], bytes[$0 + 1]) }, as: UTF16.self)
  }
}
