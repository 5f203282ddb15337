/// Holds one document to a schema, with a bound on the work.
struct SchemaValidation {
  private typealias Node = JSONSchema.Node
  private static let mostViolations = 1000
  /// Steps: a record of a hundred keys against a schema of a hundred takes some thousand.
  private static let mostWork = 2_000_000
  private static let deepest = 400

  private let schema: JSONSchema
  private var violations: [JSONSchema.Violation] = []
  private var work = 0
  private var depth = 0
  /// Within `anyOf`, `not` and the like only whether it fits is asked.
  private var isQuiet = false

  init(schema: JSONSchema) { self.schema = schema }

  mutating func run(_ document: DocumentNode) -> [JSONSchema.Violation] {
    _ = check(document, schema.root, at: "")
    if work > Self.mostWork {
      violations.append(
        JSONSchema.Violation(
          path: "", message: "the record takes too much work to check: simplify the schema", line: document.line))
    }
    return violations
  }

  /// Whether `value` meets the schema; unless quiet, notes what it does not meet.
  private mutating func check(_ value: DocumentNode, _ index: Int, at path: String) -> Bool {
    work += 1
    depth += 1
    defer { depth -= 1 }
    // References may lead through any number of others, and the stack has an end.
    if depth > Self.deepest { work = Self.mostWork + 1 }
    guard work <= Self.mostWork, violations.count < Self.mostViolations else { return true }
    let node = schema.nodes[index]
    if node.never { return fail("is not allowed", value, path) }
    var fits = true
    func and(_ result: Bool) { if !result { fits = false } }
    if let reference = node.reference { and(check(value, reference, at: path)) }
    and(checkType(value, node, path))
    switch value.value {
    case .map(let entries): and(checkObject(value, entries, node, path))
    case .list(let elements): and(checkArray(value, elements, node, path))
    case .plain, .string, .null: and(checkScalar(value, node, path))
    }
    for part in node.all { and(check(value, part, at: path)) }
    if !node.any.isEmpty, !node.any.contains(where: { fitsQuietly(value, $0) }) {
      and(fail("fits none of the \(node.any.count) alternatives", value, path))
    }
    if !node.one.isEmpty {
      let count = node.one.count { fitsQuietly(value, $0) }
      if count != 1 { and(fail("fits \(count) of \(node.one.count) alternatives instead of one", value, path)) }
    }
    if let not = node.not, fitsQuietly(value, not) { and(fail("is what the schema rules out", value, path)) }
    if let condition = node.condition {
      if let branch = fitsQuietly(value, condition) ? node.then : node.otherwise { and(check(value, branch, at: path)) }
    }
    return fits
  }

  private mutating func fitsQuietly(_ value: DocumentNode, _ index: Int) -> Bool {
    let before = isQuiet
    isQuiet = true
    defer { isQuiet = before }
    return check(value, index, at: "")
  }

  private mutating func fail(_ message: String, _ value: DocumentNode, _ path: String) -> Bool {
    if !isQuiet, violations.count < Self.mostViolations {
      violations.append(JSONSchema.Violation(path: path, message: message, line: value.line))
    }
    return false
  }

  private mutating func checkType(_ value: DocumentNode, _ node: Node, _ path: String) -> Bool {
    var fits = true
    if !node.types.isEmpty {
      let type = value.jsonType
      if !node.types.contains(type), !(type == .integer && node.types.contains(.number)) {
        let wanted = JSONType.allCases.filter(node.types.contains).map(\.rawValue).joined(separator: " or ")
        fits = fail("is of type \(type.rawValue), not \(wanted)", value, path)
      }
    }
    if let values = node.values {
      work += value.jsonSize
      if !values.contains(value.jsonCanonical) {
        let shown = values.prefix(8).joined(separator: ", ") + (values.count > 8 ? ", …" : "")
        fits = fail(values.count == 1 ? "is not \(shown)" : "is none of \(shown)", value, path)
      }
    }
    return fits
  }

  private mutating func checkObject(
    _ value: DocumentNode, _ entries: [DocumentEntry], _ node: Node, _ path: String
  ) -> Bool {
    var fits = true
    let keys = Set(entries.map(\.key))
    work += entries.count
    for key in node.required where !keys.contains(key) { fits = fail("lacks `\(key)`", value, path) }
    for (key, needs) in node.dependentRequired where keys.contains(key) {
      for need in needs where !keys.contains(need) { fits = fail("has `\(key)` and lacks `\(need)`", value, path) }
    }
    if !check(Double(entries.count), ["minProperties", "maxProperties"], "keys", value, node, path) { fits = false }
    for entry in entries {
      let place = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      var isKnown = false
      if let property = node.properties[entry.key] {
        isKnown = true
        if !check(entry.node, property, at: place) { fits = false }
      }
      for (pattern, property) in node.patternProperties where found(pattern, in: entry.key) {
        isKnown = true
        if !check(entry.node, property, at: place) { fits = false }
      }
      if !isKnown, let additional = node.additionalProperties {
        if schema.nodes[additional].never {
          fits = fail("is a key that the schema does not know", DocumentNode(entry.node.value, line: entry.line), place)
        } else if !check(entry.node, additional, at: place) {
          fits = false
        }
      }
      if let names = node.propertyNames,
        !check(DocumentNode(.string(entry.key), line: entry.line), names, at: place)
      {
        fits = false
      }
    }
    return fits
  }

  private mutating func checkArray(
    _ value: DocumentNode, _ elements: [DocumentNode], _ node: Node, _ path: String
  ) -> Bool {
    var fits = check(Double(elements.count), ["minItems", "maxItems"], "elements", value, node, path)
    for (index, element) in elements.enumerated() {
      guard let part = index < node.prefixItems.count ? node.prefixItems[index] : node.items else { break }
      if !check(element, part, at: "\(path)[\(index)]") { fits = false }
    }
    if let contains = node.contains {
      let count = Double(elements.count { fitsQuietly($0, contains) })
      let least = node.limits.last { $0.keyword == "minContains" }?.value ?? 1
      let most = node.limits.last { $0.keyword == "maxContains" }?.value ?? .infinity
      if count < least || count > most {
        fits = fail("holds \(Int(count)) elements of the kind asked for", value, path)
      }
    }
    if node.isUnique {
      work += value.jsonSize
      var seen: Set<String> = []
      if !elements.allSatisfy({ seen.insert($0.jsonCanonical).inserted }) {
        fits = fail("holds the same element twice", value, path)
      }
    }
    return fits
  }

  private mutating func checkScalar(_ value: DocumentNode, _ node: Node, _ path: String) -> Bool {
    if let number = value.jsonNumber { return checkNumber(number, value, node, path) }
    guard value.jsonType == .string, let text = value.text else { return true }
    var fits = check(
      Double(text.unicodeScalars.count), ["minLength", "maxLength"], "characters", value, node, path)
    if let pattern = node.pattern, !found(pattern, in: text) {
      fits = fail("does not fit the pattern \(node.patternText.prefix(80))", value, path)
    }
    if let format = node.format, !format.fits(text) { fits = fail("is no \(format.rawValue)", value, path) }
    return fits
  }

  private mutating func checkNumber(_ number: Double, _ value: DocumentNode, _ node: Node, _ path: String) -> Bool {
    var fits = true
    for limit in node.limits {
      let isMet: Bool
      let words: String
      switch limit.keyword {
      case "minimum": (isMet, words) = (number >= limit.value, "less than")
      case "maximum": (isMet, words) = (number <= limit.value, "more than")
      case "exclusiveMinimum": (isMet, words) = (number > limit.value, "not more than")
      case "exclusiveMaximum": (isMet, words) = (number < limit.value, "not less than")
      case "multipleOf":
        let quotient = number / limit.value
        (isMet, words) = (abs(quotient - quotient.rounded()) < 1e-9 * max(1, abs(quotient)), "no multiple of")
      default: continue
      }
      if !isMet { fits = fail("is \(value.text ?? ""), \(words) \(Self.shown(limit.value))", value, path) }
    }
    return fits
  }

  /// Holds a count to its least and most.
  private mutating func check(
    _ count: Double, _ keywords: [String], _ what: String, _ value: DocumentNode, _ node: Node, _ path: String
  ) -> Bool {
    var fits = true
    for limit in node.limits where keywords.contains(limit.keyword) {
      let isLeast = limit.keyword.hasPrefix("min")
      if isLeast ? count < limit.value : count > limit.value {
        fits = fail(
          "has \(Self.shown(count)) \(what), \(isLeast ? "less" : "more") than \(Self.shown(limit.value))", value, path)
      }
    }
    return fits
  }

  private mutating func found(_ pattern: BoundedPattern, in text: String) -> Bool {
    work += (text.utf8.count + 1) * pattern.size / 16 + 1
    return work > Self.mostWork || pattern.isFound(in: text)
  }

  private static func shown(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
}
