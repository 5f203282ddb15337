import Documents
import Records

/// Reads metrics: a map of numbers, nested maps as `a.b`, or a list of `{name, value}`.
package enum MetricsReader {
  /// The numbers in a metrics file of the store; none when it is absent or does not parse.
  package static func read(_ path: TreePath, in tree: StoreTree) -> [NamedNumber] {
    guard let node = try? RecordDocument.read(path, in: tree) else { return [] }
    return numbers(node, path: path.display)
  }

  /// The numbers in a document.
  package static func numbers(_ node: DocumentNode, path: String, prefix: String = "") -> [NamedNumber] {
    switch node.value {
    case .map(let entries):
      if !prefix.isEmpty, let value = node["value"]?.text { return number(prefix, value, node.line, path) }
      return entries.flatMap { numbers($0.node, path: path, prefix: prefix.isEmpty ? $0.key : "\(prefix).\($0.key)") }
    case .list(let elements):
      return elements.flatMap { element -> [NamedNumber] in
        guard let name = element["name"]?.text ?? element["metric"]?.text, let value = element["value"]?.text else {
          return []
        }
        return number(name, value, element.line, path)
      }
    case .plain(let text), .string(let text): return number(prefix, text, node.line, path)
    case .null: return []
    }
  }

  private static func number(_ name: String, _ text: String, _ line: Int, _ path: String) -> [NamedNumber] {
    guard !name.isEmpty else { return [] }
    guard let value = Double(text) else {
      // `nan` is a metric that says nothing; other text is no metric.
      return [".nan", ".inf", "-.inf", "null"].contains(text.lowercased())
        ? [NamedNumber(name: name, value: nil, text: text, path: path, line: line)] : []
    }
    return [NamedNumber(name: name, value: value.isFinite ? value : nil, text: text, path: path, line: line)]
  }
}
