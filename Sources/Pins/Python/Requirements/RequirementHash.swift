/// A digest that a file of the requirement has to have.
package struct RequirementHash: Sendable, Hashable {
  /// `sha256`, `sha384` or `sha512`; in a URL also the weaker ones.
  package let algorithm: String
  /// As written.
  package let value: String

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

  /// Whether it could be a digest at all.
  var isHex: Bool { !value.isEmpty && value.utf8.allSatisfy(ASCII.isHex) }

  /// Why no file can ever match it; nil when one can.
  var mistake: String? {
    let length = Self.length(of: algorithm.utf8) ?? 0
    guard !isHex || value.utf8.count != length else { return nil }
    return "`\(Excerpt.of(text))` is not \(length) hex digits, so that no file matches it"
  }
}
