/// Orders each layer so that few edges cross.
///
/// Sweeps by median and mean from several starts; the best orders are polished layer by layer, and the best of all is
/// disturbed and polished again. The effort is counted in edges looked at and not in seconds, so that the same graph
/// gives the same picture on every machine.
struct CrossingReduction {
  private let graph: LayeredGraph
  private var polish: LayerPolish
  private var best: LayerOrder
  private var bestCrossings: Int
  private var effort: Int
  private var random = SplitMix(seed: 0x11EA6E)

  /// The best order found.
  static func order(_ graph: LayeredGraph) -> (order: LayerOrder, crossings: Int) {
    var reduction = CrossingReduction(graph)
    if reduction.bestCrossings > 0 { reduction.run() }
    return (reduction.best, reduction.bestCrossings)
  }

  private init(_ graph: LayeredGraph) {
    self.graph = graph
    polish = LayerPolish(graph)
    best = StartOrder.depthFirst.order(graph)
    bestCrossings = best.crossings(graph)
    effort = 4_000_000 + 400 * graph.right.total
  }

  /// Rounds of sweeps without success before a start is given up.
  private static let patience = 4
  /// Disturbances without success before the best is taken for good.
  private static let disturbanceLimit = 2_000

  private mutating func run() {
    var candidates: [(order: LayerOrder, crossings: Int)] = []
    for start in StartOrder.allCases {
      for key in LayerSweep.Key.allCases {
        candidates.append(swept(start.order(graph), key))
        if bestCrossings == 0 { return }
      }
    }
    candidates.sort { $0.crossings < $1.crossings }
    for (order, crossings) in candidates.prefix(3) {
      var order = order
      polish.touchAll()
      settle(&order, crossings, share: 4)
      if bestCrossings == 0 { return }
    }
    disturb()
  }

  /// Sweeps from side to side while that helps, and returns the best order on the way.
  private mutating func swept(_ start: LayerOrder, _ key: LayerSweep.Key) -> (LayerOrder, Int) {
    var order = start
    var least = (order: order, crossings: order.crossings(graph))
    var stale = 0
    var round = 0
    while stale <= Self.patience, effort > 0, least.crossings > 0 {
      LayerSweep(key: key, rightwards: round.isMultiple(of: 2), reversesTies: round % 4 >= 2).sweep(&order, of: graph)
      let crossings = order.crossings(graph)
      effort -= 4 * graph.right.total
      if crossings < least.crossings {
        least = (order, crossings)
        stale = 0
      } else {
        stale += 1
      }
      round += 1
    }
    keep(least.order, least.crossings)
    return least
  }

  /// Polishes `order` with at most a part of the effort left.
  private mutating func settle(_ order: inout LayerOrder, _ crossings: Int, share: Int) {
    let before = polish.work
    let gain = polish.polish(&order, limit: effort / share)
    effort -= polish.work - before
    keep(order, crossings - gain)
  }

  /// Also takes another order that is as good, which leads on over level ground.
  private mutating func keep(_ order: LayerOrder, _ crossings: Int) {
    if crossings <= bestCrossings { (best, bestCrossings) = (order, crossings) }
  }

  /// Shuffles stretches of the best order and polishes what comes of it.
  private mutating func disturb() {
    var failures = 0
    while bestCrossings > 0, effort > 0, failures < Self.disturbanceLimit {
      var order = best
      let before = bestCrossings
      for _ in 0..<Int.random(in: 1...3, using: &random) { shuffle(&order) }
      let crossings = order.crossings(graph)
      effort -= graph.right.total * 2
      settle(&order, crossings, share: 1)
      failures = bestCrossings < before ? 0 : failures + 1
    }
  }

  private mutating func shuffle(_ order: inout LayerOrder) {
    let layer = Int.random(in: order.layers.indices, using: &random)
    var vertices = order.layers[layer]
    guard vertices.count > 1 else { return }
    let length = min(vertices.count, Int.random(in: 2...12, using: &random))
    let start = Int.random(in: 0...vertices.count - length, using: &random)
    vertices[start..<start + length].shuffle(using: &random)
    order.replace(layer, by: vertices)
    polish.touch(layer)
    // Every other time the layers beside follow, since a long edge only gets elsewhere as a whole.
    if Bool.random(using: &random) { return }
    let reach = Int.random(in: 1...6, using: &random)
    let after = layer + 1..<min(order.layers.count, layer + 1 + reach)
    let before = max(0, layer - reach)..<layer
    LayerSweep(key: .mean, rightwards: true, reversesTies: false).sweep(
      &order, of: graph, layers: max(1, after.lowerBound)..<max(after.upperBound, max(1, after.lowerBound)))
    LayerSweep(key: .mean, rightwards: false, reversesTies: false).sweep(&order, of: graph, layers: before)
    for near in before { polish.touch(near) }
    for near in after { polish.touch(near) }
    effort -= graph.right.total
  }
}
