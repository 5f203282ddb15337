import Hashing
import Records

/// A SQLite database with MLflow's tables; and folders of artifacts as MLflow lays them out, wherever their store is.
struct MLflowSQLiteSignature: StoreSignature {
  /// Artifacts, whose records lie elsewhere.
  static let part: (owners: Set<StoreKind>, alone: String) = (
    [.mlflowFile, .mlflowSQLite],
    """
    artifacts of MLflow without their tracking store, which is not looked into; scan them together with mlflow.db or \
    mlruns (a store in PostgreSQL or MySQL is not read)
    """
  )

  private static let extensions = [".db", ".sqlite", ".sqlite3", ".db3"]
  private static let defaultName = Array("mlflow.db".utf8)

  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    var sightings = folder.entries.filter { $0.kind == .file && Self.isDatabase($0.name, in: folder, of: tree) }
      .map { StoreSighting(place: folder.path(of: $0), territory: .everybody) }
    // The default store keeps artifacts in folders that hold nothing but runs and logged models.
    if Self.holdsArtifacts(folder, in: tree) { sightings.append(StoreSighting(place: nil, territory: .closed)) }
    return sightings
  }

  func recognises(file: TreePath, of tree: StoreTree) -> Bool { MLflowDatabase.hasTables(tree.absolute(file)) }

  private static func isDatabase(_ name: [UInt8], in folder: Folder, of tree: StoreTree) -> Bool {
    // A database of the default name is MLflow's even when it is damaged.
    if name == defaultName { return true }
    guard extensions.contains(where: { name.suffix($0.utf8.count).elementsEqual($0.utf8) }) else { return false }
    return MLflowDatabase.hasTables(tree.absolute(folder.path.appending(name)))
  }

  /// Whether a folder holds what MLflow calls an artifact root: runs with `artifacts`, or models with `m-…` in them.
  static func holdsArtifacts(_ folder: Folder, in tree: StoreTree) -> Bool {
    folder.entries.contains { entry in
      guard entry.kind == .directory else { return false }
      if MLflowWords.isRunID(entry.name) {
        return tree.kind(of: folder.path(of: entry).appending("artifacts")) == .directory
      }
      return MLflowWords.isModelID(entry.name)
    }
  }

  /// The same of a folder that may hold such folders.
  static func holdsArtifacts(_ place: TreePath, in tree: StoreTree) -> Bool {
    guard let folder = try? tree.list(place) else { return false }
    if holdsArtifacts(folder, in: tree) { return true }
    return folder.entries.lazy.filter { $0.kind == .directory }.prefix(8).contains { entry in
      (try? tree.list(folder.path(of: entry))).map { holdsArtifacts($0, in: tree) } ?? false
    }
  }
}
