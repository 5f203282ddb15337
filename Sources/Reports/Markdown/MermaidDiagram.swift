/// A lineage graph as the text of a Mermaid diagram, within the limits that GitHub's renderer sets.
struct MermaidDiagram: Sendable {
  /// Edges and characters that a document cannot raise.
  static let mostEdges = 500
  static let mostCharacters = 50_000
  /// Characters shown of one label.
  private static let labelLimit = 60

  let text: String
  /// `12 of 512 links are not drawn`; nil when all are.
  let leftOut: String?

  init(_ facts: LineageFacts) {
    var writer = Writer(facts)
    text = writer.write()
    let hidden = facts.edges.count - writer.drawn
    leftOut =
      hidden == 0
      ? nil : "\(Figures.count(hidden)) of \(Figures.count(facts.edges.count, "link")) \(hidden == 1 ? "is" : "are") not drawn"
  }

  private struct Writer {
    private static let styles = """
        classDef fail stroke:#d1242f,stroke-width:2px
        classDef gap stroke:#bc4c00,stroke-width:2px,stroke-dasharray:4 3
        classDef unverified stroke:#8250df,stroke-width:2px

      """

    private let facts: LineageFacts
    private let nodes: [String: LineageFacts.Node]
    private var names: [String: String] = [:]
    private(set) var drawn = 0

    init(_ facts: LineageFacts) {
      self.facts = facts
      nodes = Dictionary(facts.nodes.map { ($0.id, $0) }) { first, _ in first }
    }

    mutating func write() -> String {
      var text = "flowchart LR\n"
      var length = text.count + Self.styles.count
      for edge in facts.edges.prefix(MermaidDiagram.mostEdges) {
        let known = names
        let line = "  \(mention(edge.from)) -- \"\(label(edge.relation))\" --> \(mention(edge.to))\n"
        guard length + line.count <= MermaidDiagram.mostCharacters else {
          names = known
          break
        }
        text += line
        length += line.count
        drawn += 1
      }
      return text + Self.styles
    }

    /// The node's name, with its shape and label where it comes first.
    private mutating func mention(_ id: String) -> String {
      if let name = names[id] { return name }
      let name = "n\(names.count)"
      names[id] = name
      let node = nodes[id] ?? LineageFacts.Node(id: id, kind: "", label: id, state: nil)
      let (open, close) = Self.shape(node.kind)
      let (state, sign) = Wording.sign(lineage: node.state)
      let isMarked = ["fail", "gap", "unverified"].contains(state)
      let words = (isMarked ? "\(sign.mark) " : "") + (node.kind.isEmpty ? "" : "\(label(node.kind))#colon; ") + label(node.label)
      return "\(name)\(open)\"\(words)\"\(close)" + (isMarked ? ":::\(state)" : "")
    }

    /// Kinds are told apart by shape.
    private static func shape(_ kind: String) -> (String, String) {
      switch kind {
      case "alias": ("([", "])")
      case "version": ("[[", "]]")
      case "dataset": ("[(", ")]")
      case "commit": ("{{", "}}")
      case "config": ("[/", "/]")
      case "environment", "image": ("(", ")")
      default: ("[", "]")
      }
    }

    /// Everything but letters, digits and a few harmless marks as an entity, which Mermaid writes with `#`.
    private func label(_ text: String) -> String {
      var result = ""
      for scalar in VisibleText.line(text, limit: MermaidDiagram.labelLimit).unicodeScalars {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ".", "-", "/", "@", "_", "+", ",", "=": result.unicodeScalars.append(scalar)
        case _ where scalar.value > 0x7F: result.unicodeScalars.append(scalar)
        default: result += "#\(scalar.value);"
        }
      }
      return result
    }
  }
}
