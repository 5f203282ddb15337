import Hashing
import Records

/// Reads a Hugging Face cache (`models--org--name/{blobs,refs,snapshots}`), one repository in it, or a folder that
/// `local_dir` filled.
struct HuggingFaceReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    guard let folder = try sink.folder(place, of: tree) else { return false }
    var found = false
    for entry in folder.entries where entry.kind == .directory {
      guard let repository = HuggingFaceRepository(folderName: entry.text, place: folder.path(of: entry)),
        context.includes(repository.place.display + "/")
      else { continue }
      try HuggingFaceSnapshots(tree: tree, context: context, repository: repository).read(into: sink)
      found = true
    }
    let name = tree.name(of: place)
    if !found, HuggingFaceSignature.isRepository(folder) {
      let repository =
        HuggingFaceRepository(folderName: name, place: place) ?? HuggingFaceRepository(id: name, place: place)
      try HuggingFaceSnapshots(tree: tree, context: context, repository: repository).read(into: sink)
      found = true
    }
    if HuggingFaceSignature.isLocal(folder, in: tree) {
      try HuggingFaceFolder(tree: tree, context: context, place: place, name: name).read(into: sink)
      found = true
    }
    if !found {
      try sink.receive(
        nothingAt: place,
        "no Hugging Face cache: no `models--…` folder, no `snapshots`, no `.cache/huggingface/download`")
    }
    return found
  }
}

/// Finds caches by the names of their repositories' folders.
struct HuggingFaceSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    let repositories = folder.entries.filter { entry in
      entry.kind == .directory && HuggingFaceRepository.isFolderName(entry.name)
        && ["snapshots", "blobs", "refs"].contains {
          tree.kind(of: folder.path(of: entry).appending($0)) == .directory
        }
    }
    if !repositories.isEmpty {
      let closed = repositories.map(\.name) + [Array(".locks".utf8), Array("blobs".utf8)]
      return [StoreSighting(place: folder.path, territory: .closedEntries(closed))]
    }
    if Self.isLocal(folder, in: tree) {
      return [StoreSighting(place: folder.path, territory: .closedEntries([Array(".cache".utf8)]))]
    }
    if Self.isRepository(folder),
      HuggingFaceRepository.isFolderName(folder.path.bytes.isEmpty ? Array(tree.name.utf8) : folder.path.name)
    {
      return [StoreSighting(place: folder.path, territory: .closed)]
    }
    return []
  }

  static func isRepository(_ folder: Folder) -> Bool {
    folder.kind(named: Array("snapshots".utf8)) == .directory && folder.kind(named: Array("refs".utf8)) == .directory
  }

  static func isLocal(_ folder: Folder, in tree: StoreTree) -> Bool {
    folder.kind(named: Array(".cache".utf8)) == .directory
      && tree.kind(of: folder.path.appending(".cache/huggingface/download")) == .directory
  }
}

/// A repository of the hub by the name of its folder in a cache.
struct HuggingFaceRepository: Sendable {
  enum Kind: String, Sendable, CaseIterable { case model, dataset, space }

  let kind: Kind
  /// `org/name`.
  let id: String
  let place: TreePath

  init(id: String, place: TreePath) {
    kind = .model
    self.id = id
    self.place = place
  }

  private static let prefixes = Kind.allCases.map { Array("\($0.rawValue)s--".utf8) }

  /// Whether a folder may be a repository's; asked of every folder of a scan.
  static func isFolderName(_ name: [UInt8]) -> Bool {
    prefixes.contains { name.count > $0.count && name.starts(with: $0) }
  }

  /// `models--org--name` is the model `org/name`; nil for other names.
  init?(folderName: String, place: TreePath) {
    for kind in Kind.allCases where folderName.hasPrefix("\(kind.rawValue)s--") {
      let rest = folderName.dropFirst(kind.rawValue.count + 3)
      guard !rest.isEmpty else { return nil }
      self.kind = kind
      id = String(rest.replacing("--", with: "/"))
      self.place = place
      return
    }
    return nil
  }

  /// What the name of a blob says of its bytes: 40 digits are git's SHA-1, 64 are SHA-256 of a large file.
  static func claim(etag: String, size: Int64? = nil, document: String, line: Int? = nil) -> Claim? {
    guard etag.utf8.allSatisfy(\.isHexDigit) else { return nil }
    let digest: Digest
    switch etag.utf8.count {
    case 40: digest = Digest(algorithm: .sha1, hex: etag.lowercased(), definition: .gitBlob)
    case 64: digest = Digest(algorithm: .sha256, hex: etag.lowercased())
    default: return nil
    }
    return Claim(text: digest.description, digest: digest, size: size, document: document, line: line)
  }
}
