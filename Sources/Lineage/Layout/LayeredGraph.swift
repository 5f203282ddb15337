/// A graph whose edges all lead from one layer to the next: a longer one is cut by a bend in every layer it passes.
struct LayeredGraph: Sendable {
  /// Vertices below this are nodes, the others bends.
  let nodeCount: Int
  /// By vertex.
  let layer: [Int]
  /// Vertices by layer, in the order they came.
  let layers: [[Int]]
  /// Neighbours in the layer before and in the layer after.
  let left: Adjacency
  let right: Adjacency
  /// For each edge its bends, from tail to head; nil for one that is drawn straight because there are too many.
  let bends: [Range<Int>?]

  var vertexCount: Int { layer.count }

  func isBend(_ vertex: Int) -> Bool { vertex >= nodeCount }

  /// Bends above which the longest edges are drawn straight, so that no record can make the layout run for minutes.
  static let bendLimit = 60_000

  init(_ assignment: LayerAssignment) {
    nodeCount = assignment.layer.count
    var layer = assignment.layer
    var segments: [(from: Int, to: Int)] = []
    var bends = [Range<Int>?](repeating: nil, count: assignment.edges.count)
    let longest = Self.longestBent(assignment)
    for (index, edge) in assignment.edges.enumerated() {
      let span = layer[edge.head] - layer[edge.tail]
      guard span <= longest else { continue }
      let first = layer.count
      for step in stride(from: 1, to: span, by: 1) { layer.append(layer[edge.tail] + step) }
      let chain = first..<layer.count
      var last = edge.tail
      for bend in chain {
        segments.append((last, bend))
        last = bend
      }
      segments.append((last, edge.head))
      bends[index] = chain
    }
    var layers = [[Int]](repeating: [], count: (layer.max() ?? -1) + 1)
    for (vertex, number) in layer.enumerated() { layers[number].append(vertex) }
    self.layer = layer
    self.layers = layers
    self.bends = bends
    right = Adjacency(count: layer.count, pairs: segments)
    left = Adjacency(count: layer.count, pairs: segments.lazy.map { (from: $0.to, to: $0.from) })
  }

  /// The longest span whose edges still get bends.
  private static func longestBent(_ assignment: LayerAssignment) -> Int {
    let spans = assignment.edges.map { assignment.layer[$0.head] - assignment.layer[$0.tail] }.sorted()
    var bends = 0
    for span in spans {
      bends += span - 1
      if bends > bendLimit { return span - 1 }
    }
    return Int.max
  }
}
