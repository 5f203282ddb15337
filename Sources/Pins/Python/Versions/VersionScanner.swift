/// Walks over a version as PEP 440 spells it, and remembers where its parts are.
struct VersionScanner {
  /// Which letter a part has, and its number; an empty range is the implied 0.
  struct Part {
    let phase: PythonPackageVersion.Phase
    let number: Range<Int>
  }

  private(set) var epoch: Range<Int>?
  private(set) var release: [Range<Int>] = []
  private(set) var pre: Part?
  private(set) var post: Range<Int>?
  private(set) var dev: Range<Int>?
  private(set) var local: Range<Int>?

  /// What may stand behind the release, which operators decide.
  struct Allowance {
    let wildcard: Bool
    let local: Bool

    static let version = Allowance(wildcard: false, local: true)
    static let equality = Allowance(wildcard: true, local: true)
    static let order = Allowance(wildcard: false, local: false)
  }

  private(set) var isWildcard = false

  /// Moves the cursor behind the longest version that starts there; nil, with the cursor anywhere, when none does.
  init?(_ cursor: inout ByteCursor, allowing allowance: Allowance) {
    _ = cursor.take(0x76) || cursor.take(0x56)
    guard var number = Self.digits(&cursor) else { return nil }
    if cursor.current == 0x21 {
      epoch = number
      cursor.index += 1
      guard let next = Self.digits(&cursor) else { return nil }
      number = next
    }
    release.append(number)
    while cursor.current == 0x2E, ASCII.isDigit(cursor.peek(1)) {
      cursor.index += 1
      if let next = Self.digits(&cursor) { release.append(next) }
    }
    if allowance.wildcard, cursor.current == 0x2E, cursor.peek(1) == 0x2A {
      cursor.index += 2
      isWildcard = true
      return
    }
    pre = Self.lettered(&cursor, Self.pre)
    post = Self.postNumber(&cursor)
    dev = Self.lettered(&cursor, Self.dev)?.number
    if allowance.local { local = Self.localLabel(&cursor) }
  }

  private static func digits(_ cursor: inout ByteCursor) -> Range<Int>? {
    let range = cursor.skip(while: ASCII.isDigit)
    return range.isEmpty ? nil : range
  }

  /// An optional separator, a letter, and an optional number behind an optional separator.
  private static func lettered(
    _ cursor: inout ByteCursor, _ letter: (inout ByteCursor) -> PythonPackageVersion.Phase?
  ) -> Part? {
    let start = cursor.index
    if ASCII.isSeparator(cursor.current) { cursor.index += 1 }
    guard let phase = letter(&cursor) else {
      cursor.index = start
      return nil
    }
    if ASCII.isSeparator(cursor.current) { cursor.index += 1 }
    return Part(phase: phase, number: cursor.skip(while: ASCII.isDigit))
  }

  private static func pre(_ cursor: inout ByteCursor) -> PythonPackageVersion.Phase? {
    if cursor.take(word: "alpha") || cursor.take(word: "a") { return .alpha }
    if cursor.take(word: "beta") || cursor.take(word: "b") { return .beta }
    let isCandidate = cursor.take(word: "preview") || cursor.take(word: "pre") || cursor.take(word: "c")
    return isCandidate || cursor.take(word: "rc") ? .candidate : nil
  }

  private static func dev(_ cursor: inout ByteCursor) -> PythonPackageVersion.Phase? {
    cursor.take(word: "dev") ? .dev : nil
  }

  private static func postLetter(_ cursor: inout ByteCursor) -> PythonPackageVersion.Phase? {
    cursor.take(word: "post") || cursor.take(word: "rev") || cursor.take(word: "r") ? .post : nil
  }

  /// `-1` or `.post1`.
  private static func postNumber(_ cursor: inout ByteCursor) -> Range<Int>? {
    if cursor.current == 0x2D, ASCII.isDigit(cursor.peek(1)) {
      cursor.index += 1
      return digits(&cursor)
    }
    return lettered(&cursor, postLetter)?.number
  }

  /// `+ubuntu.1`, without the plus.
  private static func localLabel(_ cursor: inout ByteCursor) -> Range<Int>? {
    guard cursor.current == 0x2B, ASCII.isAlphanumeric(cursor.peek(1)) else { return nil }
    cursor.index += 1
    let start = cursor.index
    cursor.skip(while: ASCII.isAlphanumeric)
    while ASCII.isSeparator(cursor.current), ASCII.isAlphanumeric(cursor.peek(1)) {
      cursor.index += 1
      cursor.skip(while: ASCII.isAlphanumeric)
    }
    return start..<cursor.index
  }
}
