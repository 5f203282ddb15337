import Testing

@testable import Lineage

@Suite struct LayerDisturbanceTests {
  private static func layered(_ number: Int) throws -> LayeredGraph {
    let (nodes, edges) = GraphSample.random(
      seed: UInt64(number), nodes: 10 + 5 * number, edges: 20 + 10 * number, isAcyclic: true)
    let graph = try LineageGraph(nodes: nodes, edges: edges)
    return LayeredGraph(LayerAssignment(count: graph.nodes.count, links: graph.links))
  }

  @Test(arguments: 0..<8)
  func `it says which layers changed and how many crossings more there are`(number: Int) throws {
    let graph = try Self.layered(number)
    let start = StartOrder.depthFirst.order(graph)
    var disturbance = LayerDisturbance(graph)
    disturbance.look(at: start)
    for _ in 0..<50 {
      var order = start
      let (layers, growth) = disturbance.disturb(&order)
      #expect(start.crossings(graph) + growth == order.crossings(graph))
      for layer in start.layers.indices {
        #expect(order.layers[layer].sorted() == start.layers[layer].sorted())
        #expect(layers.contains(layer) || order.layers[layer] == start.layers[layer])
      }
    }
  }

  @Test(arguments: 0..<8, [0, 3, Int.max])
  func `polishing gains as many crossings as it says`(number: Int, reach: Int) throws {
    let graph = try Self.layered(number)
    var polish = LayerPolish(graph)
    var order = StartOrder.fromLeft.order(graph)
    let before = order.crossings(graph)
    let gain = polish.polish(&order, reach: reach, limit: 1_000_000)
    #expect(gain >= 0 && order.crossings(graph) == before - gain)
    #expect(order.layers.map { $0.sorted() } == graph.layers.map { $0.sorted() })
    #expect(polish.polish(&order, reach: reach, limit: 1_000_000) == 0)
  }
}
