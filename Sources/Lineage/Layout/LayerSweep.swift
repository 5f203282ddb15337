/// Sorts layers by where their neighbours in the layer before stand, from one side of the graph to the other.
struct LayerSweep {
  /// What a vertex is sorted by.
  enum Key: CaseIterable {
    case median
    case mean
  }

  let key: Key
  let rightwards: Bool
  /// Whether vertices with the same key change their order, which leads out of dead ends.
  let reversesTies: Bool

  func sweep(_ order: inout LayerOrder, of graph: LayeredGraph) {
    let layers = order.layers.indices
    sweep(&order, of: graph, layers: rightwards ? layers.dropFirst() : layers.dropLast())
  }

  /// Sorts only `layers`.
  func sweep(_ order: inout LayerOrder, of graph: LayeredGraph, layers: Range<Int>) {
    if rightwards {
      for layer in layers { sort(layer, by: graph.left, &order) }
    } else {
      for layer in layers.reversed() { sort(layer, by: graph.right, &order) }
    }
  }

  private func sort(_ layer: Int, by neighbours: Adjacency, _ order: inout LayerOrder) {
    var vertices = order.layers[layer]
    // A vertex without neighbours on that side keeps its place.
    var slots: [Int] = []
    var entries: [(key: Double, place: Int, vertex: Int)] = []
    for (place, vertex) in vertices.enumerated() where neighbours.degree(vertex) > 0 {
      slots.append(place)
      let value = value(of: neighbours[vertex], order.position)
      entries.append((value, reversesTies ? -place : place, vertex))
    }
    entries.sort { ($0.key, $0.place) < ($1.key, $1.place) }
    for (slot, entry) in zip(slots, entries) { vertices[slot] = entry.vertex }
    order.replace(layer, by: vertices)
  }

  private func value(of neighbours: ArraySlice<Int>, _ position: [Int]) -> Double {
    switch key {
    case .mean: Double(neighbours.reduce(0) { $0 + position[$1] }) / Double(neighbours.count)
    case .median: Self.median(neighbours.map { position[$0] }.sorted())
    }
  }

  /// The middle of `places`; between two, nearer to the side where the others stand closer together.
  private static func median(_ places: [Int]) -> Double {
    let middle = places.count / 2
    if !places.count.isMultiple(of: 2) { return Double(places[middle]) }
    let (lower, upper) = (Double(places[middle - 1]), Double(places[middle]))
    let (before, after) = (lower - Double(places[0]), Double(places[places.count - 1]) - upper)
    return before + after == 0 ? (lower + upper) / 2 : (lower * after + upper * before) / (before + after)
  }
}
