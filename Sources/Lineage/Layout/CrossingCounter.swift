/// Counts how often edges between two layers cross, in the time it takes to sort them.
struct CrossingCounter {
  /// How many of the positions seen so far lie in each range, as a Fenwick tree.
  private var tree: [Int] = []

  /// Crossings between the vertices of one layer, in order, and those of the next; `position` gives places in the next.
  mutating func count(_ layer: [Int], right: Adjacency, position: [Int], width: Int) -> Int {
    tree.removeAll(keepingCapacity: true)
    tree.append(contentsOf: repeatElement(0, count: width + 1))
    var crossings = 0
    var seen = 0
    for vertex in layer {
      let neighbours = right[vertex]
      // First asked, then entered: two edges of one vertex do not cross.
      for neighbour in neighbours { crossings += seen - upTo(position[neighbour]) }
      for neighbour in neighbours { enter(position[neighbour]) }
      seen += neighbours.count
    }
    return crossings
  }

  /// How many entered positions are at most `place`.
  private func upTo(_ place: Int) -> Int {
    var index = place + 1
    var sum = 0
    while index > 0 {
      sum += tree[index]
      index &= index - 1
    }
    return sum
  }

  private mutating func enter(_ place: Int) {
    var index = place + 1
    while index < tree.count {
      tree[index] += 1
      index += index & -index
    }
  }
}
