import AuditDatabase
import Records
import Stores

/// What changed records said before they changed.
struct FormerRecords {
  let tree: StoreTree
  let context: ReadingContext

  /// Adds to `store` the names that the record at `path` gave when it held `text`.
  ///
  /// Any file may have been a manifest that a run named; only of `isRecord` it is known.
  func add(_ path: TreePath, _ text: [UInt8], isRecord: Bool, to store: inout TouchedStore) {
    let name = path.displayName.lowercased()
    let facts =
      RecordNames.isRun(name)
      ? RunRecordReader(tree: tree, context: context, environments: EnvironmentReader(tree: tree))
        .read(path, text: text)
      : ManifestReader(tree: tree, context: context, bases: []).read(path, text: text)
    for fact in facts {
      switch fact {
      case .run(let run): add(run, to: &store)
      case .dataset(let dataset):
        store.datasets += [dataset.name ?? dataset.path]
        store.manifests.append(dataset.path)
        store.files += (dataset.storage.map { [$0] } ?? []).map(\.file.path) + dataset.files.map(\.file.path)
      case .problem: store.hadProblem = store.hadProblem || isRecord
      default: break
      }
    }
  }

  private func add(_ run: RunFact, to store: inout TouchedStore) {
    if let id = run.runID { store.runIDs.append(id) }
    if let model = run.model, let version = run.version { store.madeVersions.append((model, version)) }
    store.files += run.artifacts.map(\.file.path)
    // A run that no longer uses a dataset leaves it as it was; but a manifest that nothing else names goes with it.
    for manifest in run.datasets.compactMap(\.manifest).map({ TreePath($0) })
    where !RecordNames.isManifest(manifest.displayName.lowercased()) {
      for case .dataset(let dataset) in ManifestReader(tree: tree, context: context, bases: []).read(manifest) {
        store.datasets.append(dataset.name ?? dataset.path)
      }
    }
  }
}
