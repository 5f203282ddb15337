import Lineage

/// A lineage in the language of Graphviz: left to right, kinds by shape, findings by colour and sign.
package enum LineageDOT {
  private static let labelLimit = 120

  package static func text(_ graph: LineageGraph, title: String) -> String {
    var lines = [
      "digraph lineage {", "  label=\(quoted(title)); labelloc=t; rankdir=LR",
      "  node [fontname=\"sans-serif\", fontsize=11]; edge [fontname=\"sans-serif\", fontsize=9]",
    ]
    for (index, node) in graph.nodes.enumerated() {
      let (state, sign) = Wording.sign(of: node)
      let isLoud = colours[state] != nil
      let label = (isLoud ? "\(sign.label): " : "") + node.label
      let colour = colours[state].map { ", color=\"\($0)\", penwidth=2" } ?? ""
      let style = node.isGap ? ", style=dashed" : ""
      lines.append(
        "  n\(index) [label=\(quoted(node.kind.rawValue, label)), shape=\(shape(node.kind))\(colour)\(style)]")
    }
    for (edge, link) in zip(graph.edges, graph.links) {
      lines.append("  n\(link.child) -> n\(link.parent) [label=\(quoted(edge.relation))]")
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  private static let colours = ["fail": "#b3261e", "gap": "#a8420a", "unverified": "#6a3fb5"]

  private static func shape(_ kind: LineageKind) -> String {
    switch kind {
    case .alias: "oval"
    case .version: "box3d"
    case .run: "box"
    case .dataset: "cylinder"
    case .commit: "diamond"
    case .config: "note"
    case .environment: "component"
    case .image: "hexagon"
    case .rest: "plaintext"
    }
  }

  /// Each of `lines` on a line of its own; a backslash is doubled, since it begins an escape.
  private static func quoted(_ lines: String...) -> String {
    let escaped = lines.map {
      VisibleText.line($0, limit: labelLimit).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
    return "\"" + escaped.joined(separator: "\\n") + "\""
  }
}
