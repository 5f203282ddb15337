import Documents

/// JSON-LD as tools write it: terms with or without a prefix, values alone or in lists.
enum LinkedData {
  /// The value of a term, written as `name`, `sc:name` or `https://schema.org/name`.
  static func value(_ name: String, of node: DocumentNode) -> DocumentNode? {
    node[name] ?? node.entries?.first { term($0.key) == name }?.node
  }

  /// The values of a term, one or many.
  static func values(_ name: String, of node: DocumentNode) -> [DocumentNode] {
    guard let found = value(name, of: node), !found.isNull else { return [] }
    return found.elements ?? [found]
  }

  /// The first value of a term as text; of a reference its `@id`.
  static func text(_ name: String, of node: DocumentNode) -> String? {
    values(name, of: node).first.flatMap { $0.text ?? $0["@id"]?.text }
  }

  /// Whether the node is of a type.
  static func isA(_ type: String, _ node: DocumentNode) -> Bool {
    let types = node["@type"].map { $0.elements ?? [$0] } ?? []
    return types.contains { $0.text.map(term) == type }
  }

  /// `sc:Dataset` and `https://schema.org/Dataset` are `Dataset`.
  private static func term(_ text: String) -> String {
    text.split(whereSeparator: { $0 == ":" || $0 == "/" || $0 == "#" }).last.map(String.init) ?? text
  }

  /// Bytes as people write them: `5779`, `5779 B`; nil where units were rounded.
  static func bytes(_ text: String?) -> Int64? {
    guard let text else { return nil }
    let digits = text.prefix { $0.isNumber }
    let unit = text.dropFirst(digits.count).filter { !$0.isWhitespace }.lowercased()
    return ["", "b", "bytes"].contains(unit) ? Int64(digits) : nil
  }

  /// `%20` decoded; what is no valid code stays.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")), case .path(let path) = Location("file:" + text) else { return text }
    return path
  }
}
