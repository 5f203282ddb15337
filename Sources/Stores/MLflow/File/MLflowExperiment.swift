import Documents
import Hashing
import Records

/// An experiment of MLflow's file store, without its runs.
struct MLflowExperiment: Sendable {
  let folder: TreePath
  /// Its folder's name.
  let id: String
  /// Where its artifacts were when it was made.
  let artifactLocation: String?
  let runs: [TreePath]
  let datasets: [MLflowDataset]
  /// What datasets are called, by the path of their record.
  let identities: [String: String]
  let models: [MLflowLoggedModel]
  let problems: [Problem]

  /// Names that are no runs.
  private static let reserved: Set<String> = ["tags", "datasets", "traces", "models"]

  /// Reads what lies at `folder`; nil when the experiment was deleted.
  init?(_ folder: TreePath, in tree: StoreTree) {
    self.folder = folder
    id = folder.displayName
    var problems: [Problem] = []
    var location: String?
    do {
      let (root, _) = try RecordDocument.entries(folder.appending("meta.yaml"), in: tree)
      if root["lifecycle_stage"]?.text == "deleted" { return nil }
      location = root["artifact_location"]?.text
      if root["experiment_id"]?.text != id || root["artifact_location"] == nil {
        problems.append(
          Problem(
            kind: .malformedRecord, path: folder.appending("meta.yaml").display, line: root.line,
            message: "`experiment_id` is not the folder's name, or `artifact_location` is not there"))
      }
    } catch .access(.missing) {
      problems.append(
        Problem(
          kind: .malformedRecord, path: folder.display,
          message: "an experiment without its meta.yaml: MLflow passes it over"))
    } catch {
      problems.append(error.problem(at: folder.appending("meta.yaml")))
    }
    artifactLocation = location
    let folders = (tree.folder(folder, problems: &problems)?.entries ?? []).filter { $0.kind == .directory }
    runs = folders.filter { !Self.reserved.contains($0.text) }.map { folder.appending($0.name) }
    datasets = Self.each(in: folder.appending("datasets"), of: tree, &problems) { MLflowDataset($0, path: $1) }
    identities = Dictionary(datasets.map { ($0.path, $0.identity) }, uniquingKeysWith: { first, _ in first })
    models = Self.each(in: folder.appending("models"), of: tree, &problems) { MLflowLoggedModel($0, path: $1) }
    self.problems = problems
  }

  private static func each<Record>(
    in folder: TreePath, of tree: StoreTree, _ problems: inout [Problem], _ make: (DocumentNode, TreePath) -> Record?
  ) -> [Record] {
    var records: [Record] = []
    for entry in tree.folder(folder, problems: &problems)?.entries ?? [] where entry.kind == .directory {
      let meta = folder.appending(entry.name).appending("meta.yaml")
      do {
        let (root, _) = try RecordDocument.entries(meta, in: tree)
        if let record = make(root, meta) {
          records.append(record)
        } else {
          problems.append(
            Problem(kind: .malformedRecord, path: meta.display, line: root.line, message: "it lacks its name or id"))
        }
      } catch .access(.missing) {
        problems.append(
          Problem(
            kind: .malformedRecord, path: folder.appending(entry.name).display, message: "no meta.yaml lies in it"))
      } catch {
        problems.append(error.problem(at: meta))
      }
    }
    return records
  }
}

/// A model that a run of MLflow 3 logged: its files lie beside the runs.
struct MLflowLoggedModel: Sendable {
  let id: String
  let run: String?
  /// As the store writes it.
  let location: String?
}

extension MLflowLoggedModel {
  fileprivate init?(_ root: DocumentNode, path: TreePath) {
    guard let id = root["model_id"]?.text else { return nil }
    self.init(id: id, run: root["source_run_id"]?.text, location: root["artifact_location"]?.text)
  }
}

extension MLflowDataset {
  fileprivate init?(_ root: DocumentNode, path: TreePath) {
    guard let name = root["name"]?.text else { return nil }
    self.init(
      name: name, digest: root["digest"]?.text, source: root["source"]?.text, path: path.display, line: root.line)
  }
}
