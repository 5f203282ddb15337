/// The kinds of store, each named as in reports; found in this order where several begin in one folder.
package enum StoreKind: String, Sendable, CaseIterable {
  /// Registries, run records and data manifests of the native layout: whatever no other kind takes.
  case native
  /// `mlruns`, as MLflow writes it without a database.
  case mlflowFile = "mlflow-file"
  /// `mlflow.db`, with the artifacts that it speaks of.
  case mlflowSQLite = "mlflow-sqlite"
  case dvc
  case bagit
  /// A cache of the Hugging Face hub, or a folder that was filled from it.
  case huggingface
  case gitLFS = "git-lfs"
  /// Files beside a signature or an attestation of them.
  case signedModel = "signed-model"
  case croissant
  case roCrate = "ro-crate"
  /// Offline runs of Weights & Biases.
  case wandb
  /// File storage of Sacred.
  case sacred
}

extension StoreKind {
  /// The tool that wrote the store, when it records no digests of the files it keeps.
  package var toolWithoutDigests: String? {
    switch self {
    case .mlflowFile, .mlflowSQLite: "MLflow"
    case .native, .dvc, .bagit, .huggingface, .gitLFS, .signedModel, .croissant, .roCrate, .wandb, .sacred: nil
    }
  }

  /// Whether its facts may come from files outside of the scanned directory without naming them: another cache of the tool,
  /// or what git keeps of a linked working tree.
  package var readsElsewhere: Bool {
    switch self {
    case .dvc, .gitLFS: true
    case .native, .mlflowFile, .mlflowSQLite, .bagit, .huggingface, .signedModel, .croissant, .roCrate, .wandb, .sacred:
      false
    }
  }

  /// Whether its facts also come from files that are not read whole, so that no digest of them is known.
  package var readsParts: Bool {
    switch self {
    case .mlflowSQLite, .croissant: true
    case .native, .mlflowFile, .dvc, .bagit, .huggingface, .gitLFS, .signedModel, .roCrate, .wandb, .sacred: false
    }
  }

  /// What a part of such a store may belong to, and what is wrong where it lies without; nil where parts are not told.
  var part: (owners: Set<StoreKind>, alone: String)? {
    switch self {
    case .mlflowSQLite: MLflowSQLiteSignature.part
    case .native, .mlflowFile, .dvc, .bagit, .huggingface, .gitLFS, .signedModel, .croissant, .roCrate, .wandb, .sacred:
      nil
    }
  }

  /// How a store of the kind is told from other folders; nil for the native one, which is what is left.
  var signature: (any StoreSignature)? {
    switch self {
    case .native: nil
    case .mlflowFile: MLflowFileSignature()
    case .mlflowSQLite: MLflowSQLiteSignature()
    case .dvc: DVCSignature()
    case .bagit: BagItSignature()
    case .huggingface: HuggingFaceSignature()
    case .gitLFS: GitLFSSignature()
    case .signedModel: SignedModelSignature()
    case .croissant: CroissantSignature()
    case .roCrate: ROCrateSignature()
    case .wandb: WandBSignature()
    case .sacred: SacredSignature()
    }
  }

  /// The reader of a store of this kind; nil for the native one, which also looks for the others.
  package func reader(_ place: TreePath, in tree: StoreTree, context: ReadingContext) -> (any StoreReader)? {
    switch self {
    case .native: nil
    case .mlflowFile: MLflowFileReader(tree: tree, place: place, context: context)
    case .mlflowSQLite: MLflowSQLiteReader(tree: tree, place: place, context: context)
    case .dvc: DVCReader(tree: tree, place: place, context: context)
    case .bagit: BagItReader(tree: tree, place: place, context: context)
    case .huggingface: HuggingFaceReader(tree: tree, place: place, context: context)
    case .gitLFS: GitLFSReader(tree: tree, place: place, context: context)
    case .signedModel: SignedModelReader(tree: tree, place: place, context: context)
    case .croissant: CroissantReader(tree: tree, place: place, context: context)
    case .roCrate: ROCrateReader(tree: tree, place: place, context: context)
    case .wandb: WandBReader(tree: tree, place: place, context: context)
    case .sacred: SacredReader(tree: tree, place: place, context: context)
    }
  }
}
