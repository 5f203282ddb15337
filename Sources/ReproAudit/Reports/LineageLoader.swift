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
    private var nodes: [String: LineageNode] = [:]
    private var parents: [String: [LineageEdge]] = [:]
    private var children: [String: [LineageEdge]] = [:]

    init(_ cursor: LineageCursor) throws {
      var nodes: [String: LineageNode] = [:]
      var parents: [String: [LineageEdge]] = [:]
      var children: [String: [LineageEdge]] = [:]
      try cursor.forEachNode { node in
        nodes[node.id] = LineageNode(node)
      }
      try cursor.forEachEdge { edge in
        let edge = LineageEdge(from: edge.from, to: edge.to, relation: edge.relation)
        parents[edge.from, default: []].append(edge)
        children[edge.to, default: []].append(edge)
      }
      self.nodes = nodes
      self.parents = parents
      self.children = children
    }

    /// The version, the aliases that point at it, and everything it comes from.
    func graph(of version: Subject) throws -> LineageGraph {
      let root = "\(version.store)|\(version.name)"
      var seen: Set<String> = [root]
      var waiting = [root]
      var edges = (children[root] ?? []).filter { nodes[$0.from]?.kind == .alias }
      seen.formUnion(edges.map(\.from))
      while let id = waiting.popLast() {
        for edge in parents[id] ?? [] {
          edges.append(edge)
          if seen.insert(edge.to).inserted { waiting.append(edge.to) }
        }
      }
      return try LineageGraph(nodes: seen.compactMap { nodes[$0] }, edges: edges)
    }
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
