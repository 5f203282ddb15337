import AuditDatabase
import Hashing
import Records
import Stores

/// What has changed in a store since a commit, in the words of its facts.
struct ChangedPaths {
  let tree: StoreTree
  let context: ReadingContext
  /// The root of the repository that the store lies in, absolute.
  let repository: String
  let changes: GitChanges

  /// Whether a record may be read in another way than its name says; more is read than needed, never less.
  static func isRecord(_ path: [UInt8]) -> Bool {
    let name = TreePath(bytes: path).displayName.lowercased()
    return RecordNames.isRun(name) || name.hasSuffix(".json") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  /// The changes in the store named `name`; nil when so much is unknown that everything counts as changed.
  ///
  /// `documents` are the store's records, `lists` the files besides that may name others.
  func touched(name: String, documents: [String], lists: [String]) throws -> TouchedStore? {
    var store = TouchedStore(name: name)
    let former = FormerRecords(tree: tree, context: context)
    let known = Set(documents)
    var words: Set<String> = []
    store.paths = paths
    for change in changes.changes {
      guard let path = inStore(change.path) else { continue }
      let base = path.displayName.lowercased()
      if let before = change.before {
        let isKnown = RecordNames.isRun(base) || RecordNames.isManifest(base) || known.contains(path.display)
        if isKnown || Self.isRecord(change.path) {
          // A clone without its objects cannot say what the record was.
          guard let text = changes.texts[before] else { return nil }
          former.add(path, text, isRecord: isKnown, to: &store)
        }
      }
      // What is there and was there is in the facts; of the rest, records hold the name.
      let kind = tree.kind(of: path)
      guard change.before == nil || kind != .file else { continue }
      var place: TreePath? = path
      while let here = place, !here.bytes.isEmpty {
        guard Self.isPlain(here.name) else { return nil }
        words.insert(here.displayName.lowercased())
        place = here.parent
        if let place, tree.kind(of: place) == .directory { break }
      }
    }
    let search = ByteSearch(words.sorted())
    store.mentioning = words.isEmpty ? [] : documents.filter { mentions(search, in: $0) ?? true }
    let including = words.isEmpty ? [] : lists.filter { mentions(search, in: $0) ?? false }
    store.paths += including.map { TouchedStore.Path($0, isFolder: false) }
    return store
  }

  /// Every change as facts write paths: absolute, and in the store where it lies there.
  private var paths: [TouchedStore.Path] {
    changes.changes.flatMap { change in
      [TreePath(bytes: absolute(change.path)).display, inStore(change.path)?.display].compactMap { text in
        text.map { TouchedStore.Path($0, isFolder: change.isFolder) }
      }
    }
  }

  /// The changes in a store of another kind, which is at `place`: what its records refer to is known to its reader only, so
  /// that it is judged as a whole when anything at its place or any file that it speaks of has changed.
  func touched(name: String, place: TreePath) -> TouchedStore {
    var store = TouchedStore(name: name)
    store.paths = paths
    store.isWhole = touches(place)
    store.isIndivisible = true
    return store
  }

  /// Whether anything has changed at or below a place of the store, or a folder that it lies in as a whole.
  private func touches(_ place: TreePath) -> Bool {
    changes.changes.contains { change in
      inStore(change.path).map { $0.isBelow(place) || change.isFolder && place.isBelow($0) } ?? false
    }
  }

  /// Whether a name looks the same in every record that holds it; others may be written with escapes.
  private static func isPlain(_ name: [UInt8]) -> Bool {
    name.allSatisfy {
      $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "%")
    }
  }

  /// Nil when the file cannot be read.
  private func mentions(_ search: ByteSearch, in document: String) -> Bool? {
    (try? tree.read(TreePath(document))).map { search.isIn(String(decoding: $0, as: UTF8.self)) }
  }

  /// Where a path of the repository lies.
  func absolute(_ path: [UInt8]) -> [UInt8] {
    (repository == "/" ? [] : Array(repository.utf8)) + [UInt8(ascii: "/")] + path
  }

  /// The path in the store; nil when it lies beside it.
  private func inStore(_ path: [UInt8]) -> TreePath? {
    let prefix = Array(tree.root.utf8.dropFirst(repository == "/" ? 1 : repository.utf8.count + 1))
    if prefix.isEmpty { return TreePath(bytes: path) }
    guard path.starts(with: prefix), path.count > prefix.count, path[prefix.count] == UInt8(ascii: "/") else {
      return nil
    }
    return TreePath(bytes: Array(path[(prefix.count + 1)...]))
  }
}
