import Hashing
import Records

/// Looks at folders as they are entered, and says which stores of which kinds begin there.
package final class StoreFinder {
  private let tree: StoreTree
  private let signatures: [(kind: StoreKind, signature: any StoreSignature)]
  private var seen: Set<FoundStore> = []
  private var closed: Set<TreePath> = []
  /// Kinds of whose stores a part was seen, and where the first of it lies.
  private(set) var parts: [StoreKind: TreePath] = [:]

  /// Looks for stores of these kinds.
  package convenience init(tree: StoreTree, kinds: [StoreKind] = StoreKind.allCases) {
    self.init(tree: tree, signatures: kinds.compactMap { kind in kind.signature.map { (kind, $0) } })
  }

  init(tree: StoreTree, signatures: [(kind: StoreKind, signature: any StoreSignature)]) {
    self.tree = tree
    self.signatures = signatures
  }

  /// The stores that were seen, in the order in which they are read.
  package var found: [FoundStore] { seen.sorted() }

  /// The store that a file is by itself; nil when it is none of these kinds.
  package func store(file place: TreePath) throws(FileAccessError) -> FoundStore? {
    _ = look(at: try tree.list(place.parent ?? .root))
    if let known = found.first(where: { $0.place == place }) { return known }
    return signatures.first { $0.signature.recognises(file: place, of: tree) }.map {
      FoundStore(kind: $0.kind, place: place)
    }
  }

  /// Parts of stores that were seen without any store that they may belong to.
  package var partsAlone: [Problem] {
    StoreKind.allCases.compactMap { kind in
      guard let place = parts[kind], let part = kind.part,
        !seen.contains(where: { part.owners.contains($0.kind) })
      else { return nil }
      return Problem(kind: .unreadable, path: place.display, message: part.alone)
    }
  }

  /// Whether `path`, an entry of a folder that was looked at, belongs to a store that is read by itself.
  package func isClosed(_ path: TreePath) -> Bool { !closed.isEmpty && closed.contains(path) }

  /// Whether a walk goes on in a folder.
  package func look(at folder: Folder) -> Bool {
    var isOpen = true
    for (kind, signature) in signatures {
      for sighting in signature.sightings(in: folder, of: tree) {
        if let place = sighting.place {
          seen.insert(FoundStore(kind: kind, place: place))
        } else if parts[kind] == nil {
          parts[kind] = folder.path
        }
        switch sighting.territory {
        case .everybody: break
        case .closedEntries(let names): closed.formUnion(names.map { folder.path.appending($0) })
        case .closed: isOpen = false
        }
      }
    }
    return isOpen
  }

  /// Looks at every folder below the root without reading anything else; returns what could not be entered.
  package func lookEverywhere(includes: @escaping (TreePath) -> Bool) -> [Problem] {
    var walk = FolderWalk<Never>(
      tree: tree, includes: { !SkippedFolders.contains($0) && !self.isClosed($0) && includes($0) },
      look: { self.look(at: $0) })
    while walk.next(summarise: { _ in nil }) != nil {}
    return walk.problems
  }
}
