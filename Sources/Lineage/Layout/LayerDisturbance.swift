/// Shuffles stretches of an order, so that polishing it again may lead to a better one.
struct LayerDisturbance {
  private let graph: LayeredGraph
  /// Crossings between each layer and the next.
  private var crossings: [Int] = []
  /// Edges looked at so far.
  private(set) var work = 0
  private var random = SplitMix(seed: 0x11EA6E)

  init(_ graph: LayeredGraph) { self.graph = graph }

  /// Says which order is going to be disturbed.
  mutating func look(at order: LayerOrder) {
    crossings = order.crossings(graph, after: order.layers.indices.dropLast())
  }

  /// Shuffles one to three stretches; returns the layers that changed, and how many crossings that made.
  mutating func disturb(_ order: inout LayerOrder) -> (layers: [Int], growth: Int) {
    var isChanged = [Bool](repeating: false, count: order.layers.count)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      for layer in shuffle(&order) { isChanged[layer] = true }
    }
    let changed = isChanged.indices.filter { isChanged[$0] }
    let beside = crossings.indices.filter { isChanged[$0] || isChanged[$0 + 1] }
    let growth = zip(beside, order.crossings(graph, after: beside)).reduce(0) { $0 + $1.1 - crossings[$1.0] }
    work += beside.reduce(order.layers.count) { sum, layer in
      sum + 4 * order.layers[layer].reduce(0) { $0 + graph.right.degree($1) }
    }
    return (changed, growth)
  }

  private mutating func shuffle(_ order: inout LayerOrder) -> Range<Int> {
    let layer = Bool.random(using: &random) ? crossed() : Int.random(in: order.layers.indices, using: &random)
    var vertices = order.layers[layer]
    guard vertices.count > 1 else { return layer..<layer }
    let length = min(vertices.count, Int.random(in: 2...12, using: &random))
    let start = Int.random(in: 0...vertices.count - length, using: &random)
    vertices[start..<start + length].shuffle(using: &random)
    order.replace(layer, by: vertices)
    // Every other time the layers beside follow, since a long edge only gets elsewhere as a whole.
    if Bool.random(using: &random) { return layer..<layer + 1 }
    let reach = Int.random(in: 1...6, using: &random)
    let last = order.layers.count - 1
    let after = layer + 1..<min(last, layer + reach) + 1
    let before = max(0, layer - reach)..<layer
    LayerSweep(key: .mean, rightwards: true, reversesTies: false).sweep(&order, of: graph, layers: after)
    LayerSweep(key: .mean, rightwards: false, reversesTies: false).sweep(&order, of: graph, layers: before)
    return before.lowerBound..<after.upperBound
  }

  /// A layer at which edges cross, one with many crossings more often.
  private mutating func crossed() -> Int {
    var left = Int.random(in: 0..<max(1, crossings.reduce(0, +)), using: &random)
    for (layer, count) in crossings.enumerated() {
      left -= count
      if left < 0 { return layer + Int.random(in: 0...1, using: &random) }
    }
    return 0
  }
}
