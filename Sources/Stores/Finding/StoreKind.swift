/// The kinds of store, each named as in reports; found in this order where several begin in one folder.
package enum StoreKind: String, Sendable, CaseIterable {
  /// Registries, run records and data manifests of the native layout: whatever no other kind takes.
  case native
  case dvc
  case bagit
  /// A cache of the Hugging Face hub, or a folder that was filled from it.
  case huggingface
  case gitLFS = "git-lfs"
}

extension StoreKind {
  /// How a store of the kind is told from other folders; nil for the native one, which is what is left.
  var signature: (any StoreSignature)? {
    switch self {
    case .native: nil
    case .dvc: DVCSignature()
    case .bagit: BagItSignature()
    case .huggingface: HuggingFaceSignature()
    case .gitLFS: GitLFSSignature()
    }
  }

  /// The reader of a store of this kind; nil for the native one, which also looks for the others.
  package func reader(_ place: TreePath, in tree: StoreTree, context: ReadingContext) -> (any StoreReader)? {
    switch self {
    case .native: nil
    case .dvc: DVCReader(tree: tree, place: place, context: context)
    case .bagit: BagItReader(tree: tree, place: place, context: context)
    case .huggingface: HuggingFaceReader(tree: tree, place: place, context: context)
    case .gitLFS: GitLFSReader(tree: tree, place: place, context: context)
    }
  }
}
