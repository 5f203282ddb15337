/// An order to begin with: as vertices are met on a walk through the graph.
enum StartOrder: CaseIterable {
  /// Depth first along edges of both directions, which lays out trees without a crossing.
  case depthFirst
  /// Breadth first from the leftmost vertices.
  case fromLeft
  /// Breadth first from the rightmost vertices.
  case fromRight

  func order(_ graph: LayeredGraph) -> LayerOrder {
    var seen = [Bool](repeating: false, count: graph.vertexCount)
    var layers = [[Int]](repeating: [], count: graph.layers.count)
    var queue: [Int] = []
    let starts = self == .fromRight ? Array(graph.layers.joined().reversed()) : Array(graph.layers.joined())
    for start in starts where !seen[start] {
      queue.removeAll(keepingCapacity: true)
      queue.append(start)
      var next = 0
      if self != .depthFirst { seen[start] = true }
      while next < queue.count {
        let vertex: Int
        switch self {
        case .depthFirst:
          vertex = queue.removeLast()
          if seen[vertex] { continue }
          seen[vertex] = true
          queue += graph.left[vertex].reversed().filter { !seen[$0] }
          queue += graph.right[vertex].reversed().filter { !seen[$0] }
        case .fromLeft, .fromRight:
          vertex = queue[next]
          next += 1
          let neighbours = self == .fromLeft ? graph.right[vertex] : graph.left[vertex]
          for neighbour in neighbours where !seen[neighbour] {
            seen[neighbour] = true
            queue.append(neighbour)
          }
        }
        layers[graph.layer[vertex]].append(vertex)
      }
    }
    return LayerOrder(layers: layers, vertexCount: graph.vertexCount)
  }

  /// An order by chance, which is the same for the same numbers.
  static func shuffled(_ graph: LayeredGraph, using random: inout SplitMix) -> LayerOrder {
    LayerOrder(layers: graph.layers.map { $0.shuffled(using: &random) }, vertexCount: graph.vertexCount)
  }
}
