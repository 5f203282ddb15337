import Foundation
import Lineage
import Testing

/// What is drawn, read back from the drawing. `Benchmarks/run --only layout` gives graphs of its own with LAYOUT_DIR and
/// holds their drawings to those of Graphviz.
@Suite struct DrawnOrderTests {
  private static let folder = ProcessInfo.processInfo.environment["LAYOUT_DIR"].map { URL(fileURLWithPath: $0) }

  /// A graph without cycles: edges from child to parent by numbers of nodes, sorted.
  struct Given: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    let nodes: Int
    let edges: [[Int]]

    var testDescription: String { name }

    func graph() throws -> LineageGraph {
      // Padded, so that ids are in the order of the numbers.
      let ids = (0..<nodes).map { "n" + String(String($0 + 1_000_000).dropFirst()) }
      return try LineageGraph(
        nodes: ids.map { GraphSample.node($0) },
        edges: edges.map { LineageEdge(from: ids[$0[0]], to: ids[$0[1]], relation: "from") })
    }
  }

  /// Where nodes and the bends of edges are: columns from the left, heights from the top.
  struct Drawn: Encodable {
    let columns: [Int]
    let heights: [Double]
    /// By edge, from its left end to its right end.
    let bends: [[Double]]
    let crossings: Int

    init(_ layout: LineageLayout) {
      columns = layout.boxes.map(\.layer)
      heights = layout.boxes.map(\.middle)
      bends = layout.routes.map { $0.levels.dropFirst().dropLast().map(\.y) }
      crossings = layout.crossings
    }

    /// Heights at both ends of every piece of an edge between two columns, by the left one.
    func pieces(_ edges: [[Int]]) -> [Int: [(left: Double, right: Double)]] {
      var pieces: [Int: [(left: Double, right: Double)]] = [:]
      for (edge, bends) in zip(edges, bends) {
        let way = [heights[edge[0]]] + bends + [heights[edge[1]]]
        for (step, ends) in zip(way, way.dropFirst()).enumerated() {
          pieces[columns[edge[0]] + step, default: []].append((ends.0, ends.1))
        }
      }
      return pieces
    }
  }

  static func graphs() throws -> [Given] {
    guard let folder else { return sample }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".graph.json") }
    return try names.sorted().map { name in
      var given = try JSONDecoder().decode(Given.self, from: Data(contentsOf: folder.appending(path: name)))
      given.name = String(name.dropLast(".graph.json".count))
      return given
    }
  }

  private static let sample = (0..<8).map { number in
    var random = SeededNumbers(state: UInt64(number))
    let count = 6 + 3 * number
    let edges = (0..<count * 2).map { _ in
      [Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random)].sorted()
    }
    let unique = Set(edges.filter { $0[0] != $0[1] }).sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
    return Given(name: "sample \(number)", nodes: count, edges: unique)
  }

  @Test(arguments: try graphs())
  func `what crosses in the drawing is what the layout says, and nothing lies on something else`(given: Given) throws {
    let layout = try LineageLayout(given.graph())
    let drawn = Drawn(layout)
    try #require(drawn.columns.count == given.nodes && drawn.bends.count == given.edges.count)
    var heights: [Int: [Double]] = [:]
    for (column, height) in zip(drawn.columns, drawn.heights) { heights[column, default: []].append(height) }
    for (edge, bends) in zip(given.edges, drawn.bends) {
      #expect(bends.count == drawn.columns[edge[1]] - drawn.columns[edge[0]] - 1, "a bend in every column between")
      for (step, height) in bends.enumerated() {
        heights[drawn.columns[edge[0]] + 1 + step, default: []].append(height)
      }
    }
    for (column, all) in heights { #expect(Set(all).count == all.count, "two at one height in column \(column)") }
    var crossings = 0
    for pieces in drawn.pieces(given.edges).values {
      for (index, one) in pieces.enumerated() {
        for other in pieces[..<index] where (one.left - other.left) * (one.right - other.right) < 0 { crossings += 1 }
      }
    }
    #expect(crossings == drawn.crossings)
    if let folder = Self.folder {
      try JSONEncoder().encode(drawn).write(to: folder.appending(path: "\(given.name).drawn.json"))
    }
  }
}
