/// A lineage: nodes and the edges from each child to its parents, in one order whatever the order they came in.
///
/// Cycles and self loops are taken as they are, since records can hold them.
package struct LineageGraph: Sendable, Hashable {
  /// Sorted by id, bytewise.
  package let nodes: [LineageNode]
  /// Sorted by child, parent and relation; without repetitions.
  package let edges: [LineageEdge]
  /// Edges as indices into `nodes`, in the order of `edges`.
  package let links: [Link]

  /// An edge by the indices of its ends.
  package struct Link: Sendable, Hashable {
    package let child: Int
    package let parent: Int
  }

  package init(nodes: [LineageNode], edges: [LineageEdge]) throws(LineageError) {
    let nodes = nodes.sorted { Self.compare($0.id, $1.id) < 0 }
    for (one, next) in zip(nodes, nodes.dropFirst()) where Self.compare(one.id, next.id) == 0 {
      throw .duplicateNode(id: one.id)
    }
    var links: [(edge: LineageEdge, link: Link)] = []
    for edge in edges {
      guard let child = Self.index(of: edge.from, in: nodes) else {
        throw .danglingEdge(from: edge.from, to: edge.to, missing: edge.from)
      }
      guard let parent = Self.index(of: edge.to, in: nodes) else {
        throw .danglingEdge(from: edge.from, to: edge.to, missing: edge.to)
      }
      links.append((edge, Link(child: child, parent: parent)))
    }
    links.sort { left, right in
      let ends = ((left.link.child, left.link.parent), (right.link.child, right.link.parent))
      return ends.0 == ends.1 ? Self.compare(left.edge.relation, right.edge.relation) < 0 : ends.0 < ends.1
    }
    var kept: [(edge: LineageEdge, link: Link)] = []
    for next in links {
      if let last = kept.last, last.link == next.link, Self.compare(last.edge.relation, next.edge.relation) == 0 {
        continue
      }
      kept.append(next)
    }
    self.nodes = nodes
    self.edges = kept.map(\.edge)
    self.links = kept.map(\.link)
  }

  /// The index of the node with this id.
  package func index(of id: String) -> Int? { Self.index(of: id, in: nodes) }

  private static func index(of id: String, in nodes: [LineageNode]) -> Int? {
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      let order = compare(nodes[middle].id, id)
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Bytewise, since two spellings of `é` are two names: negative, zero or positive.
  static func compare(_ left: String, _ right: String) -> Int {
    var left = left.utf8.makeIterator()
    var right = right.utf8.makeIterator()
    while true {
      switch (left.next(), right.next()) {
      case (let one?, let other?) where one != other: return Int(one) - Int(other)
      case (_?, _?): continue
      case (nil, nil): return 0
      case (nil, _?): return -1
      case (_?, nil): return 1
      }
    }
  }
}
