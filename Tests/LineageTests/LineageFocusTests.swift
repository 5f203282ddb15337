import Records
import Testing

@testable import Lineage

@Suite struct LineageFocusTests {
  /// `v` is made by `r`, which reads `d`, which comes from `o`; `a` points at `v`, and `s` starts from it.
  private static func graph() throws -> LineageGraph { try GraphSample.graph("a>v v>r r>d d>o s>v s>e w>s") }

  private static func shown(_ focus: LineageFocus) -> [String] {
    focus.graph.nodes.map(\.id).filter { !$0.contains("rest") }
  }

  /// Steps to each node by its id.
  private static func steps(_ focus: LineageFocus, _ direction: LineageFocus.Direction) -> [String: Int] {
    let near = focus.distances[direction] ?? [:]
    return Dictionary(uniqueKeysWithValues: near.map { (focus.graph.nodes[$0.key].id, $0.value) })
  }

  @Test func `what is near is kept both ways, and other parents of what comes of it are not`() throws {
    let focus = try LineageFocus(on: "v", in: Self.graph(), hops: 1)
    #expect(Self.shown(focus) == ["a", "r", "s", "v"])
    #expect(Self.steps(focus, .upstream) == ["v": 0, "r": 1])
    #expect(Self.steps(focus, .downstream) == ["v": 0, "a": 1, "s": 1])
    #expect(focus.leftOut == 2)
    let rests = focus.graph.nodes.filter { $0.kind == .rest }
    #expect(rests.map(\.id) == ["downstream|rest|s", "upstream|rest|r"] && rests.allSatisfy { $0.label == "1 more" })
  }

  @Test func `without a limit everything is kept, and nothing is left out`() throws {
    let focus = try LineageFocus(on: "v", in: Self.graph())
    #expect(Self.shown(focus) == ["a", "d", "o", "r", "s", "v", "w"] && focus.leftOut == 0)
    #expect(Self.steps(focus, .upstream)["o"] == 3 && Self.steps(focus, .downstream)["w"] == 2)
  }

  @Test func `one way leaves the other out, and no step is the node alone`() throws {
    #expect(Self.shown(try LineageFocus(on: "v", in: Self.graph(), directions: [.upstream])) == ["d", "o", "r", "v"])
    #expect(
      Self.shown(try LineageFocus(on: "v", in: Self.graph(), directions: [.downstream])) == ["a", "s", "v", "w"])
    #expect(Self.shown(try LineageFocus(on: "v", in: Self.graph(), hops: 0)) == ["v"])
    #expect(Self.shown(try LineageFocus(on: "o", in: Self.graph(), hops: 1, directions: [.upstream])) == ["o"])
  }

  @Test func `of many the ones with findings are kept`() throws {
    let nodes =
      [GraphSample.node("d", .dataset)]
      + (0..<50).map { number in
        LineageNode(id: "r\(number)", kind: .run, label: "r", outcome: number == 42 ? .fail : .pass)
      }
    let edges = (0..<50).map { LineageEdge(from: "r\($0)", to: "d", relation: "reads") }
    let focus = try LineageFocus(on: "d", in: LineageGraph(nodes: nodes, edges: edges), most: 4)
    #expect(Self.shown(focus) == ["d", "r0", "r1", "r42"] && focus.leftOut == 47)
  }

  @Test func `cycles end, and an unknown node is an error`() throws {
    let focus = try LineageFocus(on: "a", in: GraphSample.graph("a>b b>c c>a a>a"))
    #expect(Self.shown(focus) == ["a", "b", "c"])
    #expect(focus.graph.edges.count == 4)
    #expect(throws: LineageError.unknownNode(id: "x")) { try LineageFocus(on: "x", in: Self.graph()) }
  }
}
