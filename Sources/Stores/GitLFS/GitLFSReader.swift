import Documents
import Hashing
import Records

/// Reads what Git LFS keeps for a repository: objects, pointers that were not replaced, and files that were.
struct GitLFSReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    let objects = self.objects()
    var problems = objects.problems
    var files: [Artifact] = []
    let pointers = pointers(of: objects.artifacts)
    let index = GitIndex((try? tree.read(place.appending(".git/index"))) ?? [])
    visit(place, depth: 0, problems: &problems) { path in
      if let artifact = artifact(path, blob: index.blobs[path.relative(to: place)], pointers) { files.append(artifact) }
    }
    let all = objects.artifacts + files
    if !all.isEmpty {
      var dataset = DatasetFact(path: place.appending(".gitattributes").display)
      dataset.name = "\(tree.name(of: place)) (Git LFS)"
      dataset.files = all
      try sink.receive([.dataset(dataset)])
    }
    try sink.receive(problems.map(Fact.problem))
    return !all.isEmpty
  }

  /// `.git/lfs/objects/<2>/<2>/<sha256>`.
  private func objects() -> (artifacts: [Artifact], problems: [Problem]) {
    let root = place.appending(".git/lfs/objects")
    var artifacts: [Artifact] = []
    var problems: [Problem] = []
    do throws(FileAccessError) {
      for path in try tree.files(
        below: root,
        other: { path, kind in
          if kind == .link {
            problems.append(
              Problem(kind: .outside, path: path.display, message: "an object is a link, and is not read"))
          }
        })
      {
        guard let digest = Digest(text: path.displayName, assumed: .sha256) else { continue }
        let claim = Claim(text: digest.description, digest: digest, document: path.display, line: nil)
        artifacts.append(Artifact(file: FileReference(path: path.display, raw: path.raw), role: .data, claims: [claim]))
      }
    } catch {
      if error != .missing { problems.append(Problem(error, at: root)) }
    }
    return (artifacts, problems)
  }

  /// The objects by the name that git gives to the pointer of each: the index names pointers, not what they stand for.
  private func pointers(of objects: [Artifact]) -> [String: Claim] {
    var pointers: [String: Claim] = [:]
    for object in objects {
      guard let place = object.file.place, let claim = object.claims.first, let digest = claim.digest,
        let size = StoreTree.size(absolute: tree.absolute(place))
      else { continue }
      let text = "version https://git-lfs.github.com/spec/v1\noid sha256:\(digest.hex)\nsize \(size)\n"
      pointers[BytesDigest.gitBlob(Array(text.utf8))] = claim
    }
    return pointers
  }

  private func artifact(_ path: TreePath, blob: String?, _ pointers: [String: Claim]) -> Artifact? {
    let file = FileReference(path: path.display, raw: path.raw)
    let role = ArtifactRole(path: path.display)
    if let claim = blob.flatMap({ pointers[$0] }), let digest = claim.digest {
      let document = place.appending(".git/index").display
      return Artifact(
        file: file, role: role, declared: path.display, document: document,
        claims: [Claim(text: digest.description, digest: digest, document: document, line: nil)])
    }
    guard let size = StoreTree.size(absolute: tree.absolute(path)), size <= PointerText.longest,
      let pointer = (try? tree.read(path)).flatMap({ PointerText($0) }), pointer.tool == "Git LFS"
    else { return nil }
    let claim = Claim(
      text: pointer.digest.description, digest: pointer.digest, size: pointer.size, document: path.display, line: 2)
    return Artifact(file: file, role: role, declared: path.display, document: path.display, line: 2, claims: [claim])
  }

  /// Every file of the working tree, but not of repositories inside it.
  private func visit(_ path: TreePath, depth: Int, problems: inout [Problem], each: (TreePath) -> Void) {
    guard depth < FolderDepth.maximum, let folder = try? tree.list(path),
      depth == 0 || folder.entry(named: ".git") == nil
    else { return }
    for entry in folder.entries where entry.text != ".git" {
      let inner = folder.path(of: entry)
      if entry.kind == .directory, context.includes(inner.display + "/") {
        visit(inner, depth: depth + 1, problems: &problems, each: each)
      }
      if entry.kind == .file, context.includes(inner.display) { each(inner) }
    }
  }
}

/// Finds repositories whose `.gitattributes` names the filter of Git LFS.
struct GitLFSSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    guard folder.kind(named: Array(".git".utf8)) != .missing, folder.kind(named: Array(".gitattributes".utf8)) == .file,
      let bytes = try? tree.read(folder.path.appending(".gitattributes")),
      TextDecoding.decode(bytes).contains("filter=lfs")
    else { return [] }
    return [StoreSighting(place: folder.path, territory: .everybody)]
  }
}
