import Documents
import Hashing
import Pins
import Records

extension RunRecordReader {
  /// Returns what is wrong with the files that the environment names.
  func readEnvironment(
    _ values: RecordValues, _ artifacts: ArtifactReader, listing: Folder?, into run: inout RunFact
  ) -> [Problem] {
    let python = values[.python]?.node.text
    let os = values[.os].map { Self.joined($0.node) }.flatMap { $0.isEmpty ? nil : $0 }
    let hardware = values[.hardware].map { Self.description($0.node) }
    let image = values[.dockerImage]?.node.text
    var parts = [python ?? "", os ?? "", hardware ?? "", image ?? ""]
    let source = requirementsSource(values, artifacts)
    if source.file != nil || source.claim != nil { run.requirements = source }
    var files: [EnvironmentReader.FilePins] = []
    var state = EnvironmentFact.RequirementsState.none
    var inline: [(text: String, line: Int)] = []
    if let file = source.file {
      files = [environments.pins(in: file, for: .requirements)]
      state = files[0].state
      parts.append("\(file.path) \(files[0].fingerprint)")
    } else if let lines = inlineRequirements(values) {
      inline = lines
      state = .read
      parts.append("\(run.path) inline")
    } else if source.claim != nil {
      state = .missing
      parts.append("missing")
    }
    for file in pinFiles(values, artifacts, listing: listing, except: source.file) {
      let read = environments.pins(in: file, for: .beside)
      parts.append("\(file.path) \(read.fingerprint)")
      files.append(read)
    }
    if parts.allSatisfy(\.isEmpty) { return [] }
    let path = run.path
    // Nearly all runs share a few environments, which are put together once.
    let (environment, problems) = environments.environment(of: parts.joined(separator: "\u{0}")) { fingerprint in
      var facts = PinFacts()
      // What the record says itself comes first: it is what people look at.
      if let python, !python.isEmpty { facts.pythons.append(environments.runPython(python)) }
      if let image { facts.append(environments.runImage(image)) }
      facts.requirements = EnvironmentReader.inline(inline, path: path)
      for file in files { facts.append(file.facts) }
      var environment = EnvironmentFact(facts, fingerprint: fingerprint, state: state)
      environment.python = python.map(PythonVersion.normalised)
      environment.os = os
      environment.hardware = hardware
      return (environment, facts.problems)
    }
    run.environment = environment
    return problems
  }

  /// The Dockerfile that the record names or that stands where it usually does, and what else names images or a Python
  /// beside the record.
  private func pinFiles(
    _ values: RecordValues, _ artifacts: ArtifactReader, listing: Folder?, except requirements: FileReference?
  ) -> [FileReference] {
    var files: [FileReference] = []
    let dockerfile = values[.dockerfile]?.node.text ?? "Dockerfile"
    if let file = artifacts.resolver.existing(dockerfile, from: artifacts.folder, bases: artifacts.bases) {
      files.append(file)
    }
    for entry in listing?.entries ?? [] where entry.kind == .file && environments.isPinFile(entry.name) {
      let file = artifacts.resolver.resolve(entry.text, from: artifacts.folder)
      if file.path != requirements?.path, !files.contains(where: { $0.path == file.path }) { files.append(file) }
    }
    return files
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

  /// The files that say what an environment holds: the first that stands beside a record does.
  private static let requirementsNames = [
    "requirements.txt", "requirements.lock", "uv.lock", "pylock.toml", "poetry.lock", "pdm.lock", "Pipfile.lock",
    "pixi.lock", "conda-lock.yml", "environment.yml", "environment.yaml", "conda.yaml", "python_env.yaml", "renv.lock",
    "Manifest.toml", "pyproject.toml", "Pipfile",
  ]

  /// What stands beside the record; farther away only a `requirements.txt` with the digest that the record claims.
  private func requirementsBeside(_ artifacts: ArtifactReader, claim: Claim?) -> FileReference? {
    for name in Self.requirementsNames where artifacts.resolver.exists(artifacts.folder.appending(name)) {
      return artifacts.resolver.resolve(name, from: artifacts.folder)
    }
    guard let digest = claim?.digest, digest.algorithm == .sha256 else { return nil }
    let name = "requirements.txt"
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
