import Lineage
import Testing

@Suite struct LineageLayoutTests {
  /// What must hold of every layout.
  private static func check(_ graph: LineageGraph) -> LineageLayout {
    let layout = LineageLayout(graph)
    #expect(layout.boxes.count == graph.nodes.count && layout.routes.count == graph.edges.count)
    for (one, box) in layout.boxes.enumerated() {
      #expect(box.x >= 0 && box.y >= 0 && box.right <= layout.width && box.y + box.height <= layout.height)
      for other in layout.boxes[(one + 1)...] {
        #expect(
          box.right <= other.x || other.right <= box.x || box.y + box.height <= other.y
            || other.y + other.height <= box.y,
          "boxes overlap")
      }
    }
    for (link, route) in zip(graph.links, layout.routes) {
      if link.child == link.parent {
        #expect(route.levels.isEmpty)
        continue
      }
      let ends = [layout.boxes[link.child], layout.boxes[link.parent]].sorted { $0.layer < $1.layer }
      #expect(ends[0].layer < ends[1].layer)
      #expect(route.isBackward == (layout.boxes[link.child].layer > layout.boxes[link.parent].layer))
      #expect(route.levels.first?.from == ends[0].right && route.levels.first?.y == ends[0].middle)
      #expect(route.levels.last?.to == ends[1].x && route.levels.last?.y == ends[1].middle)
      for level in route.levels.dropFirst().dropLast() {
        let isClear = layout.boxes.allSatisfy { box in
          box.right <= level.from || level.to <= box.x || level.y <= box.y || box.y + box.height <= level.y
        }
        #expect(isClear, "an edge runs through a box")
      }
    }
    return layout
  }

  @Test(arguments: 0..<24)
  func `boxes stay apart and children left of their parents`(number: Int) throws {
    let count = 2 + number * 3
    let (nodes, edges) = GraphSample.random(
      seed: UInt64(number), nodes: count, edges: count + number % 5 * 8, isAcyclic: number.isMultiple(of: 2))
    let graph = try LineageGraph(nodes: nodes, edges: edges)
    let layout = Self.check(graph)
    if number.isMultiple(of: 2) { #expect(layout.routes.allSatisfy { !$0.isBackward }) }
  }

  @Test(arguments: 0..<4)
  func `the same graph gives the same layout, whatever its order`(number: Int) throws {
    var (nodes, edges) = GraphSample.random(seed: UInt64(100 + number), nodes: 40, edges: 70, isAcyclic: false)
    let layout = LineageLayout(try LineageGraph(nodes: nodes, edges: edges))
    var random = SeededNumbers(state: UInt64(number))
    nodes.shuffle(using: &random)
    edges.shuffle(using: &random)
    #expect(LineageLayout(try LineageGraph(nodes: nodes, edges: edges)) == layout)
  }

  @Test func `an empty graph has a size`() throws {
    let layout = LineageLayout(try LineageGraph(nodes: [], edges: []))
    #expect(layout.boxes.isEmpty && layout.width > 0 && layout.height > 0)
  }

  @Test(arguments: ["a", "a b c", "a>a", "a>b b>a", "a>b b>c c>a c>d", "a>b a>b b>b", "a>b b>c a>c c>d a>d"])
  func `small and odd graphs`(text: String) throws { _ = Self.check(try GraphSample.graph(text)) }

  @Test func `an edge that closes a cycle leads back, and only that one`() throws {
    let graph = try GraphSample.graph("a>b b>c c>d d>b")
    let backward = zip(graph.edges, LineageLayout(graph).routes).filter { $1.isBackward }.map { $0.0 }
    #expect(backward == [LineageEdge(from: "d", to: "b", relation: "from")])
  }

  @Test func `an alias stands beside its version, however deep that is`() throws {
    let graph = try GraphSample.graph("v1>r1 r1>v2 v2>r2 r2>d prod>v2")
    let layout = LineageLayout(graph)
    let alias = try #require(graph.index(of: "prod"))
    let version = try #require(graph.index(of: "v2"))
    #expect(layout.boxes[alias].layer == layout.boxes[version].layer - 1)
  }

  @Test func `a long edge is level between its ends`() throws {
    let layout = LineageLayout(try GraphSample.graph("a>b b>c c>d d>e e>f a>f"))
    let long = try #require(layout.routes.first { $0.levels.count > 2 })
    #expect(Set(long.levels.dropFirst().dropLast().map(\.y)).count == 1)
  }

  @Test(arguments: [
    // A tree, a ladder, a cycle, and two components.
    ("a>b a>c b>d b>e c>f c>g e>h e>i", 0), ("a>b b>c x>y y>z a>x b>y c>z", 0), ("a>b b>c c>a", 0),
    ("a>b a>c x>y x>z", 0),
    // Every run reads both datasets: each pair of runs crosses once.
    ("a>x a>y b>x b>y c>x c>y d>x d>y", 6),
  ])
  func `edges cross no more than they must`(text: String, crossings: Int) throws {
    #expect(LineageLayout(try GraphSample.graph(text)).crossings == crossings)
  }

  /// As often as Graphviz 2.43 lets them cross, given the same layers.
  @Test(arguments: [(12, 44), (20, 169), (30, 337), (60, 1_191)])
  func `edges of a registry cross no more often than Graphviz draws it`(versions: Int, crossings: Int) throws {
    #expect(LineageLayout(try GraphSample.registry(versions: versions)).crossings <= crossings)
  }

  @Test func `a registry of many versions is laid out`() throws {
    _ = Self.check(try GraphSample.registry(versions: 60))
  }

  @Test func `2000 nodes are laid out`() throws {
    let (nodes, edges) = GraphSample.random(seed: 7, nodes: 2_000, edges: 2_600, isAcyclic: true)
    let layout = LineageLayout(try LineageGraph(nodes: nodes, edges: edges))
    #expect(layout.boxes.count == 2_000)
  }

  @Test func `a chain of 1000 versions that share a dataset is laid out`() throws {
    let chain = (0..<1_000).map { "v\($0)>v\($0 + 1) v\($0)>data" }
    let layout = LineageLayout(try GraphSample.graph(chain.joined(separator: " ")))
    #expect(layout.boxes.count == 1_002)
    #expect(layout.routes.allSatisfy { !$0.levels.isEmpty })
  }
}
