import Records

/// The part of a lineage that is nearest to one node: what it comes from, what comes from it, so many steps far.
package struct LineageFocus: Sendable {
  /// Which way is looked.
  package enum Direction: String, Sendable, CaseIterable { case upstream, downstream }

  /// The nodes that are near, and a `rest` node beside each one behind which more lies.
  package let graph: LineageGraph
  package let root: String
  /// Steps to each node from the root, by way and index into the nodes of `graph`; the root is 0, `rest` nodes are absent.
  package let distances: [Direction: [Int: Int]]
  /// Edges into nodes that are not shown.
  package let leftOut: Int

  /// Looks at most `hops` steps far, nil without end, and keeps at most `most` nodes each way: the nearest, and of those the
  /// ones with findings.
  package init(
    on root: String, in whole: LineageGraph, hops: Int? = nil, directions: [Direction] = Direction.allCases,
    most: Int? = nil
  ) throws(LineageError) {
    guard let start = whole.index(of: root) else { throw .unknownNode(id: root) }
    var nodes = [start: whole.nodes[start]]
    var rests: [LineageNode] = []
    var edges: [LineageEdge] = []
    var reached: [Direction: [Int: Int]] = [:]
    var leftOut = 0
    for direction in directions {
      let steps = Steps(direction, of: whole)
      let near = steps.reach(from: start, hops: hops, most: most, in: whole)
      for index in near.keys { nodes[index] = whole.nodes[index] }
      reached[direction] = near
      for index in near.keys.sorted() {
        var beyond: Set<Int> = []
        for (edge, other) in steps.next[index] ?? [] {
          if near[other] != nil { edges.append(whole.edges[edge]) } else { beyond.insert(other) }
        }
        guard !beyond.isEmpty else { continue }
        leftOut += beyond.count
        let id = whole.nodes[index].id
        let rest = LineageNode(id: "\(direction.rawValue)|rest|\(id)", kind: .rest, label: "\(beyond.count) more")
        rests.append(rest)
        edges.append(
          direction == .upstream
            ? LineageEdge(from: id, to: rest.id, relation: "and") : LineageEdge(from: rest.id, to: id, relation: "and"))
      }
    }
    self.root = root
    self.leftOut = leftOut
    let graph = try LineageGraph(nodes: nodes.keys.sorted().compactMap { nodes[$0] } + rests, edges: edges)
    self.graph = graph
    distances = reached.mapValues { near in
      let steps = near.compactMap { index, steps in graph.index(of: whole.nodes[index].id).map { ($0, steps) } }
      return Dictionary(uniqueKeysWithValues: steps)
    }
  }

  /// The edges of a graph one way.
  private struct Steps {
    /// Edge and the node it leads to, by the node it starts from.
    var next: [Int: [(edge: Int, node: Int)]] = [:]

    init(_ direction: Direction, of graph: LineageGraph) {
      for (edge, link) in graph.links.enumerated() {
        let (from, to) = direction == .upstream ? (link.child, link.parent) : (link.parent, link.child)
        next[from, default: []].append((edge, to))
      }
    }

    /// Steps to each node, nearest first, until `hops` or `most` is reached.
    func reach(from start: Int, hops: Int?, most: Int?, in graph: LineageGraph) -> [Int: Int] {
      var near = [start: 0]
      var level = [start]
      var step = 0
      while !level.isEmpty, step < hops ?? .max {
        step += 1
        let candidates = Set(level.flatMap { (next[$0] ?? []).map(\.node) }).filter { near[$0] == nil }
        let room = max(0, (most ?? .max) - near.count)
        level = Array(candidates.sorted { Self.order($0, in: graph) < Self.order($1, in: graph) }.prefix(room))
        for node in level { near[node] = step }
      }
      return near
    }

    /// What needs eyes first; ids are in the order of indices.
    private static func order(_ index: Int, in graph: LineageGraph) -> (Int, Int) {
      let node = graph.nodes[index]
      let isLoud = node.isGap || node.outcome == .fail || node.outcome == .unverified
      return (isLoud ? 0 : 1, index)
    }
  }
}
