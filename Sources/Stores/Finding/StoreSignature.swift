/// Tells stores of one kind from other folders, by looking at one folder at a time, parents before children.
protocol StoreSignature: Sendable {
  /// What of the kind begins in `folder`; asked of every folder, so what is not of the kind must be told by names alone.
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting]

  /// Whether a file that the user named by itself is a store of the kind, whatever it is called.
  func recognises(file: TreePath, of tree: StoreTree) -> Bool
}

extension StoreSignature {
  func recognises(file: TreePath, of tree: StoreTree) -> Bool { false }
}

/// Something of a kind of store that was seen in a folder.
package struct StoreSighting: Sendable, Hashable {
  /// Who else looks at what is there.
  package enum Territory: Sendable, Hashable {
    /// Everybody: the store is only described here, as a repository is by its `.dvc` folder.
    case everybody
    /// Nobody enters these entries of the folder.
    case closedEntries([[UInt8]])
    /// Nobody enters the folder.
    case closed
  }

  /// The folder or file that the store is; nil where only its territory was seen, such as a folder of artifacts.
  package let place: TreePath?
  package let territory: Territory

  package init(place: TreePath?, territory: Territory) {
    self.place = place
    self.territory = territory
  }
}

/// A store that stands somewhere below the scanned directory.
package struct FoundStore: Sendable, Hashable, Comparable {
  package let kind: StoreKind
  /// The folder or file that it is.
  package let place: TreePath

  package init(kind: StoreKind, place: TreePath) {
    self.kind = kind
    self.place = place
  }

  /// By place, then in the order of the kinds.
  package static func < (left: Self, right: Self) -> Bool {
    left.place == right.place ? left.kind.order < right.kind.order : left.place < right.place
  }
}

extension StoreKind {
  fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
