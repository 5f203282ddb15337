/// A number of any length, as its digits without leading zeros.
package struct VersionNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Empty for 0, so that a comparison of lengths comes first.
  private let digits: String

  init(_ digits: ArraySlice<UInt8>) {
    self.digits = String(decoding: digits.drop { $0 == 0x30 }, as: UTF8.self)
  }

  static let zero = VersionNumber([])

  package var description: String { digits.isEmpty ? "0" : digits }

  package static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    let (short, long) = (left.digits.utf8, right.digits.utf8)
    return short.count == long.count ? short.lexicographicallyPrecedes(long) : short.count < long.count
  }
}
