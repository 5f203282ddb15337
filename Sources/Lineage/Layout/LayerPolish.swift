/// Moves vertices within single layers as long as that removes crossings.
///
/// Remembers which layers lie beside one that changed: the others are at their best already.
struct LayerPolish {
  private let graph: LayeredGraph
  private var places: NeighbourPlaces
  private var isStale: [Bool]
  /// Edges looked at so far.
  private(set) var work = 0

  init(_ graph: LayeredGraph) {
    self.graph = graph
    places = NeighbourPlaces(graph)
    isStale = [Bool](repeating: true, count: graph.layers.count)
  }

  /// Says that `layer` was changed by somebody else.
  mutating func touch(_ layer: Int) {
    for near in max(0, layer - 1)...min(isStale.count - 1, layer + 1) { isStale[near] = true }
  }

  mutating func touchAll() {
    for layer in isStale.indices { isStale[layer] = true }
  }

  /// Polishes until no layer gets better or `limit` of work is done; returns how many crossings went.
  ///
  /// A vertex is moved at most `reach` places at a time; with 0 neighbours only change places.
  mutating func polish(_ order: inout LayerOrder, reach: Int, limit: Int) -> Int {
    var gain = 0
    let end = work + limit
    while work < end, isStale.contains(true) {
      for layer in order.layers.indices where isStale[layer] {
        isStale[layer] = false
        let better = improve(layer, &order, reach: reach, end: end)
        if better > 0 {
          gain += better
          if layer > 0 { isStale[layer - 1] = true }
          if layer + 1 < isStale.count { isStale[layer + 1] = true }
        }
        if work >= end { break }
      }
    }
    return gain
  }

  private mutating func improve(_ layer: Int, _ order: inout LayerOrder, reach: Int, end: Int) -> Int {
    var vertices = order.layers[layer]
    guard vertices.count > 1 else { return 0 }
    places.look(at: layer, in: order)
    let edges = vertices.reduce(0) { $0 + places.cost($1) }
    work += edges
    var gain = exchange(&vertices, edges: edges, end: end)
    while work < end, reach > 0 {
      let more = sift(&vertices, reach: reach, edges: edges, end: end)
      if more == 0 { break }
      gain += more
    }
    if gain > 0 { order.replace(layer, by: vertices) }
    return gain
  }

  /// Lets neighbours change places.
  private mutating func exchange(_ vertices: inout [Int], edges: Int, end: Int) -> Int {
    var total = 0
    while work < end {
      var gain = 0
      for upper in 0..<vertices.count - 1 {
        let more = places.gain(upper: vertices[upper], lower: vertices[upper + 1])
        if more > 0 {
          vertices.swapAt(upper, upper + 1)
          gain += more
        }
      }
      work += 2 * edges
      if gain == 0 { break }
      total += gain
    }
    return total
  }

  /// Moves each vertex to the best place that there is for it within `reach`.
  private mutating func sift(_ vertices: inout [Int], reach: Int, edges: Int, end: Int) -> Int {
    var gain = 0
    for vertex in vertices {
      guard work < end, let from = vertices.firstIndex(of: vertex) else { break }
      let first = from - min(from, reach)
      let last = from + min(vertices.count - 1 - from, reach)
      // The vertex is compared with all between, of which the mean cost stands for theirs; finding it takes some as well.
      work += vertices.count / 8 + (last - first) * (2 + places.cost(vertex) + edges / vertices.count)
      var to = from
      var best = 0
      var sum = 0
      for place in stride(from: from - 1, through: first, by: -1) {
        sum += places.gain(upper: vertices[place], lower: vertex)
        if sum > best { (best, to) = (sum, place) }
      }
      sum = 0
      for place in stride(from: from + 1, through: last, by: 1) {
        sum += places.gain(upper: vertex, lower: vertices[place])
        if sum > best { (best, to) = (sum, place) }
      }
      guard to != from else { continue }
      vertices.remove(at: from)
      vertices.insert(vertex, at: to)
      gain += best
    }
    return gain
  }
}
