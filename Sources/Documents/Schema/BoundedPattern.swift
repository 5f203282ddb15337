/// A regular expression of ECMA-262 without what needs going back (back references, looking around), so that matching
/// takes time of pattern × text at most, whoever wrote either.
package struct BoundedPattern: Sendable {
  /// Why a text is no pattern that can be used.
  package struct Mistake: Error, Sendable, Hashable {
    package let message: String
  }

  enum Step: Sendable {
    case set(ScalarSet)
    case split(Int, Int)
    case jump(Int)
    case start, end
    case wordBoundary(Bool)
    case match
  }

  private let steps: [Step]

  package init(_ text: String) throws(Mistake) {
    var parser = PatternParser(text)
    var program = PatternProgram()
    try program.emit(try parser.parse())
    steps = program.steps + [.match]
  }

  /// How many steps one scalar of a text may take.
  package var size: Int { steps.count }

  /// Whether the pattern fits anywhere in `text`, as JSON Schema asks.
  package func isFound(in text: String) -> Bool {
    let scalars = Array(text.unicodeScalars.map(\.value))
    var current: [Int] = []
    var marks = [Int](repeating: -1, count: steps.count)
    for place in 0...scalars.count {
      var next: [Int] = []
      // It may begin at every place.
      add(0, at: place, in: scalars, to: &current, &marks)
      for step in current {
        switch steps[step] {
        case .match: return true
        case .set(let set) where place < scalars.count && set.contains(scalars[place]): next.append(step + 1)
        default: break
        }
      }
      current = []
      for step in next { add(step, at: place + 1, in: scalars, to: &current, &marks) }
    }
    return false
  }

  /// Follows the steps that take no scalar; `marks` holds the last place at which each was reached.
  private func add(_ first: Int, at place: Int, in text: [UInt32], to list: inout [Int], _ marks: inout [Int]) {
    var waiting = [first]
    while let step = waiting.popLast() {
      guard marks[step] < place else { continue }
      marks[step] = place
      switch steps[step] {
      case .jump(let target): waiting.append(target)
      case .split(let left, let right): waiting += [right, left]
      case .start: if place == 0 { waiting.append(step + 1) }
      case .end: if place == text.count { waiting.append(step + 1) }
      case .wordBoundary(let wanted):
        let before = place > 0 && ScalarSet.word.contains(text[place - 1])
        let after = place < text.count && ScalarSet.word.contains(text[place])
        if (before != after) == wanted { waiting.append(step + 1) }
      case .set, .match: list.append(step)
      }
    }
  }
}

/// A set of Unicode scalars.
struct ScalarSet: Sendable {
  static let digit = ScalarSet([0x30...0x39])
  static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = ScalarSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
    0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
  static let lineEnd = ScalarSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

  var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

  func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

  var inverted: ScalarSet {
    var rest: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound >= next {
      if range.lowerBound > next { rest.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= 0x10FFFF { rest.append(next...0x10FFFF) }
    return ScalarSet(rest)
  }
}

/// Turns a parsed pattern into steps.
struct PatternProgram {
  /// `(a{1000}){1000}` is a million steps, and nothing that a person wrote.
  private static let most = 10_000

  private(set) var steps: [BoundedPattern.Step] = []
  private var work = 0

  mutating func emit(_ node: PatternNode) throws(BoundedPattern.Mistake) {
    work += 1
    guard work <= Self.most, steps.count <= Self.most else {
      throw BoundedPattern.Mistake(
        message: "the pattern is too large: its repetitions make more than \(Self.most) steps")
    }
    switch node {
    case .set(let set): steps.append(.set(set))
    case .step(let step): steps.append(step)
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .either(let nodes):
      var ends: [Int] = []
      for (index, node) in nodes.enumerated() {
        let isLast = index == nodes.count - 1
        let split = steps.count
        if !isLast { steps.append(.jump(0)) }
        try emit(node)
        if !isLast {
          ends.append(steps.count)
          steps.append(.jump(0))
          steps[split] = .split(split + 1, steps.count)
        }
      }
      for end in ends { steps[end] = .jump(steps.count) }
    case .repeated(let inner, let least, let most):
      for _ in 0..<least { try emit(inner) }
      if let most {
        var splits: [Int] = []
        for _ in least..<max(least, most) {
          splits.append(steps.count)
          steps.append(.jump(0))
          try emit(inner)
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
      } else {
        let split = steps.count
        steps.append(.jump(0))
        try emit(inner)
        steps.append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
      }
    }
  }
}

/// A pattern as it was parsed.
indirect enum PatternNode {
  case set(ScalarSet)
  case step(BoundedPattern.Step)
  case sequence([PatternNode])
  case either([PatternNode])
  /// `most` is nil without an upper limit.
  case repeated(PatternNode, least: Int, most: Int?)
}
