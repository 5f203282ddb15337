/// The order of the vertices within each layer.
struct LayerOrder {
  /// By layer, from top to bottom.
  private(set) var layers: [[Int]]
  /// By vertex, its place in its layer.
  private(set) var position: [Int]

  init(layers: [[Int]], vertexCount: Int) {
    self.layers = layers
    position = [Int](repeating: 0, count: vertexCount)
    for layer in layers.indices { renumber(layer) }
  }

  mutating func replace(_ layer: Int, by order: [Int]) {
    layers[layer] = order
    renumber(layer)
  }

  private mutating func renumber(_ layer: Int) {
    for (place, vertex) in layers[layer].enumerated() { position[vertex] = place }
  }

  func crossings(_ graph: LayeredGraph) -> Int { crossings(graph, after: layers.indices.dropLast()).reduce(0, +) }

  /// Crossings between each of these layers and the next.
  func crossings(_ graph: LayeredGraph, after some: some Sequence<Int>) -> [Int] {
    var counter = CrossingCounter()
    return some.map { layer in
      counter.count(layers[layer], right: graph.right, position: position, width: layers[layer + 1].count)
    }
  }
}
