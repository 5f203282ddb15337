/// A shell-style pattern: `*` within a path component, `**` across them, `?` and `[…]` for one character.
struct Glob: Sendable, Hashable {
  private enum Part: Hashable {
    case literal(UInt8)
    case one
    case star
    case doubleStar
    case set([ClosedRange<UInt8>], negated: Bool)
  }

  let pattern: String
  private let parts: [Part]
  /// What every match begins with: a policy asks many patterns of every subject, and nearly none begins alike.
  private let start: [UInt8]

  init(_ pattern: String) {
    self.pattern = pattern
    var parts: [Part] = []
    var rest = Array(pattern.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"):
        guard rest.first == UInt8(ascii: "*") else {
          parts.append(.star)
          continue
        }
        rest.removeFirst()
        parts.append(.doubleStar)
        // `a/**/b` also matches `a/b`.
        if rest.first == UInt8(ascii: "/"), parts.count == 1 || parts[parts.count - 2] == .literal(UInt8(ascii: "/")) {
          rest.removeFirst()
        }
      case UInt8(ascii: "?"): parts.append(.one)
      case UInt8(ascii: "["): parts.append(Self.set(&rest) ?? .literal(byte))
      case UInt8(ascii: "\\"): parts.append(.literal(rest.popFirst() ?? byte))
      default: parts.append(.literal(byte))
      }
    }
    start = parts.prefix { if case .literal = $0 { true } else { false } }
      .compactMap { if case .literal(let byte) = $0 { byte } else { nil } }
    self.parts = parts
  }

  /// Whether it matches only what it is written as.
  var isLiteral: Bool { start.count == parts.count && pattern.utf8.count == start.count }

  /// Whether the whole of `text` matches.
  func matches(_ text: String) -> Bool {
    guard text.utf8.starts(with: start) else { return false }
    let parts = parts.dropFirst(start.count)
    switch (parts.count, parts.first) {
    case (0, _): return text.utf8.count == start.count
    case (1, .doubleStar): return true
    case (1, .star): return !text.utf8.dropFirst(start.count).contains(UInt8(ascii: "/"))
    default: break
    }
    let bytes = Array(text.utf8)
    var reachable = Set([start.count])
    for part in parts {
      reachable = Self.step(part, from: reachable, in: bytes)
      if reachable.isEmpty { return false }
    }
    return reachable.contains(bytes.count)
  }

  /// Whether it matches something that lies in `folder`.
  func matchesSomething(in folder: String) -> Bool {
    let bytes = Array("\(folder)/".utf8)
    var reachable: Set = [0]
    for (index, part) in parts.enumerated() {
      reachable = Self.step(part, from: reachable, in: bytes)
      let goesOn = index + 1 < parts.count || part == .star || part == .doubleStar
      if goesOn, reachable.contains(bytes.count) { return true }
    }
    return false
  }

  /// Where in `bytes` a match can have come to after `part`, from `places`.
  private static func step(_ part: Part, from places: Set<Int>, in bytes: [UInt8]) -> Set<Int> {
    var next: Set<Int> = []
    for place in places {
      switch part {
      case .star, .doubleStar:
        var end = place
        next.insert(end)
        // Going on only to where another star has been keeps the time bounded by pattern × text.
        while end < bytes.count, part == .doubleStar || bytes[end] != UInt8(ascii: "/") {
          end += 1
          if !next.insert(end).inserted { break }
        }
      default:
        if place < bytes.count, matches(part, bytes[place]) { next.insert(place + 1) }
      }
    }
    return next
  }

  private static func matches(_ part: Part, _ byte: UInt8) -> Bool {
    switch part {
    case .literal(let literal): literal == byte
    case .one: byte != UInt8(ascii: "/")
    case .set(let ranges, let negated): ranges.contains { $0.contains(byte) } != negated
    case .star, .doubleStar: false
    }
  }

  private static func set(_ rest: inout ArraySlice<UInt8>) -> Part? {
    guard let close = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return nil }
    var body = rest[rest.startIndex..<close]
    rest = rest[(close + 1)...]
    let negated = body.first == UInt8(ascii: "!") || body.first == UInt8(ascii: "^")
    if negated { body.removeFirst() }
    var ranges: [ClosedRange<UInt8>] = []
    while let low = body.popFirst() {
      if body.first == UInt8(ascii: "-"), body.count >= 2 {
        body.removeFirst()
        let high = body.removeFirst()
        ranges.append(min(low, high)...max(low, high))
      } else {
        ranges.append(low...low)
      }
    }
    return .set(ranges, negated: negated)
  }
}
