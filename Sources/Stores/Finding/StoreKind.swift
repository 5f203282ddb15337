/// The kinds of store, each named as in reports; found in this order where several begin in one folder.
package enum StoreKind: String, Sendable, CaseIterable {
  /// Registries, run records and data manifests of the native layout: whatever no other kind takes.
  case native
  /// `mlruns`, as MLflow writes it without a database.
  case mlflowFile = "mlflow-file"
  /// `mlflow.db`, with the artifacts that it speaks of.
  case mlflowSQLite = "mlflow-sqlite"
}

extension StoreKind {
  /// The tool that wrote the store, when it records no digests of the files it keeps.
  package var toolWithoutDigests: String? {
    switch self {
    case .native: nil
    case .mlflowFile, .mlflowSQLite: "MLflow"
    }
  }

  /// How a store of the kind is told from other folders; nil for the native one, which is what is left.
  var signature: (any StoreSignature)? {
    switch self {
    case .native: nil
    case .mlflowFile: MLflowFileSignature()
    case .mlflowSQLite: MLflowSQLiteSignature()
    }
  }

  /// The reader of a store of this kind; nil for the native one, which also looks for the others.
  package func reader(_ place: TreePath, in tree: StoreTree, context: ReadingContext) -> (any StoreReader)? {
    switch self {
    case .native: nil
    case .mlflowFile: MLflowFileReader(tree: tree, place: place, context: context)
    case .mlflowSQLite: MLflowSQLiteReader(tree: tree, place: place, context: context)
    }
  }
}
