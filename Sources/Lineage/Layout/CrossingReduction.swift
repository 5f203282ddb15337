/// Orders each layer so that few edges cross.
///
/// Sweeps by median and mean from several starts; the best orders are polished layer by layer, and then disturbed and
/// polished again and again. The effort is counted in edges looked at and not in seconds, so that the same graph gives the
/// same picture on every machine.
struct CrossingReduction {
  private let graph: LayeredGraph
  private var polish: LayerPolish
  private var best: LayerOrder
  private var bestCrossings: Int
  private var effort: Int
  private var disturbance: LayerDisturbance
  private var random = SplitMix(seed: 7)

  /// The best order found.
  static func order(_ graph: LayeredGraph) -> (order: LayerOrder, crossings: Int) {
    var reduction = CrossingReduction(graph)
    if reduction.bestCrossings > 0 { reduction.run() }
    return (reduction.best, reduction.bestCrossings)
  }

  private init(_ graph: LayeredGraph) {
    self.graph = graph
    polish = LayerPolish(graph)
    disturbance = LayerDisturbance(graph)
    best = StartOrder.depthFirst.order(graph)
    bestCrossings = best.crossings(graph)
    effort = Self.effort(for: graph)
  }

  /// Enough for a graph of any size to be swept, and for one with wide layers to be sifted some tens of times.
  private static func effort(for graph: LayeredGraph) -> Int {
    let sifting = graph.layers.reduce(0) { sum, layer in
      sum + layer.count * layer.reduce(0) { $0 + graph.left.degree($1) + graph.right.degree($1) }
    }
    return 4_000_000 + 400 * graph.right.total + min(10_000_000, 40 * sifting)
  }

  /// Rounds of sweeps without success before a start is given up.
  private static let patience = 4
  /// Disturbances without success before an order is taken for good: fewer where there is little to disturb.
  private var disturbanceLimit: Int { min(2_000, 10 * graph.right.total) }
  /// Starts by chance at most.
  private static let startLimit = 50
  /// How far vertices are moved after a disturbance, which is as local.
  private static let disturbanceReach = 8

  private mutating func run() {
    var candidates: [(order: LayerOrder, crossings: Int)] = []
    for start in StartOrder.allCases {
      for key in LayerSweep.Key.allCases {
        candidates.append(swept(start.order(graph), key))
        if bestCrossings == 0 { return }
      }
    }
    // An eighth of the effort goes to starts by chance: some graphs have one twist that no walk through them avoids.
    let rest = effort - effort / 8
    for _ in 0..<Self.startLimit where effort > rest && bestCrossings > 0 {
      let start = StartOrder.shuffled(graph, using: &random)
      candidates.append(swept(start, Bool.random(using: &random) ? .mean : .median))
    }
    candidates.sort { $0.crossings < $1.crossings }
    for key in LayerSweep.Key.allCases {
      candidates.append(swept(candidates[0].order, key, exchanges: true))
      if bestCrossings == 0 { return }
    }
    candidates.sort { $0.crossings < $1.crossings }
    for (order, crossings) in candidates.prefix(3) {
      var order = order
      polish.touchAll()
      _ = settle(&order, crossings, limit: effort / 4)
      if bestCrossings == 0 { return }
    }
    disturb()
    // Single vertices may still have a better place far off.
    var order = best
    polish.touchAll()
    _ = settle(&order, bestCrossings, limit: max(effort, 200 * graph.right.total))
  }

  /// Sweeps from side to side while that helps, and returns the best order on the way.
  private mutating func swept(_ start: LayerOrder, _ key: LayerSweep.Key, exchanges: Bool = false) -> (LayerOrder, Int)
  {
    var order = start
    var least = (order: order, crossings: order.crossings(graph))
    var stale = 0
    var round = 0
    while stale <= Self.patience, effort > 0, least.crossings > 0 {
      LayerSweep(key: key, rightwards: round.isMultiple(of: 2), reversesTies: round % 4 >= 2).sweep(&order, of: graph)
      var crossings = order.crossings(graph)
      effort -= 4 * graph.right.total
      if exchanges {
        polish.touchAll()
        crossings = settle(&order, crossings, reach: 0, limit: effort / 8)
      }
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

  /// Polishes `order`, looking at no more than `limit` edges; returns its crossings.
  private mutating func settle(_ order: inout LayerOrder, _ crossings: Int, reach: Int = .max, limit: Int) -> Int {
    let before = polish.work
    let crossings = crossings - polish.polish(&order, reach: reach, limit: limit)
    effort -= polish.work - before
    keep(order, crossings)
    return crossings
  }

  /// Also takes another order that is as good, which leads on over level ground.
  private mutating func keep(_ order: LayerOrder, _ crossings: Int) {
    if crossings <= bestCrossings { (best, bestCrossings) = (order, crossings) }
  }

  /// Shuffles stretches of the best order and polishes what comes of it.
  ///
  /// Goes on from a slightly worse order too, at first, since the way to a better one may lead over it.
  private mutating func disturb() {
    var (current, currentCrossings) = (best, bestCrossings)
    var failures = 0
    let whole = max(1, effort)
    disturbance.look(at: current)
    while bestCrossings > 0, effort > 0, failures < disturbanceLimit {
      var order = current
      let before = (best: bestCrossings, work: disturbance.work)
      let (layers, growth) = disturbance.disturb(&order)
      for layer in layers { polish.touch(layer) }
      effort -= disturbance.work - before.work + graph.vertexCount / 4
      let crossings = settle(
        &order, currentCrossings + growth, reach: Self.disturbanceReach, limit: max(0, effort))
      failures = bestCrossings < before.best ? 0 : failures + 1
      if crossings <= bestCrossings + 1 + bestCrossings * max(0, effort) / whole / 50 {
        (current, currentCrossings) = (order, crossings)
        disturbance.look(at: current)
        effort -= graph.right.total
      }
    }
  }
}
