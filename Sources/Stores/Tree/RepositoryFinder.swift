import Hashing
import Records

/// Finds the git repository that a run names or lies in, on this machine.
package struct RepositoryFinder: Sendable {
  private let tree: StoreTree
  private let mapped: [String: String]

  package init(tree: StoreTree, mapped: [String: String]) {
    self.tree = tree
    self.mapped = mapped
  }

  /// The absolute directory of the repository; nil when there is none at hand.
  ///
  /// `named` is a path, a name or a URL as the record writes it. Without one, the repository around `folder` is meant.
  package func root(named: String?, from folder: TreePath) -> String? {
    guard let named, !named.isEmpty else { return enclosing(folder) }
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

  private func enclosing(_ folder: TreePath) -> String? {
    var path = folder.bytes.isEmpty ? tree.root : tree.root + "/" + folder.display
    while !path.isEmpty {
      if StoreTree.kind(absolute: SystemPath(path + "/.git")) != .missing { return path }
      guard let slash = path.lastIndex(of: "/") else { return nil }
      path = String(path[..<slash])
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
