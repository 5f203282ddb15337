import Yams

/// Reads one YAML document with the line of every value.
package enum YAMLDocument {
  /// Aliases can make a few lines stand for billions of values; no record needs this many.
  private static let maximumNodes = 200_000
  private static let maximumDepth = 128
  /// The parser recurses as deep as the text nests, so text that nests deeper is refused before it sees it.
  private static let deepestText = 512

  /// Reads `bytes` (UTF-8); an empty document is null.
  package static func read(_ bytes: [UInt8]) throws(DocumentError) -> DocumentNode {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DocumentError("text that is not UTF-8", line: firstInvalidLine(bytes))
    }
    guard !nestsTooDeep(bytes) else {
      throw DocumentError("nested deeper than \(deepestText) levels")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw describe(error)
    } catch {
      throw DocumentError("\(error)")
    }
    guard let root else { return DocumentNode(.null, line: 1) }
    var budget = maximumNodes
    return try convert(root, depth: 0, budget: &budget)
  }

  private static func convert(_ node: Node, depth: Int, budget: inout Int) throws(DocumentError) -> DocumentNode {
    let line = node.mark?.line ?? 1
    budget -= 1
    guard budget >= 0 else {
      throw DocumentError("more than \(maximumNodes) values after its aliases are expanded", line: line)
    }
    guard depth <= maximumDepth else {
      throw DocumentError("nested deeper than \(maximumDepth) levels", line: line)
    }
    switch node {
    case .scalar(let scalar):
      return DocumentNode(value(of: scalar), line: line)
    case .sequence(let sequence):
      var elements: [DocumentNode] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence { elements.append(try convert(element, depth: depth + 1, budget: &budget)) }
      return DocumentNode(.list(elements), line: line)
    case .mapping(let mapping):
      var entries: [DocumentEntry] = []
      entries.reserveCapacity(mapping.count)
      for (key, value) in mapping {
        guard let name = key.scalar?.string else {
          throw DocumentError("a key that is not plain text", line: key.mark?.line)
        }
        entries.append(
          DocumentEntry(
            key: name, line: key.mark?.line ?? line, node: try convert(value, depth: depth + 1, budget: &budget)))
      }
      return DocumentNode(.map(entries), line: line)
    case .alias:
      throw DocumentError("an alias that no anchor defines", line: line)
    }
  }

  private static func value(of scalar: Node.Scalar) -> DocumentNode.Value {
    guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
    switch scalar.string {
    case "", "~", "null", "Null", "NULL": return .null
    default: return .plain(scalar.string)
    }
  }

  private static func describe(_ error: YamlError) -> DocumentError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      DocumentError(problem, line: mark.line)
    case .duplicatedKeysInMapping(let duplicates, let context):
      DocumentError(
        "the key \"\(duplicates.sorted().first ?? "")\" stands twice", line: context.mark.line)
    default: DocumentError("\(error)".split(separator: "\n").first.map(String.init) ?? "not YAML")
    }
  }

  /// A level costs a bracket, or at least one column before a line's first word (`- - - x`).
  private static func nestsTooDeep(_ bytes: [UInt8]) -> Bool {
    var brackets = 0
    var columns = 0
    var isBeforeText = true
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"):
        columns = 0
        isBeforeText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        brackets += 1
        isBeforeText = false
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        brackets = max(0, brackets - 1)
        isBeforeText = false
      case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
        if isBeforeText { columns += 1 }
      default: isBeforeText = false
      }
      if brackets + columns > deepestText { return true }
    }
    return false
  }

  private static func firstInvalidLine(_ bytes: [UInt8]) -> Int {
    var line = 1
    for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if String(validating: text, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}
