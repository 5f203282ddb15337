import Hashing
import Records

/// What lies in a bag against what its manifests list.
struct BagContents {
  private let tree: StoreTree
  private let place: TreePath
  private let context: ReadingContext
  private let text: BagText
  private let files: StoreFiles
  private(set) var info: BagInfo?
  private(set) var problems: [Problem] = []
  private var infoPath: TreePath?
  private var manifests: [BagManifest] = []
  /// Payload files that are there, by their path in the bag; equal text is one path, however it is composed.
  private var payload: [String: FileReference] = [:]
  private var payloadBytes: Int64 = 0

  init(tree: StoreTree, place: TreePath, context: ReadingContext, text: BagText) {
    self.tree = tree
    self.place = place
    self.context = context
    self.text = text
    files = StoreFiles(tree: tree, context: context)
  }

  /// Reads the tag files and lists the payload.
  mutating func read(_ folder: Folder) {
    listPayload()
    for entry in folder.entries where entry.kind == .file {
      let path = folder.path(of: entry)
      let name = entry.text
      guard BagManifest.algorithmName(name) != nil || name == "bag-info.txt" || name == "fetch.txt" else { continue }
      do throws(FileAccessError) {
        read(name, path, try tree.read(path))
      } catch {
        problems.append(Problem(error, at: path))
      }
    }
    if !manifests.contains(where: { !$0.isTagManifest }) {
      problems.append(
        Problem(
          kind: .malformedRecord, path: place.appending("bagit.txt").display, message: "the bag has no payload manifest"
        ))
    }
    problems += manifests.flatMap(\.problems)
  }

  private mutating func read(_ name: String, _ path: TreePath, _ bytes: [UInt8]) {
    switch name {
    case "bag-info.txt":
      let read = BagInfo(bytes: bytes, document: path.display, text: text)
      problems += read.problems
      info = read
      infoPath = path
    case "fetch.txt":
      problems += BagFetch(bytes: bytes, document: path.display, text: text).problems
    default:
      if let manifest = BagManifest(name: name, document: path.display, bytes: bytes, text: text) {
        manifests.append(manifest)
      }
    }
  }

  private mutating func listPayload() {
    let data = place.appending("data")
    guard tree.kind(of: data) != .missing else {
      problems.append(
        Problem(kind: .malformedRecord, path: data.display, message: "the bag has no folder `data`"))
      return
    }
    let payload = FolderArtifacts(tree: tree)
    let found = payload.list(data, problems: &problems)
    for path in found.files { note(path, FileReference(path: path.display, raw: path.raw)) }
    for link in found.links {
      let file = payload.target(of: link, problems: &problems)
      if file.location != .outside { note(link, file) }
    }
  }

  private mutating func note(_ path: TreePath, _ file: FileReference) {
    payload[path.relative(to: place).display] = file
    payloadBytes += files.size(of: path) ?? 0
  }

  /// Every file that is there or listed, with its claims, sorted by path.
  func artifacts() -> [Artifact] {
    var found: [String: Artifact] = [:]
    for (path, file) in payload { found[path] = Artifact(file: file, role: .data) }
    for manifest in manifests {
      for entry in manifest.entries {
        let path = listed(entry)
        let fresh = Artifact(
          file: files.file(at: place.appending(path)), role: manifest.isTagManifest ? .record : .data, declared: path,
          document: manifest.document, line: entry.line)
        found[path, default: fresh].claims += [manifest.claim(entry)].compactMap(\.self)
      }
    }
    noteUnlisted(in: &found)
    noteOxum(in: &found)
    return found.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
  }

  /// Tools that write a percent sign as it is are many: what is there under the literal name is meant.
  private func listed(_ entry: BagManifest.Entry) -> String {
    if entry.path != entry.written, payload[entry.path] == nil, payload[entry.written] != nil { return entry.written }
    return entry.path
  }

  private func noteUnlisted(in found: inout [String: Artifact]) {
    let manifests = manifests.filter { !$0.isTagManifest }
    let lists = manifests.map { manifest in (manifest.document, Set(manifest.entries.map(listed))) }
    for path in payload.keys.sorted() {
      let without = lists.filter { !$0.1.contains(path) }.map(\.0)
      guard let first = without.first, text.isStrict || without.count == lists.count else { continue }
      let message = without.count == lists.count ? "no manifest of the bag lists it" : "\(first) does not list it"
      found[path]?.claims.append(Claim(contradicted: message, document: first))
    }
  }

  private func noteOxum(in found: inout [String: Artifact]) {
    guard let infoPath, let oxum = info?.oxum, oxum.bytes != payloadBytes || oxum.files != payload.count else { return }
    let message =
      "Payload-Oxum says \(oxum.bytes) bytes in \(oxum.files) files, and \(payloadBytes) bytes in \(payload.count) are there"
    let name = infoPath.relative(to: place).display
    found[name, default: Artifact(file: files.file(at: infoPath), role: .record)].claims.append(
      Claim(contradicted: message, document: infoPath.display, line: oxum.line))
  }
}
