import Documents
import Records

/// Finds passwords, tokens and keys in what people wrote.
package enum SecretText {
  private static let most = 100

  /// Where a document holds secrets, with each key as a dotted path; at most a hundred.
  package static func find(in document: DocumentNode, path: String) -> [ExposedSecret] {
    var found: [ExposedSecret] = []
    var keys: [String] = []
    visit(document, keys: &keys, name: "", path: path, into: &found)
    return found
  }

  /// `keys` leads to `node`, and is joined only for what is found; `name` is the last of them that a map has.
  private static func visit(
    _ node: DocumentNode, keys: inout [String], name: String, path: String, into found: inout [ExposedSecret]
  ) {
    guard found.count < most else { return }
    switch node.value {
    case .plain(let text), .string(let text):
      if Redaction.isSecret(text, key: name) { found.append(secret(keys, path, node.line)) }
    case .list(let elements):
      // A command may be a list of words, and the secret the one behind `--password`.
      let words = elements.compactMap(\.text)
      if words.count == elements.count, words.count > 1 {
        let line = words.joined(separator: " ")
        if Redaction.redact(line) != line { found.append(secret(keys, path, node.line)) }
        return
      }
      for (index, element) in elements.enumerated() {
        keys.append("[\(index)]")
        visit(element, keys: &keys, name: name, path: path, into: &found)
        keys.removeLast()
      }
    case .map(let entries):
      for entry in entries {
        keys.append(entry.key)
        visit(entry.node, keys: &keys, name: entry.key, path: path, into: &found)
        keys.removeLast()
      }
    case .null: break
    }
  }

  private static func secret(_ keys: [String], _ path: String, _ line: Int) -> ExposedSecret {
    ExposedSecret(key: Redaction.redact(PlaceholderText.joined(keys)), path: path, line: line)
  }
}
