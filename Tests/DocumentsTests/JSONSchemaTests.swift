import Testing

@testable import Documents

/// What schemas accept, refuse and are refused for.
@Suite struct JSONSchemaTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let schema: String
    let document: String
    let violations: [String]
    var testDescription: String { "\(schema) on \(document)" }
  }

  static let cases: [Case] = [
    Case(schema: "true", document: "1", violations: []),
    Case(schema: "false", document: "1", violations: [" is not allowed"]),
    Case(schema: #"{"type": "integer"}"#, document: "1.0", violations: []),
    Case(
      schema: #"{"type": ["string", "null"]}"#, document: "7", violations: [" is of type integer, not null or string"]),
    Case(schema: #"{"const": {"a": 1, "b": [2]}}"#, document: #"{"b": [2.0], "a": 1}"#, violations: []),
    Case(schema: #"{"enum": ["a", 1]}"#, document: #""b""#, violations: [#" is none of "a", 1"#]),
    Case(schema: #"{"required": ["a", "b"]}"#, document: #"{"a": 1}"#, violations: [" lacks `b`"]),
    Case(
      schema: #"{"properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
      document: #"{"a": 1, "c": 2}"#,
      violations: ["a is of type integer, not string", "c is a key that the schema does not know"]),
    Case(
      schema: #"{"patternProperties": {"^n_": {"minimum": 0}}}"#, document: #"{"n_a": -1, "m": -1}"#,
      violations: ["n_a is -1, less than 0"]),
    Case(
      schema: #"{"prefixItems": [{"type": "string"}], "items": {"type": "number"}}"#, document: #"["a", 1, "b"]"#,
      violations: ["[2] is of type string, not number"]),
    Case(
      schema: #"{"items": [{"type": "string"}], "additionalItems": false}"#, document: #"["a", 1]"#,
      violations: ["[1] is not allowed"]),
    Case(
      schema: #"{"minItems": 2, "uniqueItems": true}"#, document: "[1]", violations: [" has 1 elements, less than 2"]),
    Case(schema: #"{"uniqueItems": true}"#, document: "[1, 1.0]", violations: [" holds the same element twice"]),
    Case(
      schema: #"{"contains": {"const": 3}}"#, document: "[1]", violations: [" holds 0 elements of the kind asked for"]),
    Case(schema: #"{"exclusiveMaximum": 1, "multipleOf": 0.1}"#, document: "0.3", violations: []),
    Case(schema: #"{"maxLength": 2}"#, document: #""äöü""#, violations: [" has 3 characters, more than 2"]),
    Case(schema: #"{"pattern": "^v\\d+$"}"#, document: #""v12a""#, violations: [#" does not fit the pattern ^v\d+$"#]),
    Case(schema: #"{"format": "date-time"}"#, document: #""2025-02-30T00:00:00Z""#, violations: [" is no date-time"]),
    Case(schema: #"{"format": "date-time"}"#, document: #""2024-02-29T23:59:60.5+02:00""#, violations: []),
    Case(
      schema: #"{"anyOf": [{"type": "string"}, {"minimum": 5}]}"#, document: "3",
      violations: [" fits none of the 2 alternatives"]),
    Case(
      schema: #"{"oneOf": [{"type": "number"}, {"minimum": 5}]}"#, document: "7",
      violations: [" fits 2 of 2 alternatives instead of one"]),
    Case(
      schema: #"{"not": {"required": ["a"]}}"#, document: #"{"a": 1}"#, violations: [" is what the schema rules out"]),
    Case(
      schema: #"{"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}}"#,
      document: #"{"a": 1}"#, violations: [" lacks `b`"]),
    Case(
      schema: ##"{"properties": {"a": {"$ref": "#/$defs/d~1e"}}, "$defs": {"d/e": {"type": "string"}}}"##,
      document: #"{"a": 1}"#, violations: ["a is of type integer, not string"]),
    Case(
      schema: #"{"dependentRequired": {"a": ["b"]}}"#, document: #"{"a": 1}"#, violations: [" has `a` and lacks `b`"]),
    Case(
      schema: #"{"propertyNames": {"pattern": "^[a-z]+$"}}"#, document: #"{"A": 1}"#,
      violations: ["A does not fit the pattern ^[a-z]+$"]),
    Case(schema: #"{"minProperties": 2}"#, document: #"{"A": 1}"#, violations: [" has 1 keys, less than 2"]),
  ]

  @Test(arguments: cases)
  func `says what a document does not meet`(of example: Case) throws {
    let schema = try JSONSchema(try JSONDocument.read(Array(example.schema.utf8)))
    let found = schema.violations(of: try JSONDocument.read(Array(example.document.utf8)))
    #expect(found.map { "\($0.path) \($0.message)" } == example.violations)
  }

  static let mistakes: [(schema: String, message: String, line: Int?)] = [
    ("{\n\"requird\": []}", "unknown keyword `requird`", 2),
    (#"{"unevaluatedProperties": false}"#, "unknown keyword `unevaluatedProperties`", 1),
    (#"{"type": "text"}"#, "`type` is one or several of", 1),
    (#"{"format": "iri"}"#, "unknown format `iri`", 1),
    (##"{"$ref": "#/$defs/lost"}"##, "which is not there", 1),
    (##"{"$ref": "#"}"##, "refers to itself", 1),
    (##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"items": {"$ref": "#/$defs/a"}}}}"##, "refers to itself", 1),
    (#"{"$ref": "https://example.org/schema.json"}"#, "leads to a place in the same file", 1),
    (#"{"pattern": "(?=a)"}"#, "cannot be matched in bounded time", 1),
    (#"{"pattern": "(a)\\1"}"#, "cannot be matched in bounded time", 1),
    (#"{"pattern": "((a{999}){999}){999}"}"#, "too large", 1),
    (#"{"pattern": "[z-a]"}"#, "runs backwards", 1),
    (#"{"minLength": -1}"#, "not negative", 1),
    (#"{"properties": []}"#, "takes a map", 1),
    ("[]", "a schema is a map", 1),
  ]

  @Test(arguments: mistakes.indices)
  func `refuses what it would have to pass over`(index: Int) throws {
    let (text, message, line) = Self.mistakes[index]
    let document = try JSONDocument.read(Array(text.utf8))
    let error = #expect(throws: JSONSchema.Mistakes.self) { try JSONSchema(document) }
    #expect(error?.mistakes.first?.message.contains(message) ?? false, "\(error?.mistakes ?? [])")
    #expect(error?.mistakes.first?.line == line)
  }

  @Test func `tells every mistake`() throws {
    let document = try JSONDocument.read(Array("{\"a\": 1,\n\"b\": 2}".utf8))
    let error = #expect(throws: JSONSchema.Mistakes.self) { try JSONSchema(document) }
    #expect(error?.mistakes.map(\.line) == [1, 2])
  }

  @Test func `a schema that doubles its work with each step is stopped`() throws {
    let defs = (1..<60).map {
      ##""d\##($0)": {"allOf": [{"$ref": "#/$defs/d\##($0 - 1)"}, {"$ref": "#/$defs/d\##($0 - 1)"}]}"##
    }
    let text =
      #"{"$ref": "\#("#/$defs/d20")", "$defs": {"d0": {"type": "object"}, \#(defs.prefix(25).joined(separator: ","))}}"#
    let schema = try JSONSchema(try JSONDocument.read(Array(text.utf8)))
    let found = schema.violations(of: try JSONDocument.read(Array(#"{"a": 1}"#.utf8)))
    #expect(found.last?.message.contains("too much work") ?? false)
  }

  @Test func `a long chain of references ends`() throws {
    let defs = (1..<5000).map { ##""d\##($0)": {"$ref": "#/$defs/d\##($0 - 1)"}"## }
    let text =
      #"{"$defs": {"d0": {"type": "object"}, \#(defs.joined(separator: ","))}, "properties": {"a": {"$ref": "\#("#/$defs/d4999")"}}}"#
    let document = try JSONDocument.read(Array(text.utf8))
    let error = #expect(throws: JSONSchema.Mistakes.self) { try JSONSchema(document) }
    #expect(error?.mistakes.first?.message.contains("nested more than 64 deep") ?? false)
  }

  static let patterns: [(pattern: String, text: String, fits: Bool)] = [
    ("b", "abc", true), ("^b", "abc", false), ("c$", "abc", true), ("^(a|bc)+$", "abcbca", true),
    ("^a{2,3}$", "aaaa", false),
    ("^a{2,}$", "aaaa", true), ("^[^0-9]+$", "ab1", false), (#"^\w+\.\w+$"#, "a.b", true),
    (#"\bcat\b"#, "a cat!", true),
    (#"\bcat\b"#, "concat", false), ("^(?:a|b)?$", "", true), (#"^\u00e4$"#, "ä", true), ("^.$", "\n", false),
    (#"^[\d\-x]+$"#, "1-x", true), ("a{,2}", "a{,2}", true), ("^[a-]$", "-", true),
    ("^(?<year>[0-9]{4})$", "2024", true),
    ("^(a*)*$", "aaaa", true), ("|", "x", true),
  ]

  @Test(arguments: patterns.indices)
  func `matches as ECMA-262 does`(index: Int) throws {
    let (pattern, text, fits) = Self.patterns[index]
    #expect(try BoundedPattern(pattern).isFound(in: text) == fits, "\(pattern) in \(text)")
  }

  @Test func `a pattern that others take years for is quick`() throws {
    let text = String(repeating: "a", count: 20_000) + "!"
    #expect(try !BoundedPattern("^(a+)+$").isFound(in: text))
    #expect(try !BoundedPattern("^(a|a)*$").isFound(in: text))
  }
}
