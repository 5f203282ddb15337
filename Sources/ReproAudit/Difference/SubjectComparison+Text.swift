import Records
import Reports

extension SubjectComparison {
  /// Rows of one topic that a terminal shows, and characters of one value beside others.
  private static let mostRows = 60
  private static let widest = 100

  /// For people: what it comes to first, then what differs, topic by topic.
  public func text(_ style: TextStyle) -> String {
    var lines = comparison.sides.enumerated().map { index, side in
      let run = side.subject.kind == .run ? "" : "  \(side.run ?? "no run is recorded")"
      let time = side.recordedAt.map { "  \($0)" } ?? ""
      return style.visible(
        "\(Comparison.letter(index))  \(side.subject.kind.rawValue) \(side.subject.name)\(run)\(time)")
    }
    lines.append("")
    lines += comparison.warnings.map { "warning: \(style.visible($0))" }
    lines.append(style.visible(comparison.verdict))
    for section in comparison.sections { lines += text(of: section, style) }
    lines += lineage(style)
    return lines.map { $0 + "\n" }.joined()
  }

  private func text(of section: Comparison.Section, _ style: TextStyle) -> [String] {
    let rows = section.rows.filter { $0.state != .same }
    let isFirst = comparison.first?.topic == section.topic
    var lines = [
      "",
      "\(Comparison.title(section.topic)): \(Comparison.summary(section))"
        + (isFirst ? " (the first that differs)" : ""),
    ]
    lines += section.notes.map { "  note: \(style.visible($0))" }
    let width = min(28, rows.prefix(Self.mostRows).map { style.visible($0.name).count }.max() ?? 0)
    for row in rows.prefix(Self.mostRows) { lines += text(of: row, width: width, style) }
    if rows.count > Self.mostRows { lines.append("  … and \(rows.count - Self.mostRows) more; --json holds all") }
    for log in section.logs {
      lines.append("  \(log.title)")
      lines += log.lines.map { "    \(style.visible($0))" }
      if log.leftOut > 0 { lines.append("    … and \(log.leftOut) more") }
    }
    return lines
  }

  private func text(of row: Comparison.Row, width: Int, _ style: TextStyle) -> [String] {
    let name = style.visible(row.name)
    let padded = name + String(repeating: " ", count: max(0, width - name.count))
    let values = row.values.map { value in
      let shown = value.map { VisibleText.line($0, limit: Self.widest) } ?? "not recorded"
      return shown
    }
    let change = row.change.map { "  \($0)" } ?? ""
    guard values.count == 2 else {
      let sides = values.enumerated().map { "      \(Comparison.letter($0))  \($1)" }
      return ["  \(Self.sign(row)) \(name)\(change)"] + sides
    }
    switch (row.values[0], row.values[1]) {
    case (nil, _): return ["  + \(padded)  \(values[1])"]
    case (_, nil): return ["  - \(padded)  \(values[0])"]
    default:
      guard values[0].count + values[1].count > 60 else {
        return ["  \(Self.sign(row)) \(padded)  \(values[0]) → \(values[1])\(change)"]
      }
      return ["  \(Self.sign(row)) \(name)\(change)", "      A  \(values[0])", "      B  \(values[1])"]
    }
  }

  private static func sign(_ row: Comparison.Row) -> String { row.state == .close ? "≈" : "~" }

  private func lineage(_ style: TextStyle) -> [String] {
    let links = comparison.links
    guard !links.isEmpty else { return ["", "Lineage: the same"] }
    let shared = comparison.sharedLinks == 1 ? "1 link" : "\(comparison.sharedLinks) links"
    var lines = ["", "Lineage: \(links.count == 1 ? "1 link" : "\(links.count) links") not in all, \(shared) in all"]
    for link in links.prefix(Self.mostRows) {
      let sides = link.isIn.indices.filter { link.isIn[$0] }
      let sign = sides == [0] && link.isIn.count == 2 ? "-" : sides == [1] && link.isIn.count == 2 ? "+" : "~"
      let others = link.isIn.count == 2 ? "" : "  (\(sides.map(Comparison.letter).joined(separator: ", ")))"
      let other =
        zip(link.isIn, link.hasParent).contains { !$0 && $1 } ? "  (the other comes from it too, by another link)" : ""
      lines.append(
        "  \(sign) \(style.visible(link.child)) \(style.visible(link.relation)) \(style.visible(link.parent))\(others)\(other)"
      )
    }
    if links.count > Self.mostRows { lines.append("  … and \(links.count - Self.mostRows) more; --json holds all") }
    return lines
  }
}
