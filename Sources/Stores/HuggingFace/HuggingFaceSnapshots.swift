import Documents
import Hashing
import Records

/// Turns one repository of a cache into versions (of a model) or datasets, one a snapshot, with aliases for its refs.
struct HuggingFaceSnapshots {
  private let tree: StoreTree
  private let context: ReadingContext
  private let repository: HuggingFaceRepository
  private let files: StoreFiles
  private var facts: [Fact] = []
  private var problems: [Problem] = []
  private var documents: [ModelDocument] = []
  /// Blobs that a snapshot leads to.
  private var used: Set<TreePath> = []

  init(tree: StoreTree, context: ReadingContext, repository: HuggingFaceRepository) {
    self.tree = tree
    self.context = context
    self.repository = repository
    files = StoreFiles(tree: tree, context: context)
  }

  func read(into sink: any FactSink) throws {
    var reading = self
    for entry in reading.list(repository.place.appending("snapshots")) where entry.kind == .directory {
      reading.readSnapshot(entry.text, repository.place.appending("snapshots").appending(entry.name))
    }
    reading.readUnusedBlobs()
    if repository.kind == .model {
      let parts = repository.id.split(separator: "/").map(String.init)
      var model = ModelFact(
        subject: repository.id, project: parts.count > 1 ? parts[0] : nil, name: parts.last ?? repository.id,
        path: repository.place.display)
      model.documents = reading.documents
      reading.facts.insert(.model(model), at: 0)
      reading.readRefs(repository.place.appending("refs"), prefix: "", depth: 0)
    }
    try sink.receive(reading.facts + reading.problems.map(Fact.problem))
  }

  private mutating func list(_ path: TreePath) -> [Folder.Entry] {
    tree.folder(path, problems: &problems)?.entries ?? []
  }

  /// Nil, and a problem, when the file cannot be read.
  private mutating func read(_ path: TreePath) -> [UInt8]? {
    do throws(FileAccessError) {
      return try tree.read(path)
    } catch {
      problems.append(Problem(error, at: path))
      return nil
    }
  }

  private mutating func readSnapshot(_ commit: String, _ place: TreePath) {
    let (listed, problem) = HuggingFaceTree.read(
      repository.place.appending("trees").appending(commit + ".json"), in: tree)
    if let problem { problems.append(problem) }
    var artifacts: [TreePath: Artifact] = [:]
    let found = FolderArtifacts(tree: tree).list(place, problems: &problems)
    for path in found.files {
      let name = path.relative(to: place)
      artifacts[name] = Artifact(
        file: FileReference(path: path.display, raw: path.raw), role: ArtifactRole(path: name.display))
    }
    for link in found.links { artifacts[link.relative(to: place)] = artifact(link, in: place) }
    for entry in listed?.entries ?? [] where !TreePath.leaves(entry.path) {
      let name = TreePath(entry.path)
      // A part of a revision may be all that was asked for, so what is not here is out of reach, not lost.
      let absent = Artifact(
        file: FileReference(
          path: place.appending(name.bytes).display, location: .remote,
          reason: "the revision holds it, and it was never downloaded or is gone"),
        role: ArtifactRole(path: entry.path), declared: entry.path, document: listed?.document, line: entry.line)
      artifacts[name, default: absent].claims += [listed?.claim(entry)].compactMap(\.self)
    }
    add(commit, place, artifacts.sorted { $0.key < $1.key })
  }

  /// A link to a blob, whose name says what it holds.
  private mutating func artifact(_ link: TreePath, in place: TreePath) -> Artifact {
    let name = link.relative(to: place).display
    let target = tree.linkTarget(link) ?? []
    let folder = link.parent ?? .root
    let blob = target.first == UInt8(ascii: "/") ? nil : folder.appending(target).normalised
    let file = blob.map { files.file(at: $0) } ?? files.file(at: link)
    if file.location == .outside || blob == nil {
      problems.append(
        Problem(
          kind: .outside, path: link.display,
          message: "the link `\(TreePath(bytes: target).display)` leads out of the store"))
    }
    if let blob { used.insert(blob) }
    let claim = blob.flatMap { HuggingFaceRepository.claim(etag: $0.displayName, document: link.display) }
    return Artifact(
      file: file, role: ArtifactRole(path: name), declared: name, document: link.display,
      claims: [claim].compactMap(\.self))
  }

  private mutating func add(_ commit: String, _ place: TreePath, _ artifacts: [(key: TreePath, value: Artifact)]) {
    switch repository.kind {
    case .model:
      var version = VersionFact(
        model: repository.id, name: commit, path: place.display, rank: nil, conforming: false)
      version.artifacts = artifacts.map(\.value)
      facts.append(.version(version))
      for artifact in artifacts where artifact.value.file.location == .local {
        let document = ModelDocument(path: place.appending(artifact.key.bytes).display, name: artifact.key.displayName)
        if let document { documents.append(document) }
      }
    case .dataset, .space:
      var dataset = DatasetFact(path: place.display)
      dataset.name = "\(repository.id)@\(commit)"
      dataset.files = artifacts.map(\.value)
      facts.append(.dataset(dataset))
    }
  }

  /// What no snapshot leads to any more is kept all the same, and can be damaged.
  private mutating func readUnusedBlobs() {
    let place = repository.place.appending("blobs")
    var dataset = DatasetFact(path: place.display)
    dataset.name = "\(repository.place.displayName)/blobs"
    for entry in list(place) where entry.kind == .file || entry.kind == .link {
      let path = place.appending(entry.name)
      guard !used.contains(path),
        let claim = HuggingFaceRepository.claim(etag: entry.text, document: path.display)
      else { continue }
      dataset.files.append(Artifact(file: files.file(at: path), role: .data, claims: [claim]))
    }
    if !dataset.files.isEmpty { facts.append(.dataset(dataset)) }
  }

  /// A revision of which only absent files were asked for has a ref and no snapshot.
  private func isEmptyRevision(_ commit: String) -> Bool {
    !TreePath.leaves(commit) && !commit.isEmpty
      && tree.kind(of: repository.place.appending("snapshots").appending(commit)) == .missing
      && tree.kind(of: repository.place.appending(".no_exist").appending(commit)) == .directory
  }

  private mutating func readRefs(_ place: TreePath, prefix: String, depth: Int) {
    guard depth < FolderDepth.maximum else {
      problems.append(Problem(tooDeep: place))
      return
    }
    for entry in list(place) {
      let path = place.appending(entry.name)
      switch entry.kind {
      case .directory: readRefs(path, prefix: prefix + entry.text + "/", depth: depth + 1)
      case .file:
        let text = read(path).map { TextDecoding.decode($0).filter { !$0.isWhitespace } }
        if let text, isEmptyRevision(text) { continue }
        facts.append(
          .alias(
            AliasFact(
              model: repository.id, name: prefix + entry.text, path: path.display, target: text, version: text,
              form: .file)))
      case .link, .special, .missing, .linkLoop, .unreadable:
        if let problem = Problem(entry: entry.kind, at: path) { problems.append(problem) }
      }
    }
  }
}
