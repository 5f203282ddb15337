/// Puts variables into a text as BuildKit does: `$X`, `${X:-default}`, `${X#pattern}`, quotes and escapes.
struct VariableExpansion {
  /// Why a text is none that can be expanded.
  struct Mistake: Error { let message: String }

  private static let deepest = 32
  /// Variables can double each other; no reference or version is as long as this.
  private static let mostGrowth = 16_384

  private let bytes: ArraySlice<UInt8>
  private let variables: BuildVariables
  private let escape: UInt8
  private var position: Int
  private var result: [UInt8] = []
  private var isPattern = false
  /// The first variable without a known value; it stands in the result as written.
  private var unknown: String?

  private init(_ bytes: ArraySlice<UInt8>, _ variables: BuildVariables, _ escape: UInt8) {
    self.bytes = bytes
    self.variables = variables
    self.escape = escape
    position = bytes.startIndex
  }

  /// The text with its variables put in, and the first one whose value is not known.
  static func expand(
    _ bytes: ArraySlice<UInt8>, _ variables: BuildVariables, escape: UInt8 = UInt8(ascii: "\\")
  ) throws(Mistake) -> (value: [UInt8], unknown: String?) {
    var expansion = VariableExpansion(bytes, variables, escape)
    try expansion.run(until: nil, depth: 0)
    return (expansion.result, expansion.unknown)
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func run(until stop: UInt8?, depth: Int) throws(Mistake) {
    while let byte = current {
      position += 1
      if byte == stop { return }
      switch byte {
      case UInt8(ascii: "'"): try quoted()
      case UInt8(ascii: "\""): try doubleQuoted(depth: depth)
      case UInt8(ascii: "$"): try variable(depth: depth)
      case escape:
        if let next = current {
          if isPattern { result.append(UInt8(ascii: "\\")) }
          result.append(next)
          position += 1
        }
      default: result.append(byte)
      }
      guard result.count <= bytes.count + Self.mostGrowth else {
        throw Mistake(message: "the variables make it too long")
      }
    }
    if stop != nil { throw Mistake(message: "`${` is not closed") }
  }

  private mutating func quoted() throws(Mistake) {
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "'") { return }
      result.append(byte)
    }
    throw Mistake(message: "a quote is not closed")
  }

  private mutating func doubleQuoted(depth: Int) throws(Mistake) {
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return
      case UInt8(ascii: "$"): try variable(depth: depth)
      case escape:
        guard let next = current else { throw Mistake(message: "a quote is not closed") }
        position += 1
        if next != UInt8(ascii: "\""), next != UInt8(ascii: "$"), next != escape { result.append(byte) }
        result.append(next)
      default: result.append(byte)
      }
      guard result.count <= bytes.count + Self.mostGrowth else {
        throw Mistake(message: "the variables make it too long")
      }
    }
    throw Mistake(message: "a quote is not closed")
  }

  private mutating func variable(depth: Int) throws(Mistake) {
    guard depth < Self.deepest else { throw Mistake(message: "`${` nests too deep") }
    let start = position - 1
    guard current == UInt8(ascii: "{") else {
      let name = self.name()
      if name.isEmpty { result.append(UInt8(ascii: "$")) } else { put(name, start: start) }
      return
    }
    position += 1
    let name = self.name()
    guard !name.isEmpty else { throw Mistake(message: "`${` names no variable") }
    guard let modifier = current else { throw Mistake(message: "`${` is not closed") }
    position += 1
    switch modifier {
    case UInt8(ascii: "}"): put(name, start: start)
    case UInt8(ascii: ":"):
      guard let kind = current, "+-?".utf8.contains(kind) else {
        throw Mistake(message: "`${\(name.prefix(80)):` has no modifier")
      }
      position += 1
      try substitute(name, kind, emptyCounts: false, start: start, depth: depth)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "?"):
      try substitute(name, modifier, emptyCounts: true, start: start, depth: depth)
    case UInt8(ascii: "#"), UInt8(ascii: "%"): try trim(name, modifier, start: start, depth: depth)
    case UInt8(ascii: "/"): try replace(name, start: start, depth: depth)
    default: throw Mistake(message: "`${\(name.prefix(80))` goes on with an unknown modifier")
    }
  }

  /// Letters, digits and `_`, or one of the shell's own names.
  private mutating func name() -> String {
    guard let first = current else { return "" }
    let start = position
    if first.isNameStart {
      while let byte = current, byte.isNameByte { position += 1 }
    } else if ImageGrammar.isDigit(first) {
      while let byte = current, ImageGrammar.isDigit(byte) { position += 1 }
    } else if "@*#?-$!".utf8.contains(first) {
      position += 1
    }
    return bytes[start..<position].text
  }

  private mutating func put(_ name: String, start: Int) {
    if let value = variables.known(name) { result += value } else { putAsWritten(name, start: start) }
  }

  private mutating func putAsWritten(_ name: String, start: Int) {
    if unknown == nil { unknown = name }
    result += bytes[start..<position]
  }

  /// A pattern up to `stop`; what an escape stands before is no wildcard there.
  private mutating func pattern(until stop: UInt8, depth: Int) throws(Mistake) -> (value: [UInt8], unknown: String?) {
    isPattern = true
    defer { isPattern = false }
    return try word(until: stop, depth: depth)
  }

  /// The text up to `stop`, expanded, and what in it is unknown.
  private mutating func word(until stop: UInt8, depth: Int) throws(Mistake) -> (value: [UInt8], unknown: String?) {
    let outer = (result, unknown)
    result = []
    unknown = nil
    try run(until: stop, depth: depth + 1)
    defer { (result, unknown) = outer }
    return (result, unknown)
  }

  private mutating func substitute(
    _ name: String, _ kind: UInt8, emptyCounts: Bool, start: Int, depth: Int
  ) throws(Mistake) {
    let other = try word(until: UInt8(ascii: "}"), depth: depth)
    let value = variables.known(name)
    let isSet = value.map { emptyCounts || !$0.isEmpty } ?? false
    if kind == UInt8(ascii: "?"), !isSet { return putAsWritten(name, start: start) }
    let takesOther = kind == UInt8(ascii: "+") ? isSet : kind == UInt8(ascii: "-") && !isSet
    if takesOther {
      result += other.value
      if unknown == nil { unknown = other.unknown }
    } else if kind != UInt8(ascii: "+"), let value {
      result += value
    }
  }

  private mutating func trim(_ name: String, _ kind: UInt8, start: Int, depth: Int) throws(Mistake) {
    let longest = current == kind
    if longest { position += 1 }
    let pattern = try pattern(until: UInt8(ascii: "}"), depth: depth)
    guard let value = variables.known(name), value.count <= GlobPattern.longest, pattern.unknown == nil,
      let glob = GlobPattern(pattern.value)
    else { return putAsWritten(name, start: start) }
    if kind == UInt8(ascii: "#") {
      result += value.dropFirst(glob.prefix(of: value, longest: longest) ?? 0)
    } else {
      result += value.dropLast(glob.suffix(of: value, longest: longest) ?? 0)
    }
  }

  private mutating func replace(_ name: String, start: Int, depth: Int) throws(Mistake) {
    let all = current == UInt8(ascii: "/")
    if all { position += 1 }
    let pattern = try pattern(until: UInt8(ascii: "/"), depth: depth)
    let replacement = try word(until: UInt8(ascii: "}"), depth: depth)
    // Every place of the value may begin a match: only short ones are looked at.
    guard let value = variables.known(name), value.count <= 128, pattern.value.count <= 64, pattern.unknown == nil,
      replacement.unknown == nil, let glob = GlobPattern(pattern.value)
    else { return putAsWritten(name, start: start) }
    var index = 0
    while index < value.count {
      if let length = glob.prefix(of: value[index...], longest: true), length > 0 {
        result += replacement.value
        index += length
        if !all { break }
      } else {
        result.append(value[index])
        index += 1
      }
    }
    result += value[index...]
  }
}
