/// A shell pattern of `*` and `?`, matched in time that grows with text times pattern, whatever they hold.
struct GlobPattern {
  private enum Element {
    case byte(UInt8)
    case one
    case any
  }

  /// Longer texts and patterns are not matched: no image or version needs them.
  static let longest = 512

  private let elements: [Element]

  /// Nil when the pattern is too long.
  init?(_ pattern: some Collection<UInt8>) {
    guard pattern.count <= Self.longest else { return nil }
    var elements: [Element] = []
    var isEscaped = false
    for byte in pattern {
      if isEscaped {
        elements.append(.byte(byte))
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        elements.append(byte == UInt8(ascii: "*") ? .any : byte == UInt8(ascii: "?") ? .one : .byte(byte))
      }
    }
    self.elements = elements
  }

  /// The shortest or longest beginning of `text` that the pattern matches; nil when none does.
  func prefix(of text: some Sequence<UInt8>, longest: Bool) -> Int? {
    match(elements, text, longest: longest)
  }

  /// The same at the end of `text`.
  func suffix(of text: some BidirectionalCollection<UInt8>, longest: Bool) -> Int? {
    match(elements.reversed(), text.reversed(), longest: longest)
  }

  private func match(_ elements: [Element], _ text: some Sequence<UInt8>, longest: Bool) -> Int? {
    var states = [Bool](repeating: false, count: elements.count + 1)
    states[0] = true
    passOver(&states, elements)
    var found = states[elements.count] ? 0 : nil as Int?
    if found != nil, !longest { return found }
    var length = 0
    for byte in text {
      var next = [Bool](repeating: false, count: elements.count + 1)
      for index in elements.indices where states[index] {
        switch elements[index] {
        case .byte(let wanted): if wanted == byte { next[index + 1] = true }
        case .one: next[index + 1] = true
        case .any: next[index] = true
        }
      }
      passOver(&next, elements)
      states = next
      length += 1
      if states[elements.count] {
        found = length
        if !longest { return found }
      }
      if !states.contains(true) { return found }
    }
    return found
  }

  /// `*` also stands for nothing.
  private func passOver(_ states: inout [Bool], _ elements: [Element]) {
    for index in elements.indices where states[index] {
      if case .any = elements[index] { states[index + 1] = true }
    }
  }
}
