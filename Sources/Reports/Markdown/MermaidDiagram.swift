import Lineage

/// A lineage graph as the text of a Mermaid diagram, within the limits that GitHub's renderer sets.
package struct MermaidDiagram: Sendable {
  /// Edges and characters of one diagram, which a document cannot raise.
  static let mostEdges = 500
  static let mostCharacters = 50_000

  package let text: String
  /// `12 of 512 links are not drawn`; nil when all are.
  package let leftOut: String?

  package init(_ graph: LineageGraph) {
    var text = "flowchart LR\n"
    var names: [Int: String] = [:]
    var room = Self.mostCharacters - text.count - Self.styles.count
    var drawn = 0
    for (edge, link) in zip(graph.edges, graph.links).prefix(Self.mostEdges) {
      let known = names
      let child = Self.mention(link.child, in: graph, &names)
      let parent = Self.mention(link.parent, in: graph, &names)
      let line = "  \(child) -- \"\(Self.label(edge.relation))\" --> \(parent)\n"
      guard line.utf16.count <= room else {
        names = known
        continue
      }
      room -= line.utf16.count
      text += line
      drawn += 1
    }
    // What no link leads to is drawn by itself.
    let linked = Set(graph.links.flatMap { [$0.child, $0.parent] })
    for index in graph.nodes.indices where !linked.contains(index) {
      let line = "  \(Self.mention(index, in: graph, &names))\n"
      guard line.utf16.count <= room else { break }
      room -= line.utf16.count
      text += line
    }
    self.text = text + Self.styles
    let all = graph.edges.count
    let verb = all - drawn == 1 ? "is" : "are"
    leftOut = drawn == all ? nil : "\(Figures.count(all - drawn)) of \(Figures.count(all, "link")) \(verb) not drawn"
  }

  /// Outlines only, which read on light and on dark ground.
  private static let styles = """
      classDef fail stroke:#d1242f,stroke-width:2px
      classDef gap stroke:#bc4c00,stroke-width:2px,stroke-dasharray:4 3
      classDef unverified stroke:#8250df,stroke-width:2px

    """

  /// A node's name, with its shape and label where it comes first.
  private static func mention(_ index: Int, in graph: LineageGraph, _ names: inout [Int: String]) -> String {
    if let name = names[index] { return name }
    let name = "n\(names.count)"
    names[index] = name
    let node = graph.nodes[index]
    let (open, close) = shape(node.kind)
    let (state, sign) = Wording.sign(of: node)
    let isMarked = ["fail", "gap", "unverified"].contains(state)
    let words = (isMarked ? "\(sign.mark) " : "") + "\(node.kind.rawValue)#58; \(label(node.label))"
    return "\(name)\(open)\"\(words)\"\(close)\(isMarked ? ":::\(state)" : "")"
  }

  /// Kinds are told apart by shape.
  private static func shape(_ kind: LineageKind) -> (open: String, close: String) {
    switch kind {
    case .alias: ("([", "])")
    case .version: ("[[", "]]")
    case .run, .rest: ("[", "]")
    case .dataset: ("[(", ")]")
    case .commit: ("{{", "}}")
    case .config: ("[/", "/]")
    case .environment, .image: ("(", ")")
    }
  }

  /// Characters shown of one label.
  private static let labelLimit = 60

  /// Letters, digits and a few harmless marks stay; the rest become entities, which Mermaid begins with `#`.
  private static func label(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.line(text, limit: labelLimit).unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", ".", "-", "/", "@", "_", "+", ",", "=":
        result.unicodeScalars.append(scalar)
      case _ where scalar.value > 0x7F: result.unicodeScalars.append(scalar)
      default: result += "#\(scalar.value);"
      }
    }
    return result
  }
}
