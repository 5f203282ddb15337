import Testing

@testable import Lineage

@Suite struct CrossingCounterTests {
  @Test(arguments: 0..<20)
  func `counts what a comparison of all pairs counts`(number: Int) {
    var random = SeededNumbers(state: UInt64(number))
    let (left, right) = (Int.random(in: 1...12, using: &random), Int.random(in: 1...12, using: &random))
    let edges = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      (from: Int.random(in: 0..<left, using: &random), to: left + Int.random(in: 0..<right, using: &random))
    }
    let position = Array(0..<left) + Array((0..<right).shuffled(using: &random))
    var expected = 0
    for (index, one) in edges.enumerated() {
      for other in edges[..<index]
      where (one.from - other.from) * (position[one.to] - position[other.to]) < 0 { expected += 1 }
    }
    var counter = CrossingCounter()
    let neighbours = Adjacency(count: left + right, pairs: edges)
    #expect(counter.count(Array(0..<left), right: neighbours, position: position, width: right) == expected)
  }
}
