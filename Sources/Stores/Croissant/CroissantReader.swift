import Documents
import Foundation
import Hashing
import Records

/// Reads a Croissant description as one dataset: its file objects with their digests, its record sets against the files.
struct CroissantReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  /// What exporters write where they have no digest.
  private static let placeholder = "https://github.com/mlcommons/croissant/issues/"

  func read(into sink: any FactSink) async throws -> Bool {
    let path = place.appending(Self.name(in: try? tree.list(place)) ?? "croissant.json")
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
    let files = StoreFiles(tree: tree, context: context)
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

  /// The description in a folder.
  static func name(in folder: Folder?) -> String? {
    guard let folder else { return nil }
    if folder.kind(named: Array("croissant.json".utf8)) == .file { return "croissant.json" }
    return folder.entries.first { $0.kind == .file && $0.name.suffix(15).elementsEqual(".croissant.json".utf8) }?.text
  }
}

/// Finds descriptions by their name.
struct CroissantSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    CroissantReader.name(in: folder) == nil ? [] : [StoreSighting(place: folder.path, territory: .everybody)]
  }
}

extension Digest {
  /// The base64 form that some tools write; nil for text of another length.
  init?(base64 text: String, _ algorithm: DigestAlgorithm) {
    guard let data = Data(base64Encoded: text), data.count * 2 == algorithm.hexLength else { return nil }
    self.init(
      algorithm: algorithm, hex: data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }
}
