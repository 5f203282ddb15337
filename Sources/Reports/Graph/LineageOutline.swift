import Lineage

/// A lineage as an outline for the terminal: one line a step, first up to what it comes from, then down to what comes of it.
package struct LineageOutline {
  private let focus: LineageFocus
  /// Steps beyond are not moved in further: a chain of runs can be as long as a store.
  private static let deepest = 24

  package init(_ focus: LineageFocus) { self.focus = focus }

  package var text: String {
    guard let root = focus.graph.index(of: focus.root) else { return "" }
    var lines = [Self.line(focus.graph.nodes[root])]
    for direction in LineageFocus.Direction.allCases where focus.distances[direction] != nil {
      lines.append("")
      lines.append(direction == .upstream ? "comes from:" : "is used by:")
      let steps = outline(direction, from: root)
      lines += steps.isEmpty ? ["  nothing on record"] : steps
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Depth first; what was shown before is named and not opened again.
  private func outline(_ direction: LineageFocus.Direction, from root: Int) -> [String] {
    let graph = focus.graph
    let near = focus.distances[direction] ?? [:]
    let rest = "\(direction.rawValue)|rest|"
    var next: [Int: [(relation: String, node: Int)]] = [:]
    for (edge, link) in zip(graph.edges, graph.links) {
      let (from, to) = direction == .upstream ? (link.child, link.parent) : (link.parent, link.child)
      guard near[from] != nil, near[to] != nil || graph.nodes[to].id.hasPrefix(rest) else { continue }
      next[from, default: []].append((edge.relation, to))
    }
    var lines: [String] = []
    var seen: Set<Int> = [root]
    var waiting = (next[root] ?? []).reversed().map { (relation: $0.relation, node: $0.node, depth: 1) }
    while let step = waiting.popLast() {
      let node = graph.nodes[step.node]
      let indent = String(repeating: "  ", count: min(step.depth, Self.deepest))
      if node.kind == .rest {
        lines.append("\(indent)… \(node.label) (--hops)")
        continue
      }
      let isNew = seen.insert(step.node).inserted
      let steps = isNew ? next[step.node] ?? [] : []
      let again = isNew || next[step.node] == nil ? "" : "  (see above)"
      lines.append("\(indent)\(VisibleText.line(step.relation)) \(Self.line(node))\(again)")
      waiting += steps.reversed().map { (relation: $0.relation, node: $0.node, depth: step.depth + 1) }
    }
    return lines
  }

  /// `version m@1.2.0  [fail]`; a name such as `run:8f3c` says its kind by itself.
  private static func line(_ node: LineageNode) -> String {
    let label = VisibleText.line(node.label, limit: 200)
    let state = Wording.sign(of: node)
    let kind = node.kind.rawValue
    let words = node.isGap ? "no \(kind): \(label)" : label.hasPrefix("\(kind):") ? label : "\(kind) \(label)"
    return words + (state.id == "recorded" ? "" : "  [\(state.sign.label)]")
  }
}
