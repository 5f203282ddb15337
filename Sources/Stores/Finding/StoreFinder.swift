import Hashing
import Records

/// Looks at folders as they are entered, and says which stores of which kinds begin there.
package final class StoreFinder {
  private let tree: StoreTree
  private let signatures: [(kind: StoreKind, signature: any StoreSignature)]
  private var seen: Set<FoundStore> = []
  private var closed: Set<TreePath> = []
  /// Kinds of whose stores a part was seen, and where the first of it lies.
  package private(set) var parts: [StoreKind: TreePath] = [:]

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
