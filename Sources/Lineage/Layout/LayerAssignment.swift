/// Gives every vertex a layer so that edges lead from left to right and are short.
struct LayerAssignment {
  /// An edge that leads to the right; the reverse of one that would close a cycle.
  struct Edge: Hashable {
    let tail: Int
    let head: Int
  }

  /// By vertex, from 0.
  private(set) var layer: [Int]
  /// Without self loops and repetitions, sorted.
  let edges: [Edge]

  init(count: Int, links: [LineageGraph.Link]) {
    let (order, backward) = Self.traverse(count: count, links: links)
    var unique = Set<Edge>()
    for (link, isBackward) in zip(links, backward) where link.child != link.parent {
      unique.insert(isBackward ? Edge(tail: link.parent, head: link.child) : Edge(tail: link.child, head: link.parent))
    }
    edges = unique.sorted { ($0.tail, $0.head) < ($1.tail, $1.head) }
    let heads = Adjacency(count: count, pairs: edges.lazy.map { (from: $0.tail, to: $0.head) })
    let tails = Adjacency(count: count, pairs: edges.lazy.map { (from: $0.head, to: $0.tail) })
    layer = [Int](repeating: 0, count: count)
    for vertex in order {
      for head in heads[vertex] { layer[head] = max(layer[head], layer[vertex] + 1) }
    }
    shorten(order: order, heads: heads, tails: tails)
  }

  /// The place of the edge from `tail` to `head` among `edges`.
  func index(ofEdge tail: Int, _ head: Int) -> Int? {
    var low = 0
    var high = edges.count
    while low < high {
      let middle = (low + high) / 2
      if (edges[middle].tail, edges[middle].head) < (tail, head) { low = middle + 1 } else { high = middle }
    }
    return low < edges.count && edges[low] == Edge(tail: tail, head: head) ? low : nil
  }

  /// Passes after which the layers are taken as they are.
  private static let passLimit = 16

  /// Moves vertices within the room their neighbours leave, towards the side with more of them.
  private mutating func shorten(order: [Int], heads: Adjacency, tails: Adjacency) {
    for _ in 0..<Self.passLimit {
      var moved = false
      for vertex in order.reversed() where heads.degree(vertex) > tails.degree(vertex) {
        let room = heads[vertex].map { layer[$0] - 1 }.min() ?? layer[vertex]
        if room > layer[vertex] {
          layer[vertex] = room
          moved = true
        }
      }
      for vertex in order where tails.degree(vertex) > heads.degree(vertex) {
        let room = tails[vertex].map { layer[$0] + 1 }.max() ?? layer[vertex]
        if room < layer[vertex] {
          layer[vertex] = room
          moved = true
        }
      }
      if !moved { break }
    }
  }

  /// A topological order of the vertices, and which links lead back to where a depth-first walk came from.
  private static func traverse(count: Int, links: [LineageGraph.Link]) -> (order: [Int], backward: [Bool]) {
    let outgoing = Adjacency(count: count, pairs: links.enumerated().lazy.map { (from: $1.child, to: $0) })
    var hasChild = [Bool](repeating: false, count: count)
    for link in links where link.child != link.parent { hasChild[link.parent] = true }
    var state = [UInt8](repeating: 0, count: count)  // 0 unseen, 1 on the way, 2 done
    var backward = [Bool](repeating: false, count: links.count)
    var finished: [Int] = []
    var path: [(vertex: Int, next: Int)] = []
    // From the children that nothing comes from, so that a cycle is cut where it leads back.
    for start in (0..<count).filter({ !hasChild[$0] }) + Array(0..<count) where state[start] == 0 {
      path.append((start, 0))
      state[start] = 1
      while let (vertex, next) = path.last {
        let leaving = outgoing[vertex]
        guard next < leaving.count else {
          state[vertex] = 2
          finished.append(vertex)
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let link = leaving[leaving.startIndex + next]
        let parent = links[link].parent
        if state[parent] == 1 {
          backward[link] = true
        } else if state[parent] == 0 {
          state[parent] = 1
          path.append((parent, 0))
        }
      }
    }
    return (finished.reversed(), backward)
  }
}
