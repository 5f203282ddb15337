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
    let pointers = pointers(of: objects.artifacts)
    let blobs = blobs(&problems)
    let files = workingTree(&problems).compactMap { path in
      artifact(path, blob: blobs[path.relative(to: place)], pointers)
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
    var problems: [Problem] = []
    // Without any object, or in a linked working tree, there is no such folder.
    guard tree.kind(of: root) != .missing else { return ([], []) }
    let found = FolderArtifacts(tree: tree).list(root, problems: &problems)
    for link in found.links {
      problems.append(Problem(kind: .outside, path: link.display, message: "an object is a link, and is not read"))
    }
    let artifacts = found.files.compactMap { path -> Artifact? in
      guard let digest = Digest(text: path.displayName, assumed: .sha256) else { return nil }
      let claim = Claim(text: digest.description, digest: digest, document: path.display, line: nil)
      return Artifact(file: FileReference(path: path.display, raw: path.raw), role: .data, claims: [claim])
    }
    return (artifacts, problems)
  }

  /// The blobs of the index by path; none when nothing was ever added.
  private func blobs(_ problems: inout [Problem]) -> [TreePath: String] {
    let path = place.appending(".git/index")
    do throws(FileAccessError) {
      let index = GitIndex(try tree.read(path))
      if let trouble = index.trouble {
        problems.append(Problem(kind: .malformedRecord, path: path.display, message: trouble))
      }
      return index.blobs
    } catch {
      if error != .missing { problems.append(Problem(error, at: path)) }
      return [:]
    }
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

  /// Every file of the working tree, sorted, but not of repositories inside it.
  private func workingTree(_ problems: inout [Problem]) -> [TreePath] {
    var walk = FolderWalk<Never>(
      tree: tree, from: place,
      includes: { [context] path in path.displayName != ".git" && context.includes(path.display + "/") },
      look: { [place] in $0.path == place || $0.entry(named: ".git") == nil })
    var files: [TreePath] = []
    while let folder = walk.next(summarise: { _ in nil })?.folder {
      files += folder.entries.lazy.filter { $0.kind == .file && !$0.name.elementsEqual(".git".utf8) }
        .map { folder.path(of: $0) }.filter { context.includes($0.display) }
    }
    problems += walk.problems
    return files.sorted()
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
