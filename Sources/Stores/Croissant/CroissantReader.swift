import Documents
import Foundation
import Hashing
import Records

/// Reads each Croissant description of a folder as a dataset: its file objects with their digests, its record sets
/// against the files.
struct CroissantReader: StoreReader {
  private let tree: StoreTree
  private let place: TreePath
  private let files: StoreFiles

  /// What exporters write where they have no digest.
  private static let placeholder = "https://github.com/mlcommons/croissant/issues/"

  init(tree: StoreTree, place: TreePath, context: ReadingContext) {
    self.tree = tree
    self.place = place
    files = StoreFiles(tree: tree, context: context)
  }

  func read(into sink: any FactSink) async throws -> Bool {
    guard let folder = try sink.folder(place, of: tree) else { return false }
    let names = Self.names(in: folder)
    var found = false
    for path in names.isEmpty ? [place.appending("croissant.json")] : names.map(place.appending) {
      if try read(path, into: sink) { found = true }
    }
    return found
  }

  private func read(_ path: TreePath, into sink: any FactSink) throws -> Bool {
    let root: DocumentNode
    do {
      root = try RecordDocument.entries(path, in: tree).root
    } catch {
      try sink.receive([.problem(error.problem(at: path))])
      return false
    }
    var dataset = DatasetFact(path: path.display)
    dataset.line = LinkedData.value("name", of: root)?.line ?? root.line
    dataset.name = LinkedData.text("name", of: root) ?? tree.name(of: place)
    let objects = LinkedData.values("distribution", of: root).filter { LinkedData.isA("FileObject", $0) }
    let artifacts = objects.compactMap { node in artifact(node, document: path).map { (node, $0) } }
    let checks = CroissantRecordSets(root: root, document: path.display, tree: tree)
    dataset.files = artifacts.map { node, artifact in
      var artifact = artifact
      artifact.claims += checks.contradictions(
        of: artifact.file, id: node["@id"]?.text ?? LinkedData.text("name", of: node))
      return artifact
    }
    dataset.secrets = SecretText.find(in: root, path: path.display)
    var problems: [Problem] = []
    if !LinkedData.isA("Dataset", root) {
      problems.append(
        Problem(
          kind: .malformedRecord, path: path.display, line: root.line,
          message: "no Croissant description: it is no `Dataset`"))
    }
    try sink.receive([.dataset(dataset)] + problems.map(Fact.problem))
    return true
  }

  /// Nil for what lies inside an archive, or has no location.
  private func artifact(_ node: DocumentNode, document: TreePath) -> Artifact? {
    guard LinkedData.values("containedIn", of: node).isEmpty, let text = LinkedData.text("contentUrl", of: node),
      !text.isEmpty
    else { return nil }
    let size = LinkedData.bytes(LinkedData.text("contentSize", of: node))
    var claims: [Claim] = []
    for algorithm in [DigestAlgorithm.sha256, .md5] {
      guard let stated = LinkedData.value(algorithm.rawValue, of: node), let text = stated.text,
        !text.hasPrefix(Self.placeholder)
      else { continue }
      claims.append(
        Claim(
          text: text, digest: Digest(text: text, assumed: algorithm) ?? Digest(base64: text, algorithm), size: size,
          document: document.display, line: stated.line))
    }
    let file = files.file(named: text, in: place)
    let literal = file.place.map { files.kind(of: $0) != .missing } ?? true
    return Artifact(
      file: literal ? file : files.file(named: LinkedData.decoded(text), in: place), role: .data,
      declared: Redaction.redact(text), document: document.display,
      line: LinkedData.value("contentUrl", of: node)?.line ?? node.line, claims: claims)
  }

  /// The descriptions in a folder, in the order of their names.
  static func names(in folder: Folder) -> [[UInt8]] {
    folder.entries.filter { entry in
      entry.kind == .file
        && (entry.name.elementsEqual("croissant.json".utf8)
          || entry.name.suffix(15).elementsEqual(".croissant.json".utf8))
    }.map(\.name)
  }
}

/// Finds descriptions by their name.
struct CroissantSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    CroissantReader.names(in: folder).isEmpty ? [] : [StoreSighting(place: folder.path, territory: .everybody)]
  }
}

extension Digest {
  /// The base64 form that some tools write; nil for text of another length.
  init?(base64 text: String, _ algorithm: DigestAlgorithm) {
    guard let data = Data(base64Encoded: text), data.count * 2 == algorithm.hexLength else { return nil }
    self.init(algorithm: algorithm, hex: data.hexadecimal)
  }
}
