/// Lists of neighbours in two flat arrays.
struct Adjacency: Sendable {
  private let offsets: [Int]
  private let targets: [Int]

  /// The neighbours of `count` vertices; each keeps the order of `pairs`.
  init(count: Int, pairs: some Sequence<(from: Int, to: Int)>) {
    var offsets = [Int](repeating: 0, count: count + 1)
    var total = 0
    for pair in pairs {
      offsets[pair.from + 1] += 1
      total += 1
    }
    for index in 0..<count { offsets[index + 1] += offsets[index] }
    var next = offsets
    var targets = [Int](repeating: 0, count: total)
    for pair in pairs {
      targets[next[pair.from]] = pair.to
      next[pair.from] += 1
    }
    self.offsets = offsets
    self.targets = targets
  }

  subscript(vertex: Int) -> ArraySlice<Int> { targets[span(vertex)] }

  func degree(_ vertex: Int) -> Int { offsets[vertex + 1] - offsets[vertex] }

  /// Where the neighbours of `vertex` lie among those of all.
  func span(_ vertex: Int) -> Range<Int> { offsets[vertex]..<offsets[vertex + 1] }

  /// Neighbours of all vertices together.
  var total: Int { targets.count }
}
