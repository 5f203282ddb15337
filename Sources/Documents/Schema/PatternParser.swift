/// Parses the regular expressions that schemas hold.
struct PatternParser {
  private typealias Mistake = BoundedPattern.Mistake
  private static let deepest = 64
  private static let mostRepeated = 10_000

  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var depth = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func parse() throws(BoundedPattern.Mistake) -> PatternNode {
    let node = try alternatives()
    guard place == scalars.count else { throw Mistake(message: "`)` closes nothing") }
    return node
  }

  private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  private mutating func alternatives() throws(BoundedPattern.Mistake) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw Mistake(message: "groups are nested more than \(Self.deepest) deep") }
    var nodes = [try sequence()]
    while take("|") { nodes.append(try sequence()) }
    return nodes.count == 1 ? nodes[0] : .either(nodes)
  }

  private mutating func sequence() throws(BoundedPattern.Mistake) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      place += 1
      nodes.append(try quantified(try atom(scalar)))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func atom(_ scalar: Unicode.Scalar) throws(BoundedPattern.Mistake) -> PatternNode {
    switch scalar {
    case "^": return .step(.start)
    case "$": return .step(.end)
    case ".": return .set(ScalarSet.lineEnd.inverted)
    case "[": return .set(try characterClass())
    case "(": return try group()
    case "\\": return try escaped()
    case "*", "+", "?": throw Mistake(message: "`\(scalar)` repeats nothing")
    default: return .set(ScalarSet([scalar.value...scalar.value]))
    }
  }

  private mutating func group() throws(BoundedPattern.Mistake) -> PatternNode {
    if take("?") {
      if take(":") {
      } else if take("<"), let first = next, first != "=", first != "!" {
        while let scalar = next, scalar != ">" { place += 1 }
        place += 1
      } else {
        throw Mistake(message: "looking ahead or behind, `(?=`, `(?!` and `(?<=`, cannot be matched in bounded time")
      }
    }
    let node = try alternatives()
    guard take(")") else { throw Mistake(message: "`(` is not closed") }
    return node
  }

  private mutating func quantified(_ node: PatternNode) throws(BoundedPattern.Mistake) -> PatternNode {
    let bounds: (Int, Int?)
    switch next {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      guard let counts = try counts() else { return node }
      return finish(node, counts)
    default: return node
    }
    place += 1
    return finish(node, bounds)
  }

  private mutating func finish(_ node: PatternNode, _ bounds: (Int, Int?)) -> PatternNode {
    // Whether a pattern fits does not depend on how greedy it is.
    _ = take("?")
    return .repeated(node, least: bounds.0, most: bounds.1)
  }

  /// `{2}`, `{2,}` or `{2,5}`; anything else is a brace.
  private mutating func counts() throws(BoundedPattern.Mistake) -> (Int, Int?)? {
    let start = place
    place += 1
    let least = number()
    let isOpen = take(",")
    let most = isOpen ? number() : least
    guard let least, take("}") else {
      place = start
      return nil
    }
    guard least <= Self.mostRepeated, most ?? 0 <= Self.mostRepeated, least <= most ?? least else {
      throw Mistake(message: "a repetition of more than \(Self.mostRepeated), or with its limits the wrong way round")
    }
    return (least, isOpen && most == nil ? nil : most ?? least)
  }

  private mutating func number() -> Int? {
    var text = ""
    while let scalar = next, ScalarSet.digit.contains(scalar.value), text.count < 9 {
      text.unicodeScalars.append(scalar)
      place += 1
    }
    return Int(text)
  }

  private mutating func escaped() throws(BoundedPattern.Mistake) -> PatternNode {
    switch next {
    case "b", "B":
      place += 1
      return .step(.wordBoundary(scalars[place - 1] == "b"))
    case let digit? where ("1"..."9").contains(digit):
      throw Mistake(message: "a back reference, `\\\(digit)`, cannot be matched in bounded time")
    default: return .set(try escapedSet())
    }
  }

  /// What stands behind a backslash, outside and inside brackets.
  private mutating func escapedSet() throws(BoundedPattern.Mistake) -> ScalarSet {
    guard let scalar = next else { throw Mistake(message: "nothing stands behind `\\`") }
    place += 1
    func one(_ value: UInt32) -> ScalarSet { ScalarSet([value...value]) }
    switch scalar {
    case "d": return .digit
    case "D": return ScalarSet.digit.inverted
    case "w": return .word
    case "W": return ScalarSet.word.inverted
    case "s": return .space
    case "S": return ScalarSet.space.inverted
    case "t": return one(9)
    case "n": return one(10)
    case "v": return one(11)
    case "f": return one(12)
    case "r": return one(13)
    case "0": return one(0)
    case "x": return one(try hex(2))
    case "u":
      if take("{") {
        let value = try hex(nil)
        guard take("}") else { throw Mistake(message: "`\\u{` is not closed") }
        return one(value)
      }
      return one(try hex(4))
    case let letter where letter.properties.isAlphabetic || ScalarSet.digit.contains(letter.value):
      throw Mistake(message: "`\\\(letter)` is not supported")
    default: return one(scalar.value)
    }
  }

  private mutating func hex(_ count: Int?) throws(BoundedPattern.Mistake) -> UInt32 {
    var text = ""
    while let scalar = next, scalar.properties.isASCIIHexDigit, text.count < count ?? 6 {
      text.unicodeScalars.append(scalar)
      place += 1
    }
    guard let value = UInt32(text, radix: 16), value <= 0x10FFFF, count ?? text.count == text.count else {
      throw Mistake(message: "`\\x` and `\\u` take hexadecimal digits")
    }
    return value
  }

  private mutating func characterClass() throws(BoundedPattern.Mistake) -> ScalarSet {
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while let scalar = next, scalar != "]" {
      place += 1
      let low = try member(scalar)
      guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]", low.ranges.count == 1,
        let first = low.ranges.first, first.count == 1
      else {
        ranges += low.ranges
        continue
      }
      let end = scalars[place + 1]
      place += 2
      let high = try member(end)
      guard let last = high.ranges.first, high.ranges.count == 1, last.count == 1,
        first.lowerBound <= last.lowerBound
      else {
        throw Mistake(message: "the range `\(scalar)-\(end)` runs backwards")
      }
      ranges.append(first.lowerBound...last.lowerBound)
    }
    guard take("]") else { throw Mistake(message: "`[` is not closed") }
    let set = ScalarSet(ranges)
    return isNegated ? set.inverted : set
  }

  private mutating func member(_ scalar: Unicode.Scalar) throws(BoundedPattern.Mistake) -> ScalarSet {
    guard scalar == "\\" else { return ScalarSet([scalar.value...scalar.value]) }
    if take("b") { return ScalarSet([8...8]) }
    if take("-") { return ScalarSet([0x2D...0x2D]) }
    return try escapedSet()
  }
}
