import AuditDatabase
import Lineage
import Records
import Reports

/// Loads the lineage graphs of versions, each with its drawing.
struct LineageLoader {
  let database: AuditDatabase

  private static let mostNodes = 400

  /// One graph a version, in the order given.
  func lineages(of versions: [VersionOutcomes.Row]) throws -> [LineageFacts] {
    guard !versions.isEmpty else { return [] }
    let whole = try Whole(LineageCursor(database: database, versions: versions.map(\.subjectID)))
    return try versions.enumerated().map { index, version in
      let graph = try whole.graph(of: version.subject)
      let drawing = LineageSVG(graph, title: "Lineage of \(version.subject.name)", prefix: "drawing-\(index)")
      // A graph too large to be looked at is told by its table.
      let svg = graph.nodes.count <= Self.mostNodes ? try drawing.text() : nil
      return LineageFacts(version: version.subject, aliases: version.aliases, graph: graph, svg: svg)
    }
  }

  /// All versions' nodes and edges, read once: most of what they come from is shared.
  private struct Whole {
    private let graph: LineageGraph
    /// Edges by the index of their child.
    private var parents: [[Int]]
    /// Edges by the index of their parent.
    private var children: [[Int]]

    init(_ cursor: LineageCursor) throws {
      graph = try LineageGraph(nodes: cursor.nodes(), edges: cursor.edges())
      parents = Array(repeating: [], count: graph.nodes.count)
      children = parents
      for (edge, link) in graph.links.enumerated() {
        parents[link.child].append(edge)
        children[link.parent].append(edge)
      }
    }

    /// The version, the aliases that point at it, and everything it comes from.
    func graph(of version: Subject) throws -> LineageGraph {
      let id = "\(version.store)|\(version.name)"
      guard let root = graph.index(of: id) else { throw LineageError.unknownNode(id: id) }
      var edges = children[root].filter { graph.nodes[graph.links[$0].child].kind == .alias }
      var seen = Set(edges.map { graph.links[$0].child } + [root])
      var waiting = [root]
      while let node = waiting.popLast() {
        for edge in parents[node] {
          edges.append(edge)
          let parent = graph.links[edge].parent
          if seen.insert(parent).inserted { waiting.append(parent) }
        }
      }
      return try LineageGraph(nodes: seen.sorted().map { graph.nodes[$0] }, edges: edges.map { graph.edges[$0] })
    }
  }
}

extension LineageCursor {
  /// Nodes in the order of their ids; of one id the last, since two records can say two things of a gap.
  func nodes() throws -> [LineageNode] {
    var nodes: [LineageNode] = []
    try forEachNode { node in
      if nodes.last?.id.hasSameBytes(as: node.id) == true { nodes.removeLast() }
      nodes.append(LineageNode(node))
    }
    return nodes
  }

  /// Edges in the order of their ends.
  func edges() throws -> [LineageEdge] {
    var edges: [LineageEdge] = []
    try forEachEdge { edges.append(LineageEdge(from: $0.from, to: $0.to, relation: $0.relation)) }
    return edges
  }
}

extension LineageNode {
  init(_ node: LineageCursor.Node) {
    let isGap = node.outcome == "gap"
    // A commit is known by its first digits; the findings and the JSON report hold all of them.
    let label = node.kind == "commit" && !isGap ? String(node.label.prefix(12)) : node.label
    self.init(
      id: node.id, kind: LineageKind(rawValue: node.kind) ?? .config, label: label,
      outcome: isGap ? nil : node.outcome.flatMap(Outcome.init), isGap: isGap)
  }
}
