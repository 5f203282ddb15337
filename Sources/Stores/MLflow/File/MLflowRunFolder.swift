import Documents
import Hashing
import Records

/// Reads one run's folder of MLflow's file store.
struct MLflowRunFolder: Sendable {
  let items: MLflowItems
  let runs: MLflowRunReader

  private var tree: StoreTree { items.tree }

  /// The run in `folder`, unless it was deleted, and what is wrong with it.
  ///
  /// `models` are the places of the models that it logged, as the store writes them.
  func facts(_ folder: TreePath, of experiment: MLflowExperiment, models: [String]) -> [Fact] {
    let meta = folder.appending("meta.yaml")
    let root: DocumentNode
    do {
      (root, _) = try RecordDocument.entries(meta, in: tree)
    } catch .access(.missing) {
      return [
        .problem(
          Problem(
            kind: .malformedRecord, path: folder.display,
            message: "a run without its meta.yaml: the process that wrote it may have been killed"))
      ]
    } catch {
      return [.problem(error.problem(at: meta))]
    }
    if root["lifecycle_stage"]?.text == "deleted" { return [] }
    guard let id = (root["run_id"] ?? root["run_uuid"])?.text, id == folder.displayName else {
      return [malformed(meta, root, "`run_id` is not the name of the run's folder")]
    }
    guard root["experiment_id"]?.text == experiment.id else {
      return [
        malformed(meta, root, "`experiment_id` is not the name of the folder around it: MLflow passes the run over")
      ]
    }
    guard root["status"]?.text != nil, root["artifact_uri"] != nil else {
      return [malformed(meta, root, "`status` or `artifact_uri` is not there: the record was not written to its end")]
    }
    var run = MLflowRun(id: id, path: meta.display)
    run.status = MLflowWords.status(root["status"]?.text)
    run.startedAt = MLflowWords.time(root["start_time"]?.text)
    run.finishedAt = MLflowWords.time(root["end_time"]?.text)
    run.artifactURI = root["artifact_uri"]?.text
    run.modelURIs = models
    var problems: [Problem] = []
    run.params = items.texts(in: folder.appending("params"), problems: &problems)
    run.tags = items.texts(in: folder.appending("tags"), problems: &problems)
    run.metrics = items.metrics(in: folder.appending("metrics"), problems: &problems)
    run.datasets = inputs(of: folder, experiment, problems: &problems)
    return runs.facts(run) { "\(folder.display)/\($0)/\($1)" } + problems.map(Fact.problem)
  }

  private func malformed(_ path: TreePath, _ root: DocumentNode, _ message: String) -> Fact {
    .problem(Problem(kind: .malformedRecord, path: path.display, line: root.line, message: message))
  }

  /// The datasets that went into the run: each input names one of the experiment's.
  private func inputs(
    of folder: TreePath, _ experiment: MLflowExperiment, problems: inout [Problem]
  ) -> [DatasetUse] {
    guard let listing = tree.folder(folder.appending("inputs"), problems: &problems) else { return [] }
    var uses: [DatasetUse] = []
    for entry in listing.entries where entry.kind == .directory {
      let meta = listing.path(of: entry).appending("meta.yaml")
      do {
        let (root, _) = try RecordDocument.entries(meta, in: tree)
        guard root["source_type"]?.text == "DATASET", let id = root["source_id"]?.text else { continue }
        uses.append(use(of: id, experiment, role: root["tags"]?["mlflow.data.context"]?.text))
      } catch {
        problems.append(error.problem(at: meta))
      }
    }
    return uses
  }

  private func use(of id: String, _ experiment: MLflowExperiment, role: String?) -> DatasetUse {
    let document = experiment.folder.appending("datasets").appending(id).appending("meta.yaml").display
    var use = DatasetUse()
    use.role = role
    use.declared = experiment.identities[document] ?? id
    use.manifest = document
    use.reason = "the experiment holds no dataset `\(id)`"
    return use
  }
}
