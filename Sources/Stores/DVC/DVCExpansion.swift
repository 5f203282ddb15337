import Hashing
import Records

/// Turns an entry of DVC's records into the files that it vouches for: of a directory, each file by its manifest.
struct DVCExpansion: Sendable {
  let tree: StoreTree
  let files: StoreFiles
  let cache: DVCCache
  /// Whether `.dvcignore` may leave files out of directories.
  let ignores: Bool

  /// The files with what is claimed of each, and what of the manifest could not be read or was refused.
  func artifacts(
    of entry: DVCEntry, in folder: TreePath, document: TreePath, role: ArtifactRole
  ) -> (artifacts: [Artifact], problems: [Problem]) {
    let file = files.file(named: entry.path, in: folder)
    let claim = entry.claim(document: document.display)
    guard entry.isDirectory, file.location == .local, let md5 = entry.md5 ?? (entry.files.isEmpty ? nil : "") else {
      return ([artifact(file, entry, document, role, [claim].compactMap(\.self))], [])
    }
    var problems: [Problem] = []
    // What `--map` leads to lies outside the tree, and is compared as a whole.
    if let place = file.place {
      if !entry.files.isEmpty {
        let (listed, refused) = DVCManifest.inside(entry.files, document: document.display)
        problems += refused
        return (members(listed, of: place, entry, document: document.display, role, &problems), problems)
      }
      let (manifest, more) = cache.manifest(md5, isLegacy: entry.isLegacy)
      problems += more
      if let manifest {
        return (members(manifest.members, of: place, entry, document: manifest.document, role, &problems), problems)
      }
    }
    // Nobody can say what the directory held, but whether it holds the same.
    let whole = FileReference(path: file.path, raw: file.raw, form: .directory)
    let stated = ignores ? claim.map(Self.withoutDefinition) : claim
    return ([artifact(whole, entry, document, role, [stated].compactMap(\.self))], problems)
  }

  private func artifact(
    _ file: FileReference, _ entry: DVCEntry, _ document: TreePath, _ role: ArtifactRole, _ claims: [Claim]
  ) -> Artifact {
    Artifact(
      file: file, role: role, declared: Redaction.redact(entry.path), document: document.display, line: entry.line,
      claims: claims)
  }

  private func members(
    _ members: [DVCManifest.Member], of place: TreePath, _ entry: DVCEntry, document: String, _ role: ArtifactRole,
    _ problems: inout [Problem]
  ) -> [Artifact] {
    var artifacts = members.map { member in
      Artifact(
        file: files.file(at: place.appending(member.path)), role: role, declared: "\(entry.path)/\(member.path)",
        document: document, line: member.line,
        claims: [
          DVCEntry.claim(member.md5, isLegacy: entry.isLegacy, size: member.size, document: document, line: member.line)
        ])
    }
    guard !ignores, tree.kind(of: place) == .directory else { return artifacts }
    let known = Set(members.compactMap { place.appending($0.path).normalised })
    let folder = FolderArtifacts(tree: tree)
    let present = folder.list(place, problems: &problems)
    for path in present.files where !known.contains(path) && path.displayName != ".gitignore" {
      artifacts.append(added(FileReference(path: path.display, raw: path.raw), role, document))
    }
    // DVC may keep a directory as links into its cache; those that the list has are its members.
    for link in present.links where !known.contains(link) {
      artifacts.append(added(folder.target(of: link, problems: &problems), role, document))
    }
    return artifacts
  }

  private func added(_ file: FileReference, _ role: ArtifactRole, _ document: String) -> Artifact {
    Artifact(
      file: file, role: role, document: document,
      claims: [Claim(contradicted: "it was added: the recorded list of the directory lacks it", document: document)])
  }

  private static func withoutDefinition(_ claim: Claim) -> Claim {
    Claim(
      text: claim.text, digest: claim.digest.map { Digest(algorithm: $0.algorithm, hex: $0.hex) },
      document: claim.document, line: claim.line)
  }
}
