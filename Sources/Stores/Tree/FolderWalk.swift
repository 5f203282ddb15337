import Hashing
import Records

/// Visits every folder below a root, children before parents, without following links.
package struct FolderWalk<Summary> {
  /// A folder with what its child folders were summed up as.
  package struct Visit {
    package let folder: Folder
    package let children: [(name: [UInt8], summary: Summary)]
  }

  private struct Frame {
    let folder: Folder
    var next = 0
    var children: [(name: [UInt8], summary: Summary)] = []
  }

  private let tree: StoreTree
  private let includes: (TreePath) -> Bool
  private let look: (Folder) -> Bool
  private var stack: [Frame] = []
  /// What could not be entered, in walking order.
  package private(set) var problems: [Problem] = []

  /// Begins at `start`. `includes` is asked for every folder below before it is entered, `look` says whether the walk goes on
  /// in it.
  package init(
    tree: StoreTree, from start: TreePath = .root, includes: @escaping (TreePath) -> Bool,
    look: @escaping (Folder) -> Bool = { _ in true }
  ) {
    self.tree = tree
    self.includes = includes
    self.look = look
    enter(start)
  }

  /// The next folder whose children have all been visited; nil at the end.
  ///
  /// `summarise` says what the parent should remember of a folder; nil when nothing.
  package mutating func next(summarise: (Visit) -> Summary?) -> Visit? {
    while let top = stack.indices.last {
      if let child = nextFolder(of: top) {
        enter(child)
        continue
      }
      let frame = stack.removeLast()
      let visit = Visit(folder: frame.folder, children: frame.children)
      if let parent = stack.indices.last, let summary = summarise(visit) {
        stack[parent].children.append((frame.folder.path.name, summary))
      }
      return visit
    }
    return nil
  }

  private mutating func nextFolder(of index: Int) -> TreePath? {
    let folder = stack[index].folder
    while stack[index].next < folder.entries.count {
      let entry = folder.entries[stack[index].next]
      stack[index].next += 1
      let path = folder.path(of: entry)
      if entry.kind == .directory, includes(path) { return path }
    }
    return nil
  }

  private mutating func enter(_ path: TreePath) {
    guard stack.count < FolderDepth.maximum else {
      problems.append(Problem(tooDeep: path))
      return
    }
    do {
      let folder = try tree.list(path)
      guard look(folder) else { return }
      stack.append(Frame(folder: folder))
    } catch .missing {
      // Removed between being listed and being entered: nothing is there to audit any more.
    } catch {
      problems.append(Problem(error, at: path))
    }
  }
}

/// Folders that hold no records, however many files they have.
package enum SkippedFolders {
  private static let names: Set<String> = [
    ".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache",
  ]

  package static func contains(_ path: TreePath) -> Bool { names.contains(path.displayName) }
}

/// How deep directories may nest before they are reported and not entered.
package enum FolderDepth {
  package static let maximum = 100
}
