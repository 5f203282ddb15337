/// A digest that a file of the requirement has to have.
package struct RequirementHash: Sendable, Hashable {
  /// `sha256`, `sha384` or `sha512`; in a URL also the weaker ones.
  package let algorithm: String
  /// As written.
  package let value: String
  /// Whether it could be a digest at all.
  let isHex: Bool

  init(algorithm: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    self.algorithm = String(decoding: algorithm, as: UTF8.self)
    self.value = String(decoding: value, as: UTF8.self)
    isHex = ASCII.isHex(value)
  }

  /// `algorithm:value`, as `--hash` takes it.
  package var text: String { "\(algorithm):\(value)" }

  /// How many hex digits its value has.
  static func length(of algorithm: some Sequence<UInt8>) -> Int? {
    for (name, length) in lengths where algorithm.elementsEqual(name.utf8) { return length }
    return nil
  }

  private static let lengths = [
    ("sha256", 64), ("sha512", 128), ("sha384", 96), ("sha1", 40), ("md5", 32), ("sha224", 56),
  ]

  /// Why no file can ever match it; nil when one can.
  var mistake: String? {
    let length = Self.length(of: algorithm.utf8) ?? 0
    guard !isHex || value.utf8.count != length else { return nil }
    return "`\(Excerpt.of(text))` is not \(length) hex digits, so that no file matches it"
  }
}

extension RequirementHash {
  /// The first digest that a URL's fragment names.
  static func inFragment(of url: [UInt8]) -> RequirementHash? {
    for index in url.indices where url[index] == 0x23 || url[index] == 0x26 {
      guard let equals = url[(index + 1)...].prefix(7).firstIndex(of: 0x3D) else { continue }
      let algorithm = url[(index + 1)..<equals]
      guard length(of: algorithm) != nil else { continue }
      let value = url[(equals + 1)...].prefix { $0 != 0x26 }
      return RequirementHash(algorithm: algorithm, value: value)
    }
    return nil
  }
}
