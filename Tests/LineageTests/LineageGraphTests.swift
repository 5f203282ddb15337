import Lineage
import Testing

@Suite struct LineageGraphTests {
  @Test func `is the same whatever the order of nodes and edges`() throws {
    let (nodes, edges) = GraphSample.random(seed: 1, nodes: 30, edges: 60, isAcyclic: false)
    let graph = try LineageGraph(nodes: nodes, edges: edges)
    #expect(try LineageGraph(nodes: nodes.reversed(), edges: edges.reversed() + edges) == graph)
  }

  @Test func `refuses an edge to nowhere and says which`() {
    let error = #expect(throws: LineageError.self) {
      try LineageGraph(
        nodes: [GraphSample.node("a")], edges: [LineageEdge(from: "a", to: "b", relation: "reads")])
    }
    #expect(error?.description == "lineage: the edge a -> b names b, which is no node")
  }

  @Test func `refuses two nodes of one id`() {
    #expect(throws: LineageError.duplicateNode(id: "a")) {
      try LineageGraph(nodes: [GraphSample.node("a"), GraphSample.node("a", .dataset)], edges: [])
    }
  }

  @Test func `takes two spellings of a letter for two names`() throws {
    let ids = ["caf\u{E9}", "cafe\u{301}"]
    let edge = LineageEdge(from: ids[0], to: ids[1], relation: "reads")
    let graph = try LineageGraph(nodes: ids.map { GraphSample.node($0) }, edges: [edge])
    #expect(graph.nodes.count == 2 && graph.links.count == 1)
    #expect(graph.links[0].child != graph.links[0].parent)
  }

  @Test func `keeps two relations between the same nodes`() throws {
    let edges = ["reads", "starts from", "reads"].map { LineageEdge(from: "a", to: "b", relation: $0) }
    let graph = try LineageGraph(nodes: [GraphSample.node("a"), GraphSample.node("b")], edges: edges)
    #expect(graph.edges.map(\.relation) == ["reads", "starts from"])
  }

  @Test func `finds nodes by id`() throws {
    let graph = try GraphSample.graph("b>a c")
    #expect(graph.index(of: "c") == 2)
    #expect(graph.index(of: "d") == nil)
  }
}
