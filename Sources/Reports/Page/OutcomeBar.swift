/// Divides a bar of 1,000 between counts, so that the smallest that is not zero can still be seen.
enum OutcomeBar {
  private static let length = 1_000
  private static let least = 8

  /// One part a count; nil for zero.
  static func parts(of counts: [Int]) -> [ReportPage.Bar?] {
    let total = counts.reduce(0, +)
    guard total > 0 else { return counts.map { _ in nil } }
    var widths = counts.map { $0 == 0 ? 0 : max(least, Int(Double($0) / Double(total) * Double(length))) }
    // What rounding and the least width gave or took comes from the widest, which does not miss it.
    if let widest = widths.indices.max(by: { (widths[$0], $1) < (widths[$1], $0) }) {
      widths[widest] += length - widths.reduce(0, +)
    }
    var start = 0
    return widths.map { width in
      defer { start += width }
      return width == 0 ? nil : ReportPage.Bar(start: String(start), width: String(width))
    }
  }
}
