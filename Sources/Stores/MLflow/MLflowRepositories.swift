import Hashing
import Records

/// Finds the git repository that a run of MLflow came from: it records a commit, and seldom of which repository.
struct MLflowRepositories: Sendable {
  private let tree: StoreTree
  private let folder: TreePath
  private let finder: RepositoryFinder
  /// Working trees that lie beside the store.
  let workingTrees: [TreePath]

  /// `folder` is the one that holds the store.
  init(tree: StoreTree, folder: TreePath, context: ReadingContext) {
    self.tree = tree
    self.folder = folder
    finder = RepositoryFinder(tree: tree, mapped: context.repositories)
    let entries = (try? tree.list(folder))?.entries ?? []
    workingTrees = entries.filter { $0.kind == .directory }.map { folder.appending($0.name) }.filter {
      tree.kind(of: $0.appending(".git")) != .missing
    }
  }

  /// The absolute directory of the repository: the one that is named, the one around the store, or the only one beside it
  /// that holds the script.
  func root(named: String?, script: String?) -> String? {
    if let named { return finder.root(named: named, from: folder) }
    if let around = finder.root(named: nil, from: folder) { return around }
    guard let script, !script.hasPrefix("/") else { return nil }
    let holders = workingTrees.filter { working in
      guard let place = working.appending(script).normalised, place.isBelow(working) else { return false }
      return tree.kind(of: place) == .file
    }
    return holders.count == 1 ? tree.absolute(holders[0]).string : nil
  }
}
