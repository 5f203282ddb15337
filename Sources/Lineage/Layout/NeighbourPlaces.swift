/// Where the neighbours of one layer's vertices stand, sorted, on both sides.
///
/// Two neighbours in a layer are compared by merging their lists, so nothing is sorted while vertices change places.
struct NeighbourPlaces {
  private let graph: LayeredGraph
  private var left: [Int]
  private var right: [Int]
  private var filled: [Int]

  init(_ graph: LayeredGraph) {
    self.graph = graph
    left = [Int](repeating: 0, count: graph.left.total)
    right = [Int](repeating: 0, count: graph.right.total)
    filled = [Int](repeating: 0, count: graph.vertexCount)
  }

  /// Looks at the layers beside `layer`; walking them from top to bottom gives sorted lists.
  mutating func look(at layer: Int, in order: LayerOrder) {
    if layer > 0 {
      for vertex in order.layers[layer] { filled[vertex] = graph.left.span(vertex).lowerBound }
      for (place, neighbour) in order.layers[layer - 1].enumerated() {
        for vertex in graph.right[neighbour] {
          left[filled[vertex]] = place
          filled[vertex] += 1
        }
      }
    }
    if layer + 1 < order.layers.count {
      for vertex in order.layers[layer] { filled[vertex] = graph.right.span(vertex).lowerBound }
      for (place, neighbour) in order.layers[layer + 1].enumerated() {
        for vertex in graph.left[neighbour] {
          right[filled[vertex]] = place
          filled[vertex] += 1
        }
      }
    }
  }

  /// How many more crossings there are with `upper` above `lower` than with `lower` above `upper`.
  func gain(upper: Int, lower: Int) -> Int {
    Self.gain(left, graph.left.span(upper), graph.left.span(lower))
      + Self.gain(right, graph.right.span(upper), graph.right.span(lower))
  }

  private static func gain(_ places: [Int], _ upper: Range<Int>, _ lower: Range<Int>) -> Int {
    if upper.isEmpty || lower.isEmpty { return 0 }
    var below = upper.lowerBound
    var upTo = upper.lowerBound
    var gain = 0
    for index in lower {
      let place = places[index]
      while below < upper.upperBound, places[below] < place { below += 1 }
      upTo = max(upTo, below)
      while upTo < upper.upperBound, places[upTo] <= place { upTo += 1 }
      // Those further down cross; those further up would cross after a change of places.
      gain += upper.upperBound - upTo - (below - upper.lowerBound)
    }
    return gain
  }

  /// What comparing two vertices costs.
  func cost(_ vertex: Int) -> Int { graph.left.degree(vertex) + graph.right.degree(vertex) }
}
