import Hashing
import Records

/// Turns what the records of one store name into files, each at exactly the place named, and refuses what leaves the store.
struct StoreFiles: Sendable {
  let tree: StoreTree
  let context: ReadingContext
  private let resolver: ReferenceResolver

  init(tree: StoreTree, context: ReadingContext) {
    self.tree = tree
    self.context = context
    resolver = ReferenceResolver(tree: tree, maps: context.maps)
  }

  /// The file at a place of the tree, links followed as long as they stay inside.
  func file(at path: TreePath) -> FileReference { resolver.exact(path) }

  /// The file that `text` names from `folder`: a relative path, or an absolute one or a URI that `--map` may lead here.
  func file(named text: String, in folder: TreePath) -> FileReference {
    if context.maps.contains(where: { $0.apply(to: text) != nil }) { return resolver.resolve(text, from: folder) }
    switch Location(text) {
    case .remote(let scheme):
      return FileReference(
        path: Redaction.redact(text), location: .remote, reason: "\(scheme) is not reached by this scan")
    case .path(let path) where path.hasPrefix("/"):
      guard path.hasPrefix(tree.root + "/") else { return Self.outside(Redaction.redact(path)) }
      return file(at: TreePath(path.dropFirst(tree.root.utf8.count + 1)))
    case .path(let path): return file(at: folder.appending(path))
    }
  }

  /// The file that was at an absolute path when it was recorded: where `--map` leads, or the longest end of that path
  /// which lies in `folder` or above it; a store that was moved or copied is the normal case.
  func file(recordedAt path: String, near folder: TreePath) -> FileReference {
    let known = file(named: path, in: folder)
    if known.location == .local { return known }
    let parts = path.split(separator: "/")
    for start in parts.indices where !TreePath.leaves(parts[start...].joined(separator: "/")) {
      var base: TreePath? = folder
      while let place = base {
        let candidate = place.appending(parts[start...].joined(separator: "/"))
        if kind(of: candidate) == .file { return file(at: candidate) }
        base = place.parent
      }
    }
    return FileReference(
      path: Redaction.redact(path), location: .remote,
      reason: "it was recorded at a place that is not here; --map may lead to it")
  }

  /// What stands at a place, links not followed.
  func kind(of path: TreePath) -> EntryKind { tree.kind(of: path) }

  /// Bytes of the regular file at a place; nil when there is none.
  func size(of path: TreePath) -> Int64? { StoreTree.size(absolute: tree.absolute(path)) }

  static func outside(_ path: String) -> FileReference {
    FileReference(path: path, location: .outside, reason: "it lies outside the store")
  }
}

extension FileReference {
  /// The place in the tree; nil for what lies elsewhere.
  var place: TreePath? {
    guard location == .local, !path.hasPrefix("/") else { return nil }
    return TreePath(bytes: raw ?? Array(path.utf8))
  }
}

extension TreePath {
  /// The path from `folder`, which this lies below.
  func relative(to folder: TreePath) -> TreePath {
    folder.bytes.isEmpty ? self : TreePath(bytes: Array(bytes.dropFirst(folder.bytes.count + 1)))
  }

  /// Whether a path that a record states would leave the folder it is read from: absolute, or with `..` or `~` in it.
  static func leaves(_ text: some StringProtocol) -> Bool {
    text.hasPrefix("/") || text.hasPrefix("~") || text.split(separator: "/").contains("..")
  }
}
