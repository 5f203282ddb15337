import Documents
import Hashing
import Pins
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
    if run.datasets.count == 1, run.datasets[0].digest == nil {
      run.datasets[0].digest = values[.dataDigest]?.node.text
    }
  }

  private static let nameKeys = ["dataset_name", "dataset", "name", "id"]

  private static func manifestPath(_ node: DocumentNode) -> String? {
    guard let entries = node.entries else { return node.text }
    return ArtifactReader.value(of: ["manifest", "data_manifest", "path", "uri", "file"], in: entries)?.text
  }

  private func use(_ node: DocumentNode, role: String?, _ artifacts: ArtifactReader) -> DatasetUse? {
    var use = DatasetUse()
    use.line = node.line
    use.role = node["role"]?.text ?? node["split"]?.text ?? role
    if let entries = node.entries {
      use.name = ArtifactReader.value(of: Self.nameKeys, in: entries)?.text
      use.digest = artifacts.claims(node).first?.text
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
        use.reason = "the data manifest `\(path)` is not there"
      }
    case .remote, .outside: use.reason = file.reason
    }
    return use
  }

  /// Inline, in a file the record names, or in `metrics.json` beside it.
  func readMetrics(_ values: RecordValues, _ artifacts: ArtifactReader, into run: inout RunFact) {
    if let node = values[.metrics]?.node, node.text == nil {
      run.metrics = MetricsReader.numbers(node, path: run.path)
      if !run.metrics.isEmpty { return }
    }
    let named = values[.metrics]?.node.text ?? run.artifacts.first { $0.role == .metrics }?.declared ?? "metrics.json"
    let file = artifacts.resolver.resolve(named, from: artifacts.folder, bases: artifacts.bases)
    guard file.location == .local, !file.path.hasPrefix("/") else { return }
    let path = TreePath(bytes: file.raw ?? Array(file.path.utf8))
    run.metrics = MetricsReader.read(path, in: tree)
  }

  /// Returns what is wrong with the files that the environment names.
  func readEnvironment(
    _ values: RecordValues, _ artifacts: ArtifactReader, into run: inout RunFact
  ) -> [Problem] {
    var environment = EnvironmentFact()
    environment.python = values[.python]?.node.text.map(PythonVersion.normalised)
    environment.os = values[.os].map { Self.joined($0.node) }.flatMap { $0.isEmpty ? nil : $0 }
    environment.hardware = values[.hardware].map { Self.description($0.node) }
    var parts = [environment.python, environment.os, environment.hardware].map { $0 ?? "" }
    var problems: [Problem] = []
    let source = requirementsSource(values, artifacts)
    if let file = source.file {
      let read = environments.requirements(in: file)
      environment.requirements = read.facts
      environment.requirementsState = read.state
      parts.append("\(file.path) \(read.fingerprint)")
      problems = read.problems
    } else if let lines = inlineRequirements(values) {
      environment.requirements = EnvironmentReader.inline(lines, path: run.path)
      environment.requirementsState = .read
      parts.append("\(run.path) inline")
    } else if source.claim != nil {
      environment.requirementsState = .missing
      parts.append("missing")
    }
    if source.file != nil || source.claim != nil { run.requirements = source }
    if let image = values[.dockerImage]?.node.text {
      environment.images.append(environments.runImage(image))
      parts.append(image)
    }
    let dockerfileName = values[.dockerfile]?.node.text ?? "Dockerfile"
    if let dockerfile = artifacts.resolver.existing(dockerfileName, from: artifacts.folder, bases: artifacts.bases) {
      let bases = environments.baseImages(in: dockerfile)
      parts.append("\(dockerfile.path) \(bases.map { "\($0.line ?? 0) \($0.text)" })")
      environment.images += bases
    }
    let recordsNothing = parts.allSatisfy(\.isEmpty) && environment.images.isEmpty
    if !recordsNothing {
      environment.fingerprint = environments.fingerprint(of: parts.joined(separator: "\u{0}"))
      run.environment = environment
    }
    return problems
  }

  private func requirementsSource(
    _ values: RecordValues, _ artifacts: ArtifactReader
  ) -> RequirementsSource {
    var source = RequirementsSource()
    let entry = values[.requirements]
    if let digest = values[.requirementsDigest] {
      source.claim = artifacts.claim(digest.node)
      source.line = digest.line
    } else if let node = entry?.node, let claim = artifacts.claims(node).first {
      source.claim = claim
      source.line = claim.line
    }
    if let node = entry?.node, node.elements == nil, let text = ArtifactReader.location(node) {
      source.declared = text
      source.file = artifacts.resolver.resolve(text, from: artifacts.folder, bases: artifacts.bases)
    } else if entry?.node.elements == nil {
      source.file = requirementsBeside(artifacts, claim: source.claim)
    }
    return source
  }

  /// `requirements.txt` beside the record; farther away only when it has the digest that the record claims.
  private func requirementsBeside(_ artifacts: ArtifactReader, claim: Claim?) -> FileReference? {
    let name = "requirements.txt"
    if artifacts.resolver.exists(artifacts.folder.appending(name)) {
      return artifacts.resolver.resolve(name, from: artifacts.folder)
    }
    guard let digest = claim?.digest, digest.algorithm == .sha256 else { return nil }
    var candidates = artifacts.bases
    var above = artifacts.folder.parent
    while let folder = above {
      candidates.append(folder)
      above = folder.parent
    }
    for folder in candidates {
      guard let bytes = try? tree.read(folder.appending(name)) else { continue }
      if BytesDigest.sha256(bytes) == digest.hex { return artifacts.resolver.resolve(name, from: folder) }
    }
    return nil
  }

  private func inlineRequirements(_ values: RecordValues) -> [(text: String, line: Int)]? {
    values[.requirements]?.node.elements.map { elements in
      elements.compactMap { node in node.text.map { ($0, node.line) } }
    }
  }

  private static func description(_ node: DocumentNode) -> String {
    node.entries.map { entries in entries.map { "\($0.key): \(joined($0.node))" }.joined(separator: ", ") }
      ?? joined(node)
  }
}
