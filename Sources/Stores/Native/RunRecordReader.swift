import Documents
import Hashing
import Pins
import Records

/// Reads one run record (`run.json`, `run.yaml`).
package struct RunRecordReader: Sendable {
  package let tree: StoreTree
  package let context: ReadingContext
  package let environments: EnvironmentReader
  package let resolver: ReferenceResolver
  package let repositories: RepositoryFinder

  package init(tree: StoreTree, context: ReadingContext, environments: EnvironmentReader) {
    self.tree = tree
    self.context = context
    self.environments = environments
    resolver = ReferenceResolver(tree: tree, maps: context.maps)
    repositories = RepositoryFinder(tree: tree, mapped: context.repositories)
  }

  /// The run, and what is wrong with files that it names; only a problem when the record itself does not parse.
  /// `listing` is the record's folder, when its entries are known; `text` is read instead of what the store holds.
  package func read(_ path: TreePath, listing: Folder? = nil, text: [UInt8]? = nil) -> [Fact] {
    let root: DocumentNode
    let entries: [DocumentEntry]
    let signs: RecordSigns
    do {
      let bytes = if let text { text } else { try RecordDocument.bytes(path, in: tree) }
      (root, entries) = try RecordDocument.entries(path, in: tree, text: bytes)
      signs = RecordSigns(bytes)
    } catch .access(.missing) {
      return []
    } catch {
      return [.problem(error.problem(at: path))]
    }
    return read(root, entries, at: path, listing: listing, signs: signs)
  }

  /// The run that a record of another tool describes, put in the words of a run record.
  func read(_ root: DocumentNode, at path: TreePath) -> [Fact] {
    read(root, root.entries ?? [], at: path)
  }

  private func read(
    _ root: DocumentNode, _ entries: [DocumentEntry], at path: TreePath, listing: Folder? = nil,
    signs: RecordSigns = .unknown
  ) -> [Fact] {
    let values = context.vocabulary.read(entries)
    var run = RunFact(path: path.display)
    run.line = root.line
    readIdentity(values, into: &run)
    let folder = path.parent ?? .root
    readCommit(values, folder: folder, listing: listing, into: &run)
    let bases = run.commit.repositoryRoot.flatMap { repositories.folder(ofRoot: $0) }.map { [$0] } ?? []
    let artifacts = ArtifactReader(
      resolver: resolver.beside(listing), document: path.display, folder: folder, bases: bases)
    readConfig(values, artifacts, into: &run)
    readSeeds(values, into: &run)
    readDatasets(values, artifacts, into: &run)
    readArtifacts(values, artifacts, into: &run)
    readLog(values, artifacts, into: &run)
    run.params = values[.params].map { Self.texts($0.node) } ?? []
    readMetrics(values, artifacts, listing: listing, into: &run)
    let problems = readEnvironment(values, artifacts, listing: listing, into: &run)
    if signs.mayHoldPlaceholder { run.placeholders = PlaceholderText.find(in: root, path: path.display) }
    if signs.mayHoldSecret { run.secrets = SecretText.find(in: root, path: path.display) }
    run.schemaProblems = (context.runSchema?.violations(of: root) ?? []).map {
      SchemaProblem(item: $0.path, message: $0.message, line: $0.line)
    }
    return [.run(run)] + problems.map(Fact.problem)
  }

  /// Adds the environment that stands beside a record which says nothing of it; returns what is wrong with its files.
  func readEnvironment(beside folder: Folder, into run: inout RunFact) -> [Problem] {
    let artifacts = ArtifactReader(resolver: resolver, document: run.path, folder: folder.path, bases: [])
    return readEnvironment(context.vocabulary.read([]), artifacts, listing: folder, into: &run)
  }

  private func readIdentity(_ values: RecordValues, into run: inout RunFact) {
    run.runID = values[.runID]?.node.text
    run.line = values[.runID]?.line ?? run.line
    run.startedAt = values[.startedAt]?.node.text
    run.finishedAt = values[.finishedAt]?.node.text
    run.recordedAt = values[.timestamp]?.node.text ?? run.startedAt
    run.status = values[.status]?.node.text
    run.command = values[.command].map { Redaction.redact(Self.joined($0.node)) }
    run.model = values[.model]?.node.text
    run.version = values[.version]?.node.text
    run.parentRun = values[.parentRun]?.node.text
    run.deterministic = values[.deterministic]?.node.boolean
    // `false` and an empty list name no operation.
    run.nondeterminism = values[.nondeterminism].map(\.node).filter { $0.boolean != false }.map { node in
      node.entries.map { $0.map(\.key).joined(separator: " ") } ?? Self.joined(node)
    }.filter { !$0.isEmpty }.map { Redaction.redact(String($0.prefix(1000))) }
    run.upstream =
      values[.upstreamModels].map { entry in
        (entry.node.elements ?? [entry.node]).compactMap { node in
          Self.upstreamName(node).map { NamedText(name: $0, text: nil, line: node.line) }
        }
      } ?? []
  }

  private func readCommit(_ values: RecordValues, folder: TreePath, listing: Folder?, into run: inout RunFact) {
    run.commit.hash = values[.gitCommit]?.node.text
    run.commit.line = values[.gitCommit]?.line
    run.inferenceCommit = values[.inferenceCommit].flatMap { entry in
      entry.node.text.map { NamedText(name: entry.key, text: $0, line: entry.line) }
    }
    let repository = values[.gitRepository]?.node.text
    run.commit.repository = repository.map(Redaction.redact)
    run.commit.dirty = values[.gitDirty]?.node.boolean
    run.commit.repositoryRoot = repositories.root(named: repository, from: folder, listing: listing)
  }

  private func readConfig(
    _ values: RecordValues, _ artifacts: ArtifactReader, into run: inout RunFact
  ) {
    var config = ConfigFact()
    if let entry = values[.config] {
      config.line = entry.line
      if var artifact = artifacts.artifact(entry.node, role: .config) {
        if let digest = values[.configDigest], artifact.claims.isEmpty, let claim = artifacts.claim(digest.node) {
          artifact.claims.append(claim)
        }
        config.declared = artifact.declared
        config.artifact = artifact
      } else if entry.node.entries?.isEmpty ?? true {
        return
      }
      run.config = config
    } else if let found = Self.configNames.first(where: { artifacts.resolver.exists(artifacts.folder.appending($0)) }) {
      config.artifact = Artifact(file: artifacts.resolver.resolve(found, from: artifacts.folder), role: .config)
      run.config = config
    }
  }

  private static let configNames = ["config.yaml", "config.yml", "config.json", "config.toml"]

  private func readSeeds(_ values: RecordValues, into run: inout RunFact) {
    guard let entry = values[.seeds] else { return }
    guard let entries = entry.node.entries else {
      let text = Self.joined(entry.node)
      if !text.isEmpty { run.seeds = [NamedText(name: "all", text: text, line: entry.line)] }
      return
    }
    for entry in entries where !entry.node.isNull {
      let name = entry.key.lowercased()
      if name.hasPrefix("determin") || name.hasPrefix("nondetermin") || name.hasPrefix("note") { continue }
      let framework =
        ["global", "seed", "seed_everything", "random_seed", "random_state"].contains(name) ? "all" : name
      run.seeds.append(NamedText(name: framework, text: Self.joined(entry.node), line: entry.line))
    }
  }

  private func readArtifacts(
    _ values: RecordValues, _ artifacts: ArtifactReader, into run: inout RunFact
  ) {
    guard let entry = values[.artifacts] else { return }
    let items: [(name: String?, node: DocumentNode)]
    switch entry.node.value {
    case .list(let elements): items = elements.map { (nil, $0) }
    case .map(let entries) where ArtifactReader.location(entry.node) == nil: items = entries.map { ($0.key, $0.node) }
    case .null: items = []
    default: items = [(nil, entry.node)]
    }
    for (index, item) in items.enumerated() {
      let role = item.name.flatMap { ArtifactRole(rawValue: $0.lowercased()) }
      if let artifact = artifacts.artifact(item.node, role: role) {
        run.artifacts.append(artifact)
      } else {
        let name = item.name ?? item.node["name"]?.text ?? "artifacts[\(index)]"
        run.unlocated.append(NamedText(name: name, text: nil, line: item.node.line))
      }
    }
  }

  private func readLog(_ values: RecordValues, _ artifacts: ArtifactReader, into run: inout RunFact) {
    guard let entry = values[.log] else { return }
    let node = entry.node.elements?.first ?? entry.node
    guard let artifact = artifacts.artifact(node, role: .log) else { return }
    run.log = NamedText(name: "log", text: artifact.declared, line: entry.line)
    run.logFile = artifact.file
    run.artifacts.append(artifact)
  }
}

extension Optional {
  /// Nil when `isKept` refuses what is there.
  fileprivate func filter(_ isKept: (Wrapped) -> Bool) -> Wrapped? { flatMap { isKept($0) ? $0 : nil } }
}

extension RunRecordReader {
  /// `key: value` pairs of a map, nested ones as `a.b`.
  static func texts(_ node: DocumentNode, prefix: String = "") -> [NamedText] {
    switch node.value {
    case .map(let entries): entries.flatMap { texts($0.node, prefix: prefix.isEmpty ? $0.key : "\(prefix).\($0.key)") }
    case .null: prefix.isEmpty ? [] : [NamedText(name: prefix, text: nil, line: node.line)]
    default: prefix.isEmpty ? [] : [NamedText(name: prefix, text: Redaction.redact(joined(node)), line: node.line)]
    }
  }

  /// A scalar's text, or a list's texts with spaces between: a command may be written either way.
  static func joined(_ node: DocumentNode) -> String {
    node.text ?? (node.elements ?? []).compactMap(\.text).joined(separator: " ")
  }

  private static func upstreamName(_ node: DocumentNode) -> String? {
    if let text = node.text { return text }
    guard let name = (node["model"] ?? node["name"])?.text else { return nil }
    return node["version"]?.text.map { "\(name)@\($0)" } ?? name
  }
}
