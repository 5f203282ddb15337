import AuditDatabase
import Documents
import Foundation
import Hashing
import Records
import Stores

/// A run's configuration key by key, read again from where the scan found it.
struct ConfigReading: Sendable {
  /// By dotted path, sorted; nil when it can be told by its digest only.
  let values: [Provenance.Named]?
  /// Why there are no values.
  let reason: String?

  private static let largest = 4 << 20
  private static let mostKeys = 20_000
  private static let deepest = 64

  /// Reads nothing that is not, byte for byte, what the scan read: a kept database may be older than its store.
  init(_ config: Provenance.Config, storePath: String) {
    do {
      values = try Self.read(config, storePath)
      reason = nil
    } catch {
      values = nil
      reason = error.reason
    }
  }

  private struct Unread: Error {
    let reason: String
  }

  private static func read(_ config: Provenance.Config, _ storePath: String) throws(Unread) -> [Provenance.Named] {
    guard let path = config.path, !path.hasPrefix("/"), let place = TreePath(path).normalised else {
      throw Unread(reason: "it does not lie in the store")
    }
    guard let tree = try? StoreTree(path: storePath), let bytes = try? tree.read(place) else {
      throw Unread(reason: "it cannot be read any more")
    }
    guard bytes.count <= largest else { throw Unread(reason: "it is too large") }
    if let sha256 = config.sha256 {
      guard BytesDigest.sha256(bytes) == sha256 else {
        throw Unread(reason: "it is not what the scan read any more")
      }
    } else if !config.isInline {
      throw Unread(reason: "the scan did not read it")
    }
    guard var document = parse(bytes, name: path) else { throw Unread(reason: "it is no JSON, YAML or TOML") }
    if config.isInline {
      guard let part = part(of: document, at: config.line) else {
        throw Unread(reason: "it cannot be told apart in the record")
      }
      document = part
    }
    var values: [Provenance.Named] = []
    guard flatten(document, key: "", depth: 0, into: &values) else { throw Unread(reason: "it has too many keys") }
    return values.sorted { $0.name < $1.name }
  }

  private static func parse(_ bytes: [UInt8], name: String) -> DocumentNode? {
    let name = name.lowercased()
    if name.hasSuffix(".toml") { return try? TOMLDocument.read(bytes) }
    if name.hasSuffix(".json") { return try? JSONDocument.read(bytes) }
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return nil }
    return try? YAMLDocument.read(bytes)
  }

  /// The map that begins at a line of the record.
  private static func part(of node: DocumentNode, at line: Int?) -> DocumentNode? {
    let all = (node.entries ?? []).filter { $0.line == line && $0.node.entries != nil }
    return all.count == 1 ? all[0].node : nil
  }

  /// False when there is too much of it; secrets are taken out.
  private static func flatten(
    _ node: DocumentNode, key: String, depth: Int, into values: inout [Provenance.Named]
  ) -> Bool {
    guard values.count < mostKeys, depth < deepest else { return false }
    let name = key.isEmpty ? "." : key
    switch node.value {
    case .null: values.append(Provenance.Named(name: name, value: "null"))
    case .plain(let text), .string(let text):
      let shown = Redaction.isSecret(text, key: key) ? "[redacted]" : text
      values.append(Provenance.Named(name: name, value: shown))
    case .list(let elements):
      if elements.isEmpty { values.append(Provenance.Named(name: name, value: "[]")) }
      for (index, element) in elements.enumerated() {
        guard flatten(element, key: "\(key)[\(index)]", depth: depth + 1, into: &values) else { return false }
      }
    case .map(let entries):
      if entries.isEmpty { values.append(Provenance.Named(name: name, value: "{}")) }
      for entry in entries {
        let inner = key.isEmpty ? entry.key : "\(key).\(entry.key)"
        guard flatten(entry.node, key: inner, depth: depth + 1, into: &values) else { return false }
      }
    }
    return true
  }
}
