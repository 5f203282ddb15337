import Hashing
import Records

/// Lists every file below a folder as an artifact that was found and not declared.
struct FolderArtifacts {
  let tree: StoreTree
  private let resolver: ReferenceResolver

  init(tree: StoreTree) {
    self.tree = tree
    resolver = ReferenceResolver(tree: tree)
  }

  /// The files sorted by path; what is no file and what cannot be read is added to `problems`.
  func read(_ path: TreePath, problems: inout [Problem]) -> [Artifact] {
    let found = list(path, problems: &problems)
    var artifacts = found.files.map { file in
      Artifact(file: FileReference(path: file.display, raw: file.raw), role: ArtifactRole(path: file.display))
    }
    for link in found.links {
      artifacts.append(Artifact(file: target(of: link, problems: &problems), role: ArtifactRole(path: link.display)))
    }
    return artifacts.sorted { $0.file.path < $1.file.path }
  }

  /// Paths of the files and of the links below a folder, each sorted; what cannot be read is added to `problems`.
  func list(_ path: TreePath, problems: inout [Problem]) -> (files: [TreePath], links: [TreePath]) {
    var others: [(TreePath, EntryKind)] = []
    var files: [TreePath] = []
    do {
      files = try tree.files(below: path, other: { others.append(($0, $1)) })
    } catch {
      problems.append(Problem(error, at: path))
    }
    for (place, kind) in others {
      switch kind {
      case .special: problems.append(Problem(.specialFile, at: place))
      case .unreadable:
        // What can be listed was not entered for another reason.
        if tree.folder(place, problems: &problems) != nil {
          problems.append(Problem(tooDeep: place))
        }
      case .link, .linkLoop, .missing, .file, .directory: break
      }
    }
    return (files.sorted(), others.filter { $0.1 == .link }.map(\.0).sorted())
  }

  /// A link is the file it leads to, when that lies in the store; what else it is is added to `problems`.
  func target(of link: TreePath, problems: inout [Problem]) -> FileReference {
    let file = resolver.exact(link)
    let text = TreePath(bytes: tree.linkTarget(link) ?? []).display
    if file.location == .outside {
      problems.append(
        Problem(kind: .outside, path: link.display, message: "the link `\(text)` leads out of the store"))
    } else if !resolver.exists(link) {
      problems.append(Problem(kind: .linkLoop, path: link.display, message: "the link `\(text)` leads nowhere"))
    }
    return file
  }
}
