/// Lines over scans, one step a scan, as one `<svg>` element; a table beside it says the same in words.
struct TrendSVG {
  /// One line; its name is a class of the page's style, which tells lines apart by colour and by dashes.
  struct Line: Sendable {
    let name: String
    /// At least two, none negative.
    let values: [Double]
  }

  private static let (width, height, margin) = (300.0, 80.0, 6.0)

  let lines: [Line]
  /// The value at the top; nil for the highest of all.
  let most: Double?

  /// Zero is at the foot.
  var text: String {
    let top = most ?? lines.flatMap(\.values).max() ?? 0
    let size = "\(Int(Self.width)) \(Int(Self.height))"
    let foot = Self.number(Self.height - Self.margin)
    var text = "<svg class=\"trend\" viewBox=\"0 0 \(size)\" aria-hidden=\"true\">"
    text += "<path class=\"foot\" d=\"M\(Self.number(Self.margin)) \(foot)H\(Self.number(Self.width - Self.margin))\"/>"
    for line in lines {
      let points = line.values.enumerated().map { point($0.offset, of: line.values.count, $0.element, top) }
      let path = points.map { "\(Self.number($0.x)),\(Self.number($0.y))" }.joined(separator: " ")
      text += "<g class=\"\(line.name)\"><polyline points=\"\(path)\"/>"
      if let last = points.last {
        text += "<circle cx=\"\(Self.number(last.x))\" cy=\"\(Self.number(last.y))\" r=\"3\"/>"
      }
      text += "</g>"
    }
    return text + "</svg>"
  }

  private func point(_ index: Int, of count: Int, _ value: Double, _ top: Double) -> (x: Double, y: Double) {
    let (wide, high) = (Self.width - 2 * Self.margin, Self.height - 2 * Self.margin)
    let share = top > 0 ? value / top : 0
    return (Self.margin + wide * Double(index) / Double(max(1, count - 1)), Self.margin + high * (1 - share))
  }

  /// One decimal, the same on every machine.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths.isMultiple(of: 10) ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
