/// A JSON Schema (draft 2020-12 and draft-07) of the common keywords, read strictly: a keyword that is not known is a
/// mistake and never passed over.
package struct JSONSchema: Sendable {
  /// Why a schema cannot be used; every mistake is told.
  package struct Mistakes: Error, Sendable {
    package let mistakes: [DocumentError]
  }

  /// A subschema, its own subschemas by number.
  struct Node: Sendable {
    /// `true` and `false` are schemas.
    var never = false
    var types: Set<JSONType> = []
    /// Canonical texts of `enum` and `const`.
    var values: [String]?
    var required: [String] = []
    var properties: [String: Int] = [:]
    var patternProperties: [(pattern: BoundedPattern, schema: Int)] = []
    var additionalProperties: Int?
    var propertyNames: Int?
    var dependentRequired: [(key: String, needs: [String])] = []
    var prefixItems: [Int] = []
    var items: Int?
    var contains: Int?
    var isUnique = false
    var limits: [Limit] = []
    var pattern: BoundedPattern?
    var patternText = ""
    var format: SchemaFormat?
    var all: [Int] = []
    var any: [Int] = []
    var one: [Int] = []
    var not: Int?
    var condition: Int?
    var then: Int?
    var otherwise: Int?
    var reference: Int?
  }

  /// A number that a keyword such as `maxLength` sets.
  struct Limit: Sendable {
    let keyword: String
    let value: Double
  }

  let nodes: [Node]
  let root: Int

  /// A thing that a document does not meet.
  package struct Violation: Sendable, Hashable {
    /// `artifacts[0].sha256`; empty for the document itself.
    package let path: String
    package let message: String
    package let line: Int
  }

  /// Reads the schema in `document`; throws every mistake in it with its line.
  package init(_ document: DocumentNode) throws(Mistakes) {
    var compiler = SchemaCompiler(document: document)
    root = compiler.compile()
    guard compiler.mistakes.isEmpty else { throw Mistakes(mistakes: compiler.mistakes) }
    nodes = compiler.nodes
  }

  /// What `document` does not meet, in its order; at most 1000, and work beyond a bound is a violation too.
  package func violations(of document: DocumentNode) -> [Violation] {
    var check = SchemaValidation(schema: self)
    return check.run(document)
  }
}
