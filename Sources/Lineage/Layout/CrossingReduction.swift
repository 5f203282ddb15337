/// Orders each layer so that few edges cross: sweeps by median and mean, neighbours exchanged, vertices sifted.
///
/// Several starts, and disturbances of the best order found, within an effort that is counted in edges looked at and not
/// in seconds, so that the same graph gives the same picture on every machine.
struct CrossingReduction {
  private let graph: LayeredGraph
  private var current: LayerOrder
  private var places: NeighbourPlaces
  private var best: LayerOrder
  private var bestCrossings: Int
  private var effort: Int
  private var random = SplitMix(seed: 0x11EA6E)

  /// The best order found.
  static func order(_ graph: LayeredGraph) -> (order: LayerOrder, crossings: Int) {
    var reduction = CrossingReduction(graph)
    reduction.run()
    return (reduction.best, reduction.bestCrossings)
  }

  private init(_ graph: LayeredGraph) {
    self.graph = graph
    current = LayerOrder(layers: graph.layers, vertexCount: graph.vertexCount)
    places = NeighbourPlaces(graph)
    best = current
    bestCrossings = current.crossings(graph)
    effort = (Int(CommandLine.arguments.last ?? "") ?? 4) * 1_000_000 + 300 * graph.right.total
  }

  private enum Key: CaseIterable { case median, mean }

  private mutating func run() {
    for walk in StartOrder.allCases {
      for key in Key.allCases {
        guard bestCrossings > 0, effort > 0 else { return }
        current = walk.order(graph)
        settle(key, patience: 4)
      }
    }
    var disturbance = 0
    while bestCrossings > 0, effort > 0, disturbance < 400 {
      let before = bestCrossings
      current = best
      disturb(disturbance)
      settle(disturbance.isMultiple(of: 2) ? .mean : .median, patience: 1)
      disturbance = bestCrossings < before ? 0 : disturbance + 1
    }
  }

  /// Sweeps from side to side until nothing has got better for `patience` rounds.
  private mutating func settle(_ key: Key, patience: Int) {
    var least = Int.max
    var stale = 0
    var round = 0
    while stale <= patience, effort > 0 {
      sweep(key, rightwards: round.isMultiple(of: 2), reversesTies: round % 4 >= 2)
      exchange()
      var crossings = countCrossings()
      if crossings < least || crossings <= bestCrossings + bestCrossings / 8 {
        sift()
        crossings = countCrossings()
      }
      if crossings < least {
        least = crossings
        stale = 0
      } else {
        stale += 1
      }
      round += 1
      if least == 0 { return }
    }
  }

  private mutating func countCrossings() -> Int {
    let crossings = current.crossings(graph)
    effort -= graph.right.total
    if crossings < bestCrossings {
      best = current
      bestCrossings = crossings
    }
    return crossings
  }

  // MARK: Sweeps

  /// Sorts each layer by where its neighbours on one side stand.
  private mutating func sweep(_ key: Key, rightwards: Bool, reversesTies: Bool) {
    let neighbours = rightwards ? graph.left : graph.right
    let order = rightwards ? Array(current.layers.indices.dropFirst()) : current.layers.indices.dropLast().reversed()
    for layer in order {
      let vertices = current.layers[layer]
      // A vertex without neighbours on that side keeps its place.
      var slots: [Int] = []
      var keyed: [(key: Double, place: Int, vertex: Int)] = []
      for (place, vertex) in vertices.enumerated() where neighbours.degree(vertex) > 0 {
        slots.append(place)
        keyed.append((value(key, of: neighbours[vertex]), reversesTies ? -place : place, vertex))
      }
      keyed.sort { ($0.key, $0.place) < ($1.key, $1.place) }
      var sorted = vertices
      for (slot, entry) in zip(slots, keyed) { sorted[slot] = entry.vertex }
      current.replace(layer, by: sorted)
    }
    effort -= 2 * graph.right.total
  }

  private func value(_ key: Key, of neighbours: ArraySlice<Int>) -> Double {
    switch key {
    case .mean:
      return Double(neighbours.reduce(0) { $0 + current.position[$1] }) / Double(neighbours.count)
    case .median:
      if neighbours.count == 1, let only = neighbours.first { return Double(current.position[only]) }
      let places = neighbours.map { current.position[$0] }.sorted()
      let middle = places.count / 2
      if !places.count.isMultiple(of: 2) { return Double(places[middle]) }
      let (lower, upper) = (Double(places[middle - 1]), Double(places[middle]))
      if places.count == 2 { return (lower + upper) / 2 }
      // Nearer to the side where the neighbours stand closer together.
      let (before, after) = (lower - Double(places[0]), Double(places[places.count - 1]) - upper)
      return before + after == 0 ? (lower + upper) / 2 : (lower * after + upper * before) / (before + after)
    }
  }

  // MARK: Exchanges

  /// Exchanges neighbours in a layer while that removes crossings.
  private mutating func exchange() {
    var improved = true
    while improved, effort > 0 {
      improved = false
      for layer in current.layers.indices where exchange(in: layer) { improved = true }
    }
  }

  private mutating func exchange(in layer: Int) -> Bool {
    var vertices = current.layers[layer]
    guard vertices.count > 1 else { return false }
    places.look(at: layer, in: current)
    var improved = false
    var again = true
    while again, effort > 0 {
      again = false
      for upper in 0..<vertices.count - 1 {
        effort -= places.cost(vertices[upper]) + places.cost(vertices[upper + 1])
        if places.gain(upper: vertices[upper], lower: vertices[upper + 1]) > 0 {
          vertices.swapAt(upper, upper + 1)
          again = true
        }
      }
      if again { improved = true }
    }
    if improved { current.replace(layer, by: vertices) }
    return improved
  }

  // MARK: Sifting

  /// Moves each vertex to the best place in its layer while that removes crossings.
  private mutating func sift() {
    var improved = true
    while improved, effort > 0 {
      improved = false
      for layer in current.layers.indices where sift(in: layer) { improved = true }
    }
  }

  private mutating func sift(in layer: Int) -> Bool {
    var vertices = current.layers[layer]
    let cost = vertices.count * vertices.reduce(0) { $0 + places.cost($1) }
    guard vertices.count > 2, cost < effort else { return false }
    effort -= cost
    places.look(at: layer, in: current)
    var improved = false
    for vertex in current.layers[layer] {
      guard let from = vertices.firstIndex(of: vertex) else { continue }
      var to = from
      var least = 0
      var sum = 0
      for place in stride(from: from - 1, through: 0, by: -1) {
        sum += places.gain(upper: vertex, lower: vertices[place])
        if sum < least { (least, to) = (sum, place) }
      }
      sum = 0
      for place in from + 1..<max(from + 1, vertices.count) {
        sum += places.gain(upper: vertices[place], lower: vertex)
        if sum < least { (least, to) = (sum, place) }
      }
      guard to != from else { continue }
      vertices.remove(at: from)
      vertices.insert(vertex, at: to)
      improved = true
    }
    if improved { current.replace(layer, by: vertices) }
    return improved
  }

  // MARK: Disturbances

  /// Shuffles a stretch of one or a few layers.
  private mutating func disturb(_ number: Int) {
    for _ in 0...number % 3 {
      let layer = Int.random(in: current.layers.indices, using: &random)
      var vertices = current.layers[layer]
      guard vertices.count > 1 else { continue }
      let length = min(vertices.count, Int.random(in: 2...12, using: &random))
      let start = Int.random(in: 0...vertices.count - length, using: &random)
      vertices[start..<start + length].shuffle(using: &random)
      current.replace(layer, by: vertices)
    }
  }
}
