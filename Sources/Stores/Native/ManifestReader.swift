import Documents
import Hashing
import Pins
import Records

/// Reads data manifests (`data_manifest.json`, or whatever file a run names as its manifest).
package struct ManifestReader: Sendable {
  package let tree: StoreTree
  package let context: ReadingContext
  /// Working trees in the store: a manifest's path may be relative to the code's.
  package let bases: [TreePath]

  package init(tree: StoreTree, context: ReadingContext, bases: [TreePath]) {
    self.tree = tree
    self.context = context
    self.bases = bases
  }

  /// The dataset; only a problem when the manifest does not parse, and nothing when it is not there.
  ///
  /// `text` is read instead of what the store holds.
  package func read(_ path: TreePath, text: [UInt8]? = nil) -> [Fact] {
    let root: DocumentNode
    let entries: [DocumentEntry]
    do {
      (root, entries) = try RecordDocument.entries(path, in: tree, text: text)
    } catch .access(.missing), .access(.isDirectory) {
      return []
    } catch {
      return [.problem(error.problem(at: path))]
    }
    let values = context.manifestVocabulary.read(entries)
    let folder = path.parent ?? .root
    let resolver = ReferenceResolver(tree: tree, maps: context.maps)
    let artifacts = ArtifactReader(resolver: resolver, document: path.display, folder: folder, bases: bases)
    var dataset = DatasetFact(path: path.display)
    dataset.line = values[.datasetName]?.line ?? root.line
    dataset.name = values[.datasetName]?.node.text
    dataset.createdAt = values[.createdAt]?.node.text
    dataset.storageURI = Self.text(values[.storageURI])
    switch values[.storageURI]?.node.text.map(DataLocation.init) {
    case .moving(let reason): dataset.mutability = reason
    case .undated: dataset.mutability = DatasetFact.undated
    case .fixed, nil: break
    }
    dataset.contentHash = Self.text(values[.contentHash])
    dataset.schemaHash = Self.text(values[.schemaHash])
    dataset.recordCount = values[.recordCount].flatMap { entry in
      entry.node.text.map {
        NamedNumber(name: entry.key, value: Double($0), text: $0, path: path.display, line: entry.line)
      }
    }
    dataset.declaredSchema = schema(values[.schema], folder: folder, resolver: resolver)
    if let entry = values[.storageURI], var storage = artifacts.artifact(entry.node, role: .data) {
      if let claim = values[.contentHash].flatMap({ hash in
        artifacts.claim(hash.node, algorithm: RecordVocabulary.normalised(hash.key) == "md5" ? .md5 : nil)
      }) {
        storage.claims = [claim]
      }
      dataset.storage = storage
      dataset.format = Self.format(storage.file.path)
    }
    dataset.files = (values[.files]?.node.elements ?? []).compactMap { node in
      artifacts.artifact(node, role: .data)
    }
    dataset.placeholders = PlaceholderText.find(in: root, path: path.display)
    dataset.secrets = SecretText.find(in: root, path: path.display)
    return [.dataset(dataset)]
  }

  /// What records can be counted in.
  private static func format(_ path: String) -> String? {
    switch path.split(separator: ".").last.map({ $0.lowercased() }) {
    case "csv": "csv"
    case "tsv": "tsv"
    case "jsonl", "ndjson": "jsonl"
    default: nil
    }
  }

  /// Inline, in the file that `schema` names, or in `data_schema.json` beside the manifest.
  private func schema(_ entry: DocumentEntry?, folder: TreePath, resolver: ReferenceResolver) -> TableSchema? {
    if let node = entry?.node, node.entries != nil { return Self.schema(node) }
    let file = resolver.resolve(entry?.node.text ?? "data_schema.json", from: folder, bases: bases)
    guard file.location == .local, !file.path.hasPrefix("/") else { return nil }
    let path = TreePath(bytes: file.raw ?? Array(file.path.utf8))
    return (try? RecordDocument.read(path, in: tree)).flatMap(Self.schema)
  }

  private static func schema(_ node: DocumentNode) -> TableSchema? {
    guard let columns = node["columns"]?.elements?.compactMap(\.text),
      let types = node["dtypes"]?.elements?.compactMap(\.text),
      columns.count == types.count
    else { return nil }
    return TableSchema(columns: columns, types: types)
  }

  private static func text(_ entry: DocumentEntry?) -> NamedText? {
    entry.flatMap { entry in
      entry.node.text.map { NamedText(name: entry.key, text: Redaction.redact($0), line: entry.line) }
    }
  }
}
