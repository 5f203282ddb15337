import Hashing
import Records
import Synchronization

/// Finds the git repository that a run names or lies in, on this machine.
package struct RepositoryFinder: Sendable {
  private let tree: StoreTree
  private let mapped: [String: String]
  private let known = KnownRepositories()

  package init(tree: StoreTree, mapped: [String: String]) {
    self.tree = tree
    self.mapped = mapped
  }

  /// The absolute directory of the repository; nil when there is none at hand.
  ///
  /// `named` is a path, a name or a URL as the record writes it. Without one, the repository around `folder` is meant.
  /// `listing` spares asking for the folder's own entries when they are known.
  package func root(named: String?, from folder: TreePath, listing: Folder? = nil) -> String? {
    guard let named, !named.isEmpty else { return enclosing(folder, listing: listing) }
    let base = Self.baseName(named)
    if let path = mapped[named] ?? mapped[base] { return path }
    switch Location(named) {
    case .remote: return beside(folder, base)
    case .path(let path) where path.hasPrefix("/"): return isRepository(path) ? path : nil
    case .path(let path): return beside(folder, path) ?? (base == path ? nil : beside(folder, base))
    }
  }

  /// The folder of the store that is the working tree of a repository at `root`; nil when it lies elsewhere.
  package func folder(ofRoot root: String) -> TreePath? {
    if root == tree.root { return .root }
    return root.hasPrefix(tree.root + "/") ? TreePath(root.dropFirst(tree.root.utf8.count + 1)) : nil
  }

  private func beside(_ folder: TreePath, _ path: String) -> String? {
    var base: TreePath? = folder
    while let place = base {
      if let joined = place.appending(path).normalised {
        let absolute = tree.absolute(joined).string
        if isRepository(absolute) { return absolute }
      }
      base = place.parent
    }
    return nil
  }

  /// The folder's own repository, or the one around the folder above, which its siblings have asked for already.
  private func enclosing(_ folder: TreePath, listing: Folder? = nil) -> String? {
    let holdsRepository =
      listing?.path == folder
      ? listing?.entry(named: ".git") != nil : tree.kind(of: folder.appending(".git")) != .missing
    if holdsRepository { return tree.absolute(folder).string }
    guard let above = folder.parent else { return Self.repository(around: tree) }
    if let known = known.find(above) { return known }
    let found = enclosing(above)
    known.note(above, found)
    return found
  }

  /// A repository that the whole store lies in.
  package static func repository(around tree: StoreTree) -> String? {
    var path = tree.root
    while let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
      if StoreTree.kind(absolute: SystemPath(path + "/.git")) != .missing { return path }
    }
    return nil
  }

  private func isRepository(_ path: String) -> Bool {
    if StoreTree.kind(absolute: SystemPath(path + "/.git")) != .missing { return true }
    return StoreTree.kind(absolute: SystemPath(path + "/HEAD")) == .file
      && StoreTree.kind(absolute: SystemPath(path + "/objects")) == .directory
  }

  /// `https://example.com/team/train.git` is `train`.
  private static func baseName(_ text: String) -> String {
    let last = text.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? text
    return last.hasSuffix(".git") ? String(last.dropLast(4)) : last
  }
}

/// Answers that folders of the same parent share.
private final class KnownRepositories: Sendable {
  /// More are asked for again, so that memory stays flat.
  private static let limit = 4096

  private let answers = Mutex<[TreePath: String?]>([:])

  /// The answer for a folder; nil when it is not known, and an inner nil when there is no repository.
  func find(_ folder: TreePath) -> String?? { answers.withLock { $0[folder] } }

  func note(_ folder: TreePath, _ root: String?) {
    answers.withLock { if $0.count < Self.limit { $0.updateValue(root, forKey: folder) } }
  }
}
