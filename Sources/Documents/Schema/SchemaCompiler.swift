/// Turns a schema's document into nodes, once for each place, and collects every mistake.
struct SchemaCompiler {
  private static let deepest = 64
  private static let most = 20_000
  private static let mostMistakes = 20
  /// Keywords that say something to people and nothing about documents.
  private static let annotations: Set<String> = [
    "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    "$defs", "definitions", "contentMediaType", "contentEncoding",
  ]
  private static let limits: Set<String> = [
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems",
    "maxItems", "minProperties", "maxProperties", "minContains", "maxContains",
  ]

  private let document: DocumentNode
  private(set) var nodes: [JSONSchema.Node] = []
  private(set) var mistakes: [DocumentError] = []
  /// By the pointer that leads to it; nil while it is being compiled.
  private var known: [String: Int?] = [:]
  private var depth = 0

  init(document: DocumentNode) { self.document = document }

  mutating func compile() -> Int {
    let root = node(document, at: "#")
    // What nothing refers to has to be right too.
    for key in ["$defs", "definitions"] {
      for entry in document[key]?.entries ?? [] { _ = node(entry.node, at: "#/\(key)/\(Self.escaped(entry.key))") }
    }
    return root
  }

  private mutating func fail(_ message: String, _ line: Int) {
    if mistakes.count < Self.mostMistakes { mistakes.append(DocumentError(message, line: line)) }
  }

  private mutating func node(_ source: DocumentNode, at pointer: String) -> Int {
    if let known = known[pointer] {
      if let known { return known }
      fail("the schema refers to itself at `\(pointer)`; that is not supported", source.line)
      return 0
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest, nodes.count < Self.most else {
      fail(
        depth > Self.deepest
          ? "the schema is nested more than \(Self.deepest) deep" : "the schema has more than \(Self.most) parts",
        source.line)
      return 0
    }
    known[pointer] = .some(nil)
    var result = JSONSchema.Node()
    let index = nodes.count
    nodes.append(result)
    if let entries = source.entries {
      for entry in entries { read(entry, of: source, at: pointer, into: &result) }
    } else if let isTrue = source.boolean {
      result.never = !isTrue
    } else {
      fail("a schema is a map of keywords, or true or false", source.line)
    }
    nodes[index] = result
    known[pointer] = .some(index)
    return index
  }

  private mutating func read(
    _ entry: DocumentEntry, of source: DocumentNode, at pointer: String, into node: inout JSONSchema.Node
  ) {
    let place = "\(pointer)/\(Self.escaped(entry.key))"
    let value = entry.node
    switch entry.key {
    case "type": node.types = types(value)
    case "enum": node.values = (list(value, "enum") ?? []).map(\.jsonCanonical)
    case "const": node.values = [value.jsonCanonical]
    case "required": node.required = texts(value, "required")
    case "properties": node.properties = map(value, "properties", at: place)
    case "patternProperties":
      for (text, schema) in map(value, "patternProperties", at: place).sorted(by: { $0.key < $1.key }) {
        if let pattern = pattern(text, value.line) { node.patternProperties.append((pattern, schema)) }
      }
    case "additionalProperties": node.additionalProperties = self.node(value, at: place)
    case "propertyNames": node.propertyNames = self.node(value, at: place)
    case "dependentRequired":
      for item in entries(value, "dependentRequired") {
        node.dependentRequired.append((item.key, texts(item.node, item.key)))
      }
    case "items" where value.elements != nil: node.prefixItems = schemas(value, at: place)
    case "prefixItems": node.prefixItems = schemas(value, at: place)
    // Beside a list of `items`, draft-07 calls the rest so.
    case "additionalItems":
      if source["items"]?.elements != nil { node.items = self.node(value, at: place) }
    case "items": node.items = self.node(value, at: place)
    case "contains": node.contains = self.node(value, at: place)
    case "uniqueItems": node.isUnique = flag(value, "uniqueItems")
    case "pattern":
      node.patternText = value.text ?? ""
      node.pattern = pattern(value.text, value.line)
    case "format":
      node.format = value.text.flatMap(SchemaFormat.init)
      if node.format == nil {
        fail(
          "unknown format `\(value.text ?? "")`; known are \(Self.names(SchemaFormat.allCases.map(\.rawValue)))",
          value.line)
      }
    case "allOf": node.all = schemas(value, at: place)
    case "anyOf": node.any = schemas(value, at: place)
    case "oneOf": node.one = schemas(value, at: place)
    case "not": node.not = self.node(value, at: place)
    case "if": node.condition = self.node(value, at: place)
    case "then": node.then = self.node(value, at: place)
    case "else": node.otherwise = self.node(value, at: place)
    case "$ref": node.reference = reference(value)
    case let key where Self.limits.contains(key): limit(key, value, into: &node)
    case let key where Self.annotations.contains(key): break
    default: fail("unknown keyword `\(entry.key)`; it would be passed over in silence", entry.line)
    }
  }

  private mutating func reference(_ value: DocumentNode) -> Int? {
    guard let text = value.text, text == "#" || text.hasPrefix("#/") else {
      fail(
        "`$ref` leads to a place in the same file, such as `#/$defs/digest`; this is `\(value.text ?? "")`", value.line)
      return nil
    }
    var target = document
    for part in text.dropFirst(1).split(separator: "/") {
      let key = String(part).replacing("~1", with: "/").replacing("~0", with: "~")
      guard
        let next = target[key]
          ?? Int(key).flatMap({ index in
            target.elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
          })
      else {
        fail("`$ref` leads to `\(text)`, which is not there", value.line)
        return nil
      }
      target = next
    }
    if let known = known[text], known == nil {
      fail("the schema refers to itself through `\(text)`; that is not supported", value.line)
      return nil
    }
    return node(target, at: text)
  }

  private mutating func limit(_ key: String, _ value: DocumentNode, into node: inout JSONSchema.Node) {
    guard let number = value.jsonNumber, key.hasSuffix("imum") || number >= 0, key != "multipleOf" || number > 0 else {
      return fail("`\(key)` takes a number\(key.hasSuffix("imum") ? "" : " that is not negative")", value.line)
    }
    node.limits.append(JSONSchema.Limit(keyword: key, value: number))
  }

  private mutating func types(_ value: DocumentNode) -> Set<JSONType> {
    let names = value.elements?.compactMap(\.text) ?? value.text.map { [$0] } ?? []
    let types = names.compactMap(JSONType.init)
    if types.isEmpty || types.count != names.count {
      fail("`type` is one or several of \(Self.names(JSONType.allCases.map(\.rawValue)))", value.line)
    }
    return Set(types)
  }

  private mutating func pattern(_ text: String?, _ line: Int) -> BoundedPattern? {
    do throws(BoundedPattern.Mistake) {
      return try BoundedPattern(text ?? "")
    } catch {
      fail("the pattern `\(text?.prefix(80) ?? "")` cannot be used: \(error.message)", line)
      return nil
    }
  }

  private mutating func schemas(_ value: DocumentNode, at pointer: String) -> [Int] {
    guard let elements = list(value, pointer) else { return [] }
    return elements.enumerated().map { node($0.element, at: "\(pointer)/\($0.offset)") }
  }

  private mutating func map(_ value: DocumentNode, _ what: String, at pointer: String) -> [String: Int] {
    var result: [String: Int] = [:]
    for entry in entries(value, what) {
      result[entry.key] = node(entry.node, at: "\(pointer)/\(Self.escaped(entry.key))")
    }
    return result
  }

  private mutating func entries(_ value: DocumentNode, _ what: String) -> [DocumentEntry] {
    if value.entries == nil { fail("`\(what)` takes a map", value.line) }
    return value.entries ?? []
  }

  private mutating func list(_ value: DocumentNode, _ what: String) -> [DocumentNode]? {
    if value.elements == nil { fail("`\(what.split(separator: "/").last ?? "")` takes a list", value.line) }
    return value.elements
  }

  private mutating func texts(_ value: DocumentNode, _ what: String) -> [String] {
    let texts = value.elements?.compactMap(\.text) ?? []
    if value.elements?.count != texts.count { fail("`\(what)` takes a list of texts", value.line) }
    return texts
  }

  private mutating func flag(_ value: DocumentNode, _ what: String) -> Bool {
    if value.boolean == nil { fail("`\(what)` is true or false", value.line) }
    return value.boolean ?? false
  }

  private static func escaped(_ key: String) -> String { key.replacing("~", with: "~0").replacing("/", with: "~1") }

  private static func names(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
