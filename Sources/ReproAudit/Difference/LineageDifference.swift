import Lineage
import Reports

/// The steps of lineage that some sides have and others do not.
///
/// The run itself is called so: its name differs by nature.
struct LineageDifference {
  let links: [Comparison.Link]
  let shared: Int

  /// A step by what its ends are called.
  private struct Step: Hashable, Comparable {
    let child: String
    let relation: String
    let parent: String

    static func < (left: Step, right: Step) -> Bool {
      (left.child, left.relation, left.parent) < (right.child, right.relation, right.parent)
    }
  }

  /// Each side's lineage, focused on its run and looking upstream.
  init(_ sides: [LineageFocus]) {
    let named = sides.map(Self.steps)
    let all = Set(named.flatMap(\.steps)).sorted()
    let differing = all.filter { step in !named.allSatisfy { $0.steps.contains(step) } }
    shared = all.count - differing.count
    links = differing.map { step in
      Comparison.Link(
        child: step.child, relation: step.relation, parent: step.parent,
        isIn: named.map { $0.steps.contains(step) }, hasParent: named.map { $0.nodes.contains(step.parent) })
    }
  }

  private static func steps(of focus: LineageFocus) -> (steps: Set<Step>, nodes: Set<String>) {
    let graph = focus.graph
    var names = graph.nodes.map { "\($0.kind.rawValue) \(Self.label(of: $0))" }
    for index in graph.nodes.indices where graph.nodes[index].isGap { names[index] = "no \(names[index])" }
    if let root = graph.index(of: focus.root) { names[root] = "the \(graph.nodes[root].kind.rawValue)" }
    let steps = zip(graph.edges, graph.links).map { edge, link in
      Step(child: names[link.child], relation: edge.relation, parent: names[link.parent])
    }
    return (Set(steps), Set(names))
  }

  /// Two manifests of one name are told apart by their places; what data they stand for is compared by its content.
  private static func label(of node: LineageNode) -> Substring {
    node.kind == .dataset ? node.label.prefix { $0 != "#" } : node.label[...]
  }
}
