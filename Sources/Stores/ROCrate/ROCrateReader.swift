import Documents
import Hashing
import Records

/// Reads a research object crate: its data entities as one dataset, its actions as runs.
struct ROCrateReader: StoreReader {
  private let tree: StoreTree
  private let place: TreePath
  private let context: ReadingContext
  private let files: StoreFiles

  init(tree: StoreTree, place: TreePath, context: ReadingContext) {
    self.tree = tree
    self.place = place
    self.context = context
    files = StoreFiles(tree: tree, context: context)
  }

  func read(into sink: any FactSink) async throws -> Bool {
    let path = place.appending(Self.name(in: try? tree.list(place)) ?? "ro-crate-metadata.json")
    let graph: ROCrateGraph
    do throws(RecordDocument.Failure) {
      let root = try RecordDocument.entries(path, in: tree).root
      guard let read = ROCrateGraph(root) else {
        throw .document(DocumentError("no crate: there is no `@graph` with a root dataset", line: root.line))
      }
      graph = read
    } catch {
      try sink.receive([.problem(error.problem(at: path))])
      return false
    }
    var dataset = DatasetFact(path: path.display)
    dataset.line = graph.root.line
    dataset.name = LinkedData.text("name", of: graph.root) ?? tree.name(of: place)
    dataset.files = graph.entities.compactMap { artifact($0, document: path) }
    try sink.receive([.dataset(dataset)])
    let runs = ROCrateRuns(tree: tree, place: place, context: context, graph: graph, dataset: dataset.name ?? "")
    for action in graph.actions { try sink.receive(runs.facts(of: action, document: path)) }
    return true
  }

  /// A file or folder that the crate describes; nil for entities that are no data.
  private func artifact(_ node: DocumentNode, document: TreePath) -> Artifact? {
    guard let id = node["@id"]?.text, id != "./", !id.hasPrefix("#") else { return nil }
    let isFolder = LinkedData.isA("Dataset", node)
    guard isFolder || LinkedData.isA("File", node) || LinkedData.isA("MediaObject", node) else { return nil }
    let size = LinkedData.bytes(LinkedData.text("contentSize", of: node))
    var file = files.file(named: ROCrateGraph.path(id), in: place)
    if isFolder {
      file = FileReference(
        path: file.path, raw: file.raw, location: file.location, form: .directory, reason: file.reason)
    }
    var claims = [DigestAlgorithm.sha512, .sha256, .sha1, .md5].compactMap { algorithm -> Claim? in
      guard let stated = LinkedData.value(algorithm.rawValue, of: node), let text = stated.text else { return nil }
      return Claim(
        text: text, digest: Digest(text: text, assumed: algorithm), size: size, document: document.display,
        line: stated.line)
    }
    if claims.isEmpty, let size, let found = file.place.flatMap({ files.size(of: $0) }), found != size {
      claims.append(
        Claim(
          contradicted: "contentSize says \(size) bytes, and \(found) are there", document: document.display,
          line: LinkedData.value("contentSize", of: node)?.line))
    }
    return Artifact(
      file: file, role: .data, declared: Redaction.redact(id), document: document.display, line: node.line,
      claims: claims)
  }

  static func name(in folder: Folder?) -> String? {
    ["ro-crate-metadata.json", "ro-crate-metadata.jsonld"].first { folder?.kind(named: Array($0.utf8)) == .file }
  }
}

/// Finds crates by the name of their metadata file.
struct ROCrateSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    ROCrateReader.name(in: folder) == nil ? [] : [StoreSighting(place: folder.path, territory: .everybody)]
  }
}
