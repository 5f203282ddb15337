/// Nodes that edges connect, whichever way they lead, with numbers of their own from 0.
struct GraphComponent {
  /// Their indices in the whole graph.
  let nodes: [Int]
  /// The indices of their edges in the whole graph.
  let edges: [Int]
  /// Their edges by indices into `nodes`.
  let links: [LineageGraph.Link]

  /// The components of `graph`: larger ones first, equals in the order of their first nodes.
  static func all(of graph: LineageGraph) -> [GraphComponent] {
    let count = graph.nodes.count
    let ends = graph.links.map { (from: $0.child, to: $0.parent) }
    let parents = Adjacency(count: count, pairs: ends)
    let children = Adjacency(count: count, pairs: ends.lazy.map { (from: $0.to, to: $0.from) })
    var component = [Int](repeating: -1, count: count)
    var members: [[Int]] = []
    var stack: [Int] = []
    for start in 0..<count where component[start] < 0 {
      component[start] = members.count
      stack.append(start)
      var nodes: [Int] = []
      while let node = stack.popLast() {
        nodes.append(node)
        for neighbours in [parents[node], children[node]] {
          for neighbour in neighbours where component[neighbour] < 0 {
            component[neighbour] = members.count
            stack.append(neighbour)
          }
        }
      }
      members.append(nodes.sorted())
    }
    var edges = [[Int]](repeating: [], count: members.count)
    for (index, link) in graph.links.enumerated() { edges[component[link.child]].append(index) }
    var place = [Int](repeating: 0, count: count)
    for nodes in members {
      for (index, node) in nodes.enumerated() { place[node] = index }
    }
    return zip(members, edges)
      .map { nodes, edges in
        let links = edges.map {
          LineageGraph.Link(child: place[graph.links[$0].child], parent: place[graph.links[$0].parent])
        }
        return GraphComponent(nodes: nodes, edges: edges, links: links)
      }
      .sorted { ($1.nodes.count, $0.nodes[0]) < ($0.nodes.count, $1.nodes[0]) }
  }
}
