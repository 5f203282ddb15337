import Hashing
import Records

/// Lists every file below a folder as an artifact that was found and not declared.
struct FolderArtifacts {
  let tree: StoreTree

  /// The files sorted by path; what is no file and what cannot be read is added to `problems`.
  func read(_ path: TreePath, problems: inout [Problem]) -> [Artifact] {
    var others: [(TreePath, EntryKind)] = []
    var artifacts: [Artifact] = []
    do {
      for file in try tree.files(below: path, other: { others.append(($0, $1)) }) {
        artifacts.append(
          Artifact(file: FileReference(path: file.display, raw: file.raw), role: ArtifactRole(path: file.display)))
      }
    } catch {
      problems.append(Problem(error, at: path))
    }
    for (place, kind) in others {
      switch kind {
      case .link: artifacts += link(place, problems: &problems)
      case .special:
        problems.append(
          Problem(kind: .specialFile, path: place.display, message: FileAccessError.specialFile.reason))
      case .unreadable:
        problems.append(Problem(kind: .unreadable, path: place.display, message: "permission denied"))
      case .linkLoop, .missing, .file, .directory: break
      }
    }
    return artifacts.sorted { $0.file.path < $1.file.path }
  }

  /// A link is the file it leads to, when that lies in the store.
  private func link(_ place: TreePath, problems: inout [Problem]) -> [Artifact] {
    let resolver = ReferenceResolver(tree: tree)
    guard let target = tree.linkTarget(place) else { return [] }
    let file = resolver.resolve(place.display, from: .root)
    let text = TreePath(bytes: target).display
    if file.location == .outside {
      problems.append(
        Problem(kind: .outside, path: place.display, message: "the link `\(text)` leads out of the store"))
    } else if !resolver.exists(place) {
      problems.append(
        Problem(kind: .linkLoop, path: place.display, message: "the link `\(text)` leads nowhere"))
    }
    return [Artifact(file: file, role: ArtifactRole(path: place.display))]
  }
}
