/// A JSON or YAML value with the line it stands on; scalars keep their text, so `1.10` stays `1.10`.
package struct DocumentNode: Sendable {
  /// The shapes a value can have.
  package enum Value: Sendable {
    case null
    /// A number, a boolean or plain YAML text: its type is the reader's guess.
    case plain(String)
    case string(String)
    case list([DocumentNode])
    case map([DocumentEntry])
  }

  package let value: Value
  /// From 1.
  package let line: Int

  package init(_ value: Value, line: Int) {
    self.value = value
    self.line = line
  }

  /// The text of a scalar; nil for null, lists and maps.
  package var text: String? {
    switch value {
    case .plain(let text), .string(let text): text
    case .null, .list, .map: nil
    }
  }

  package var entries: [DocumentEntry]? {
    if case .map(let entries) = value { entries } else { nil }
  }

  package var elements: [DocumentNode]? {
    if case .list(let elements) = value { elements } else { nil }
  }

  package var isNull: Bool {
    if case .null = value { true } else { false }
  }

  /// True or false as JSON and YAML write it; nil for anything else.
  package var boolean: Bool? {
    guard case .plain(let text) = value else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: return nil
    }
  }

  /// The value under a key of a map, compared as written.
  package subscript(key: String) -> DocumentNode? {
    entries?.first { $0.key == key }?.node
  }
}

/// One key of a map.
package struct DocumentEntry: Sendable {
  package let key: String
  package let line: Int
  package let node: DocumentNode

  package init(key: String, line: Int, node: DocumentNode) {
    self.key = key
    self.line = line
    self.node = node
  }
}

/// Why a document could not be read.
package struct DocumentError: Error, Sendable, Hashable {
  package let message: String
  package let line: Int?

  package init(_ message: String, line: Int? = nil) {
    self.message = message
    self.line = line
  }
}
