/// A number of bytes as people write it: `5G`, `200M`, `1.5Ti`, `4096`.
public struct ByteAmount: Sendable, Hashable {
  public static let example = "an amount such as 500M, 5G or 2Ti"

  private static let prefixes: [Character: Int] = ["k": 1, "K": 1, "M": 2, "G": 3, "T": 4]

  public let bytes: Int64

  /// Reads a number with k, M, G, T (powers of 1000) or Ki, Mi, Gi, Ti (of 1024) behind it; nil for anything else.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(digits.count)
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, !whole.isEmpty, parts.count <= 2, parts.last?.isEmpty == false else { return nil }
    var factor: Int64 = 1
    if let letter = unit.first {
      guard let power = Self.prefixes[letter], unit.count == 1 || unit.dropFirst() == "i" else { return nil }
      for _ in 0..<power { factor *= unit.count == 1 ? 1000 : 1024 }
    } else if parts.count == 2 {
      return nil
    }
    guard let value = Double(digits), value * Double(factor) < 9e18 else { return nil }
    // A fraction of a unit is a whole number of bytes, near enough; without one the number is exact.
    guard let exact = parts.count == 1 ? Int64(whole).map({ $0 * factor }) : Int64(value * Double(factor)) else {
      return nil
    }
    bytes = exact
  }
}
