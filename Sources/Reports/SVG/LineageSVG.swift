import Lineage
import Records

/// Draws a lineage as one `<svg>` element: for a page, whose style has the colours by class, or as a file of its own.
package struct LineageSVG {
  private let graph: LineageGraph
  private let layout: LineageLayout
  private let title: String
  /// Makes ids unique where several drawings share a page.
  private let prefix: String
  /// Whether it is a file of its own, which brings its colours along.
  private let isAlone: Bool

  package init(_ graph: LineageGraph, title: String, prefix: String, isAlone: Bool = false) {
    self.isAlone = isAlone
    self.graph = graph
    layout = LineageLayout(graph)
    self.title = title
    self.prefix = prefix
  }

  /// The element; its size is that of the layout, in pixels.
  package func text() throws(ReportError) -> String {
    try XMLTextWriter.fragment { xml throws(ReportError) in
      let size = (Self.number(layout.width), Self.number(layout.height))
      try xml.startElement("svg")
      if isAlone { try xml.attribute("xmlns", "http://www.w3.org/2000/svg") }
      try xml.attribute("class", "lineage")
      try xml.attribute("role", "img")
      try xml.attribute("aria-labelledby", "\(prefix)-title")
      try xml.attribute("width", size.0)
      try xml.attribute("height", size.1)
      try xml.attribute("viewBox", "0 0 \(size.0) \(size.1)")
      try xml.element("title", ["id": "\(prefix)-title"], text: VisibleText.line(title))
      if isAlone { try xml.element("style", text: Self.style) }
      for (index, route) in layout.routes.enumerated() { try draw(route, of: index, xml) }
      for (index, node) in graph.nodes.enumerated() { try draw(node, index, layout.boxes[index], xml) }
      try xml.endElement()
    }
  }

  /// The colours of the HTML report, on light and on dark ground.
  private static let style = """
    svg { background: #ffffff; color: #57616c; font-family: system-ui, "Noto Sans", "DejaVu Sans", sans-serif }
    .lineage-edge { fill: none; stroke: #8a949e; stroke-width: 1.25 }
    .lineage-edge.gap { stroke: #a8420a; stroke-dasharray: 5 3 }
    .lineage-node rect, .lineage-node path, .lineage-node polygon { fill: #ffffff; stroke: #8a949e; stroke-width: 1.25 }
    .lineage-node text { fill: #1d2329 }
    .lineage-node text.mark { fill: currentColor; font-weight: 700 }
    .outcome-pass { color: #11693b }
    .outcome-fail { color: #b3261e }
    .outcome-unverified { color: #6a3fb5 }
    .lineage-node.gap { color: #a8420a }
    .lineage-node:is(.outcome-fail, .outcome-unverified, .gap) :is(rect, path, polygon) { stroke: currentColor }
    @media (prefers-color-scheme: dark) {
      svg { background: #1b2026; color: #a4aeb9 }
      .lineage-node rect, .lineage-node path, .lineage-node polygon { fill: #1b2026; stroke: #6f7a86 }
      .lineage-node text { fill: #e4e8ec }
      .outcome-pass { color: #71d49d }
      .outcome-fail { color: #ff9c92 }
      .outcome-unverified { color: #c9b3fa }
      .lineage-node.gap { color: #ffb182 }
      .lineage-edge.gap { stroke: #ffb182 }
    }
    """

  private func draw(_ route: LineageLayout.Route, of index: Int, _ xml: XMLTextWriter) throws(ReportError) {
    guard let first = route.levels.first else { return }
    let isGap = graph.nodes[graph.links[index].parent].isGap
    var path = "M\(Self.number(first.from)) \(Self.number(first.y))H\(Self.number(first.to))"
    for (one, next) in zip(route.levels, route.levels.dropFirst()) {
      let middle = (one.to + next.from) / 2
      path += "C\(Self.number(middle)) \(Self.number(one.y)) \(Self.number(middle)) \(Self.number(next.y)) "
      path += "\(Self.number(next.from)) \(Self.number(next.y))H\(Self.number(next.to))"
    }
    try xml.startElement("path")
    try xml.attribute("class", isGap ? "lineage-edge gap" : "lineage-edge")
    if !isAlone {
      try xml.attribute("data-child", String(graph.links[index].child))
      try xml.attribute("data-parent", String(graph.links[index].parent))
    }
    try xml.attribute("d", path)
    try xml.endElement()
  }

  private func draw(_ node: LineageNode, _ index: Int, _ box: LineageLayout.Box, _ xml: XMLTextWriter)
    throws(ReportError)
  {
    let state = node.isGap ? " gap" : node.outcome.map { " outcome-\($0.rawValue)" } ?? ""
    try xml.startElement("g")
    try xml.attribute("class", "lineage-node kind-\(node.kind.rawValue)\(state)")
    // What a page needs to follow links from node to node.
    if !isAlone { try xml.attribute("data-node", String(index)) }
    let label = VisibleText.line(node.label)
    try xml.element("title", text: "\(node.kind.rawValue) \(label): \(Self.meaning(node))")
    try outline(node.kind, box, xml)
    let baseline = Self.number(box.middle + LayoutMeasure.fontSize * 0.36)
    try xml.element(
      "text", ["class": "mark", "x": Self.number(box.x + 11), "y": baseline, "font-size": "13"], text: Self.mark(node))
    try xml.element(
      "text",
      [
        "x": Self.number(box.x + LayoutMeasure.labelInset), "y": baseline,
        "font-size": Self.number(LayoutMeasure.fontSize),
      ],
      text: LabelText.shortened(label))
    try xml.endElement()
  }

  /// Kind by shape: a pill for an alias, a drum for data, a sheet for a configuration, a hexagon for an image.
  private func outline(_ kind: LineageKind, _ box: LineageLayout.Box, _ xml: XMLTextWriter) throws(ReportError) {
    let (left, top, right, bottom) = (box.x, box.y, box.right, box.y + box.height)
    let n = Self.number
    switch kind {
    case .dataset:
      let lid = "\(n(left)) \(n(top + 6))C\(n(left)) \(n(top - 2)) \(n(right)) \(n(top - 2)) \(n(right)) \(n(top + 6))"
      let wall =
        "V\(n(bottom - 6))C\(n(right)) \(n(bottom + 2)) \(n(left)) \(n(bottom + 2)) \(n(left)) \(n(bottom - 6))Z"
      try xml.element("path", ["d": "M\(lid)\(wall)"])
    case .config:
      try xml.element(
        "path", ["d": "M\(n(left)) \(n(top))H\(n(right - 10))L\(n(right)) \(n(top + 10))V\(n(bottom))H\(n(left))Z"])
    case .image:
      let points = [
        (left, box.middle), (left + 8, top), (right - 8, top), (right, box.middle), (right - 8, bottom),
        (left + 8, bottom),
      ]
      try xml.element("polygon", ["points": points.map { "\(n($0.0)),\(n($0.1))" }.joined(separator: " ")])
    case .alias, .version, .run, .commit, .environment, .rest:
      let radius: Double = kind == .alias ? box.height / 2 : kind == .run ? 10 : kind == .commit ? 0 : 4
      try xml.element(
        "rect", ["x": n(left), "y": n(top), "width": n(box.width), "height": n(box.height), "rx": n(radius)])
    }
  }

  /// The outcome as a sign, so that colour is not all that tells.
  private static func mark(_ node: LineageNode) -> String {
    if node.isGap { return "!" }
    switch node.outcome {
    case .fail: return "✗"
    case .unverified: return "?"
    case .pass: return "✓"
    case .waived, .baselined: return "~"
    case .notApplicable, nil: return "·"
    }
  }

  private static func meaning(_ node: LineageNode) -> String {
    node.isGap ? "gap" : node.outcome?.rawValue ?? "recorded"
  }

  /// Two decimals at most, the same on every machine.
  private static func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let fraction = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return (hundredths < 0 ? "-" : "") + "\(whole)" + fraction
  }
}
