import Documents
import Hashing
import Records

extension RunRecordReader {
  /// A path, a list of paths or maps, or a map from role to either.
  func readDatasets(
    _ values: RecordValues, _ artifacts: ArtifactReader, into run: inout RunFact
  ) {
    let items: [(role: String?, node: DocumentNode)]
    switch values[.dataManifest]?.node.value {
    case .list(let elements): items = elements.map { (nil, $0) }
    case .map(let entries):
      let node = values[.dataManifest]?.node
      let isReference = node.map {
        Self.manifestPath($0) != nil || ArtifactReader.value(of: Self.nameKeys, in: entries) != nil
      }
      items =
        isReference ?? false
        ? [(nil, node)].compactMap { pair in pair.1.map { (pair.0, $0) } } : entries.map { ($0.key, $0.node) }
    case .plain, .string: items = values[.dataManifest].map { [(nil, $0.node)] } ?? []
    case .null, nil: items = []
    }
    run.datasets = items.compactMap { use($0.node, role: $0.role, artifacts) }
    if run.datasets.count == 1, run.datasets[0].digest == nil, let digest = values[.dataDigest] {
      run.datasets[0].digest = digest.node.text
      run.datasets[0].digestOf = Self.digestOf(digest.key)
    }
  }

  private static let nameKeys = ["dataset_name", "dataset", "name", "id"]

  private static func manifestPath(_ node: DocumentNode) -> String? {
    guard let entries = node.entries else { return node.text }
    return ArtifactReader.value(of: ["manifest", "data_manifest", "path", "uri", "file"], in: entries)?.text
  }

  /// `data_manifest_sha256` is of the manifest, `content_hash` and `data_sha256` of the data, and `sha256` may be either.
  private static func digestOf(_ key: String) -> DatasetUse.DigestOf? {
    let name = key.lowercased()
    if name.contains("manifest") { return .manifest }
    return name.contains("data") || name.contains("content") ? .data : nil
  }

  private func use(_ node: DocumentNode, role: String?, _ artifacts: ArtifactReader) -> DatasetUse? {
    var use = DatasetUse()
    use.line = node.line
    use.role = node["role"]?.text ?? node["split"]?.text ?? role
    if let entries = node.entries {
      use.name = ArtifactReader.value(of: Self.nameKeys, in: entries)?.text
      if let claim = artifacts.claims(node).first {
        use.digest = claim.text
        use.digestOf = entries.first { $0.node.text == claim.text }.flatMap { Self.digestOf($0.key) }
      }
    }
    let path = Self.manifestPath(node)
    use.declared = (path ?? use.name).map(Redaction.redact)
    guard let path else { return use.name == nil ? nil : use }
    let file = artifacts.resolver.resolve(path, from: artifacts.folder, bases: artifacts.bases)
    switch file.location {
    case .local:
      // A reference may be the name of a dataset instead of the path of its manifest.
      if artifacts.resolver.kind(of: TreePath(bytes: file.raw ?? Array(file.path.utf8))) == .missing,
        !path.contains("/"),
        !path.contains(".")
      {
        use.name = use.name ?? path
        use.reason = "no manifest of a dataset `\(path)` is there"
      } else {
        use.manifest = file.path
        if artifacts.resolver.exists(TreePath(bytes: file.raw ?? Array(file.path.utf8))) { use.manifestFile = file }
        use.reason = "the data manifest `\(path)` is not there"
      }
    case .remote, .outside: use.reason = file.reason
    }
    return use
  }

  /// Inline, in a file the record names, or in `metrics.json` beside it.
  func readMetrics(
    _ values: RecordValues, _ artifacts: ArtifactReader, listing: Folder?, into run: inout RunFact
  ) {
    if let node = values[.metrics]?.node, node.text == nil {
      run.metrics = MetricsReader.numbers(node, path: run.path)
      guard run.metrics.isEmpty else {
        if let listing, let entry = listing.entry(named: "metrics.json") {
          run.metricsBeside = MetricsReader.read(listing.path(of: entry), in: tree)
        }
        return
      }
    }
    let named = values[.metrics]?.node.text ?? run.artifacts.first { $0.role == .metrics }?.declared ?? "metrics.json"
    let file = artifacts.resolver.resolve(named, from: artifacts.folder, bases: artifacts.bases)
    guard file.location == .local, !file.path.hasPrefix("/") else { return }
    let path = TreePath(bytes: file.raw ?? Array(file.path.utf8))
    run.metrics = MetricsReader.read(path, in: tree)
  }
}
