import Documents
import Records

/// Finds passwords, tokens and keys in what people wrote.
package enum SecretText {
  private static let most = 100

  /// Where a document holds secrets, with each key as a dotted path; at most a hundred.
  package static func find(in document: DocumentNode, path: String) -> [ExposedSecret] {
    var found: [ExposedSecret] = []
    visit(document, key: "", name: "", path: path, into: &found)
    return found
  }

  /// `key` leads to `node`, and `name` is the last part of it that a map has.
  private static func visit(
    _ node: DocumentNode, key: String, name: String, path: String, into found: inout [ExposedSecret]
  ) {
    guard found.count < most else { return }
    switch node.value {
    case .plain(let text), .string(let text):
      if Redaction.isSecret(text, key: name) {
        found.append(ExposedSecret(key: Redaction.redact(key), path: path, line: node.line))
      }
    case .list(let elements):
      // A command may be a list of words, and the secret the one behind `--password`.
      let words = elements.compactMap(\.text)
      if words.count == elements.count, words.count > 1 {
        let line = words.joined(separator: " ")
        if Redaction.redact(line) != line {
          found.append(ExposedSecret(key: Redaction.redact(key), path: path, line: node.line))
        }
        return
      }
      for (index, element) in elements.enumerated() {
        visit(element, key: "\(key)[\(index)]", name: name, path: path, into: &found)
      }
    case .map(let entries):
      for entry in entries {
        visit(
          entry.node, key: key.isEmpty ? entry.key : "\(key).\(entry.key)", name: entry.key, path: path, into: &found)
      }
    case .null: break
    }
  }
}
