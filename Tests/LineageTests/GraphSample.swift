import Lineage

/// Graphs that the tests share; random ones are the same in every run.
enum GraphSample {
  static func node(_ id: String, _ kind: LineageKind = .run) -> LineageNode {
    LineageNode(id: id, kind: kind, label: "label of \(id)")
  }

  /// A graph from `child>parent` pairs; ids that stand alone are nodes without edges.
  static func graph(_ text: String) throws -> LineageGraph {
    var ids: Set<String> = []
    var edges: [LineageEdge] = []
    for word in text.split(separator: " ") {
      let ends = word.split(separator: ">").map(String.init)
      ids.formUnion(ends)
      if let from = ends.first, let to = ends.dropFirst().first {
        edges.append(LineageEdge(from: from, to: to, relation: "from"))
      }
    }
    return try LineageGraph(nodes: ids.map { node($0) }, edges: edges)
  }

  /// Nodes and edges of a random graph, cycles and self loops included when `isAcyclic` is false.
  static func random(
    seed: UInt64, nodes count: Int, edges edgeCount: Int, isAcyclic: Bool
  ) -> (nodes: [LineageNode], edges: [LineageEdge]) {
    var random = SeededNumbers(state: seed)
    let kinds = LineageKind.allCases
    let nodes = (0..<count).map { number in
      let length = Int.random(in: 0...60, using: &random)
      return LineageNode(
        id: "n\(number)", kind: kinds[number % kinds.count], label: String(repeating: "x", count: length),
        isGap: number.isMultiple(of: 7))
    }
    let edges = (0..<edgeCount).map { _ in
      var ends = [Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random)]
      if isAcyclic { ends.sort() }
      return LineageEdge(from: "n\(ends[0])", to: "n\(ends[1])", relation: "from")
    }
    return (nodes, isAcyclic ? edges.filter { $0.from != $0.to } : edges)
  }

  /// `versions` with a run each that shares datasets, environments and upstream versions with others.
  static func registry(versions: Int) throws -> LineageGraph {
    var nodes: [LineageNode] = []
    var edges: [LineageEdge] = []
    func add(_ id: String, _ kind: LineageKind) {
      if !nodes.contains(where: { $0.id == id }) { nodes.append(node(id, kind)) }
    }
    for number in 0..<versions {
      add("v\(number)", .version)
      add("r\(number)", .run)
      edges.append(LineageEdge(from: "v\(number)", to: "r\(number)", relation: "made by"))
      for (parent, kind) in [
        ("d\(number % 3)", LineageKind.dataset), ("e\(number % 2)", .environment), ("c\(number)", .commit),
      ] {
        add(parent, kind)
        edges.append(LineageEdge(from: "r\(number)", to: parent, relation: "uses"))
      }
      if number >= 10 { edges.append(LineageEdge(from: "r\(number)", to: "v\(number - 10)", relation: "starts from")) }
    }
    return try LineageGraph(nodes: nodes, edges: edges)
  }
}

/// Numbers from a linear congruential generator.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
