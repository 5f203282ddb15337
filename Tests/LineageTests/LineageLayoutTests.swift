import Lineage
import Testing

/// A lineage with versions that share runs and data, made from a seed.
private func randomGraph(_ seed: UInt64, nodes count: Int) throws -> LineageGraph {
  var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  func random(_ below: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % below
  }
  let kinds: [LineageKind] = [.version, .run, .dataset, .commit, .config, .environment, .image]
  let nodes = (0..<count).map { LineageNode(id: "n\($0)", kind: kinds[$0 % kinds.count], label: "node \($0)") }
  var edges: [LineageEdge] = []
  for child in 0..<count - 1 {
    for _ in 0...random(3) {
      let parent = child + 1 + random(min(12, count - child - 1))
      edges.append(LineageEdge(from: "n\(child)", to: "n\(parent)", relation: "reads"))
    }
  }
  return try LineageGraph(nodes: nodes, edges: edges)
}

@Suite struct LineageLayoutTests {
  @Test(arguments: [(1, 2), (2, 12), (3, 40), (4, 120), (5, 300)] as [(UInt64, Int)])
  func `boxes never overlap, and parents lie right of their children`(seed: UInt64, count: Int) throws {
    let graph = try randomGraph(seed, nodes: count)
    let layout = LineageLayout(graph)
    #expect(layout.boxes.count == graph.nodes.count && layout.routes.count == graph.edges.count)
    for (index, box) in layout.boxes.enumerated() {
      #expect(box.x >= 0 && box.y >= 0 && box.right <= layout.width && box.y + box.height <= layout.height)
      for other in layout.boxes[(index + 1)...] {
        let isApart =
          box.right <= other.x || other.right <= box.x || box.y + box.height <= other.y
          || other.y + other.height <= box.y
        #expect(isApart)
      }
    }
    for (link, route) in zip(graph.links, layout.routes) where !route.isBackward {
      #expect(layout.boxes[link.child].layer < layout.boxes[link.parent].layer)
    }
  }

  @Test func `the same graph gives the same picture, whatever order it came in`() throws {
    let graph = try randomGraph(9, nodes: 80)
    let shuffled = try LineageGraph(nodes: graph.nodes.reversed(), edges: graph.edges.reversed())
    #expect(LineageLayout(graph) == LineageLayout(shuffled))
  }

  @Test func `nothing, one node, a loop and a cycle are laid out`() throws {
    #expect(LineageLayout(try LineageGraph(nodes: [], edges: [])).boxes.isEmpty)
    let one = LineageNode(id: "a", kind: .run, label: "a")
    let other = LineageNode(id: "b", kind: .run, label: "b")
    #expect(LineageLayout(try LineageGraph(nodes: [one], edges: [])).boxes.count == 1)
    let edges = [("a", "a"), ("a", "b"), ("b", "a")].map { LineageEdge(from: $0.0, to: $0.1, relation: "child of") }
    let layout = LineageLayout(try LineageGraph(nodes: [one, other], edges: edges))
    #expect(layout.boxes.count == 2)
    #expect(layout.routes.count { $0.isBackward } == 1)
  }

  @Test func `a chain is drawn without a crossing`() throws {
    let nodes = (0..<20).map { LineageNode(id: "n\($0)", kind: .version, label: "v\($0)") }
    let edges = (0..<19).map { LineageEdge(from: "n\($0)", to: "n\($0 + 1)", relation: "starts from") }
    #expect(LineageLayout(try LineageGraph(nodes: nodes, edges: edges)).crossings == 0)
  }
}
