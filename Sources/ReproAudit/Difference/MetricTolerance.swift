import Foundation

/// How far apart two values of a metric may be and still count as the same.
public struct MetricTolerance: Sendable, Hashable {
  /// As it was written.
  public let text: String
  private let amount: Double
  private let isRelative: Bool

  /// `0.001` is absolute, as tolerances of policies and reproductions are; `0.1%` is a share of the first value.
  public init?(_ text: String) {
    let isRelative = text.hasSuffix("%")
    guard let amount = Double(isRelative ? text.dropLast() : text[...]), amount.isFinite, amount >= 0 else {
      return nil
    }
    self.text = text
    self.amount = isRelative ? amount / 100 : amount
    self.isRelative = isRelative
  }

  /// The last bits of decimal fractions do not count.
  func holds(_ first: Double, _ other: Double) -> Bool {
    abs(first - other) <= (isRelative ? amount * abs(first) : amount) + 1e-12 * abs(first)
  }
}
