import AuditDatabase
import Lineage
import Records
import Reports

/// Loads the lineage graphs of versions, each with its drawing.
struct LineageLoader {
  let database: AuditDatabase

  /// One graph a version, in the order given.
  func lineages(of versions: [VersionOutcomes.Row]) throws -> [LineageFacts] {
    guard !versions.isEmpty else { return [] }
    let whole = try Whole(LineageCursor(database: database, versions: versions.map(\.subjectID)))
    return try versions.map { version in
      let graph = try whole.graph(of: version.subject)
      return LineageFacts(version: version.subject, aliases: version.aliases, graph: graph, svg: nil)
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
        let isGap = node.outcome == "gap"
        nodes[node.id] = LineageNode(
          id: node.id, kind: LineageKind(rawValue: node.kind) ?? .config, label: node.label,
          outcome: isGap ? nil : node.outcome.flatMap(Outcome.init), isGap: isGap)
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
