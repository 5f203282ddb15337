/// Gives every vertex a height on the page, keeping the order of its layer and long edges straight.
///
/// After Brandes and Köpf: four placements, each aligned to the neighbours on one side from one end; the mean of the
/// middle two keeps every distance that all four keep.
struct VerticalPlacement {
  private let graph: LayeredGraph
  private let order: LayerOrder
  /// Half the height of each vertex, with half of the room around it.
  private let reach: [Double]
  private let crossedBends: Set<Segment>

  private struct Segment: Hashable {
    let left: Int
    let right: Int
  }

  /// The middle of each vertex; `reach` is the least distance from a middle to the border with the next vertex.
  static func centres(_ graph: LayeredGraph, order: LayerOrder, reach: [Double]) -> [Double] {
    VerticalPlacement(graph, order: order, reach: reach).centres()
  }

  private init(_ graph: LayeredGraph, order: LayerOrder, reach: [Double]) {
    self.graph = graph
    self.order = order
    self.reach = reach
    crossedBends = Self.crossedBends(graph, order)
  }

  private func centres() -> [Double] {
    var placements: [[Double]] = []
    for fromLeft in [true, false] {
      for fromTop in [true, false] {
        placements.append(placement(fromLeft: fromLeft, fromTop: fromTop))
      }
    }
    align(&placements)
    return (0..<graph.vertexCount).map { vertex in
      let heights = placements.map { $0[vertex] }.sorted()
      return (heights[1] + heights[2]) / 2
    }
  }

  /// Moves the placements to the flattest of them: those from the top at their top, the others at their bottom.
  private func align(_ placements: inout [[Double]]) {
    func extent(_ placement: [Double]) -> (top: Double, bottom: Double) {
      var top = Double.infinity
      var bottom = -Double.infinity
      for (vertex, centre) in placement.enumerated() {
        top = min(top, centre - reach[vertex])
        bottom = max(bottom, centre + reach[vertex])
      }
      return (top, bottom)
    }
    let extents = placements.map(extent)
    guard let flattest = extents.min(by: { $0.bottom - $0.top < $1.bottom - $1.top }) else { return }
    for index in placements.indices {
      let fromTop = index.isMultiple(of: 2)
      let shift = fromTop ? flattest.top - extents[index].top : flattest.bottom - extents[index].bottom
      for vertex in placements[index].indices { placements[index][vertex] += shift }
    }
  }

  /// Segments that cross one between two bends, which stays straight at their cost.
  private static func crossedBends(_ graph: LayeredGraph, _ order: LayerOrder) -> Set<Segment> {
    var crossed: Set<Segment> = []
    for layer in order.layers.indices.dropFirst() {
      let vertices = order.layers[layer]
      var from = 0
      var next = 0
      for (place, vertex) in vertices.enumerated() {
        let before = graph.isBend(vertex) ? graph.left[vertex].first { graph.isBend($0) } : nil
        guard before != nil || place == vertices.count - 1 else { continue }
        let to = before.map { order.position[$0] } ?? order.layers[layer - 1].count - 1
        while next <= place {
          for neighbour in graph.left[vertices[next]] where !(from...max(from, to)).contains(order.position[neighbour])
          {
            if !(graph.isBend(neighbour) && graph.isBend(vertices[next])) {
              crossed.insert(Segment(left: neighbour, right: vertices[next]))
            }
          }
          next += 1
        }
        from = max(from, to)
      }
    }
    return crossed
  }

  // MARK: One placement

  private func placement(fromLeft: Bool, fromTop: Bool) -> [Double] {
    let blocks = alignment(fromLeft: fromLeft, fromTop: fromTop)
    return compaction(blocks, fromTop: fromTop)
  }

  /// The block of each vertex: vertices of one block, at most one in each layer, get one height.
  private func alignment(fromLeft: Bool, fromTop: Bool) -> [Int] {
    var root = Array(0..<graph.vertexCount)
    var isTaken = [Bool](repeating: false, count: graph.vertexCount)
    let walk = fromLeft ? Array(order.layers.indices.dropFirst()) : order.layers.indices.dropLast().reversed()
    let sides = fromLeft ? graph.left : graph.right
    for layer in walk {
      // The last place that was aligned with, in the direction of the walk.
      var last = fromTop ? -1 : Int.max
      for vertex in fromTop ? order.layers[layer] : order.layers[layer].reversed() {
        let neighbours = sides[vertex].sorted { order.position[$0] < order.position[$1] }
        guard !neighbours.isEmpty else { continue }
        let lower = neighbours[(neighbours.count - 1) / 2]
        let upper = neighbours[neighbours.count / 2]
        for median in fromTop ? [lower, upper] : [upper, lower] where root[vertex] == vertex {
          let place = order.position[median]
          let segment = fromLeft ? Segment(left: median, right: vertex) : Segment(left: vertex, right: median)
          guard !isTaken[median], fromTop ? last < place : place < last, !crossedBends.contains(segment) else {
            continue
          }
          isTaken[median] = true
          root[vertex] = root[median]
          last = place
        }
      }
    }
    return root
  }

  /// Pushes blocks together towards the walk's start, then takes slack from the other end.
  private func compaction(_ root: [Int], fromTop: Bool) -> [Double] {
    // Which block lies directly beside which, in the direction of the walk, and at what distance.
    var follows: [(from: Int, to: Int)] = []
    var distances: [Double] = []
    for layer in order.layers {
      let vertices = fromTop ? layer : layer.reversed()
      for (vertex, next) in zip(vertices, vertices.dropFirst()) {
        follows.append((root[vertex], root[next]))
        distances.append(reach[vertex] + reach[next])
      }
    }
    let after = Adjacency(count: root.count, pairs: follows.enumerated().lazy.map { (from: $1.from, to: $0) })
    var waiting = [Int](repeating: 0, count: root.count)
    for follow in follows { waiting[follow.to] += 1 }
    var queue = root.indices.filter { root[$0] == $0 && waiting[$0] == 0 }
    var place = [Double](repeating: 0, count: root.count)
    var next = 0
    while next < queue.count {
      let block = queue[next]
      next += 1
      for follow in after[block] {
        let other = follows[follow].to
        place[other] = max(place[other], place[block] + distances[follow])
        waiting[other] -= 1
        if waiting[other] == 0 { queue.append(other) }
      }
    }
    for block in queue.reversed() {
      let room = after[block].map { place[follows[$0].to] - distances[$0] }.min()
      if let room, room > place[block] { place[block] = room }
    }
    return root.map { fromTop ? place[$0] : -place[$0] }
  }
}
