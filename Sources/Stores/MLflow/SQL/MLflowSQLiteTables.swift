import GRDB
import Records

/// The experiments of MLflow's SQL store.
struct MLflowSQLiteExperiments {
  /// Ids of those that were not deleted.
  private(set) var active: Set<String> = []
  /// Where their artifacts were when they were made.
  private(set) var locations: [String] = []

  init(_ db: Database) throws {
    let rows = try MLflowRows(
      db, "experiments", ["experiment_id", "artifact_location", "lifecycle_stage"], order: "experiment_id")
    while try rows.next() {
      guard let id = rows.text(0), !rows.isText(2, "deleted") else { continue }
      active.insert(id)
      if let location = rows.text(1) { locations.append(location) }
    }
  }
}

/// The logged models of MLflow 3, by id and by the run that made them.
struct MLflowSQLiteModels {
  private(set) var places: [String: String] = [:]
  private var byRun: [String: [String]] = [:]

  init(_ db: Database) throws {
    let rows = try MLflowRows(
      db, "logged_models", ["model_id", "artifact_location", "source_run_id", "lifecycle_stage"], order: "model_id")
    while try rows.next() {
      guard let id = rows.text(0), let place = rows.text(1), !rows.isText(3, "deleted") else { continue }
      places[id] = place
      if let run = rows.text(2) { byRun[run, default: []].append(place) }
    }
  }

  func places(of run: String) -> [String] { byRun[run] ?? [] }
}

/// The datasets of MLflow's SQL store, and which runs they went into.
struct MLflowSQLiteDatasets {
  private(set) var all: [MLflowDataset] = []
  private var uses: [String: [DatasetUse]] = [:]

  init(_ db: Database, path: String) throws {
    var identities: [String: String] = [:]
    var known: Set<[String?]> = []
    let rows = try MLflowRows(
      db, "datasets", ["dataset_uuid", "name", "digest", "dataset_source"], order: "name, digest, dataset_uuid")
    while try rows.next() {
      guard let id = rows.text(0), let name = rows.text(1) else { continue }
      let dataset = MLflowDataset(name: name, digest: rows.text(2), source: rows.text(3), path: path, line: nil)
      // The same data in two experiments is one dataset.
      if identities.updateValue(dataset.identity, forKey: id) == nil,
        known.insert([dataset.identity, dataset.location]).inserted
      {
        all.append(dataset)
      }
    }
    try readUses(db, identities)
  }

  func uses(of run: String) -> [DatasetUse] { uses[run] ?? [] }

  private mutating func readUses(_ db: Database, _ identities: [String: String]) throws {
    var roles: [String: String] = [:]
    let tags = try MLflowRows(db, "input_tags", ["input_uuid", "name", "value"], order: "input_uuid, name")
    while try tags.next() {
      if tags.isText(1, "mlflow.data.context"), let input = tags.text(0) { roles[input] = tags.text(2) }
    }
    let rows = try MLflowRows(
      db, "inputs", ["destination_id", "source_id", "input_uuid", "source_type", "destination_type"],
      order: "destination_id, source_id")
    while try rows.next() {
      guard rows.isText(3, "DATASET"), rows.isText(4, "RUN"), let run = rows.text(0), let id = rows.text(1) else {
        continue
      }
      var use = DatasetUse()
      use.role = rows.text(2).flatMap { roles[$0] }
      use.name = identities[id]
      use.declared = identities[id] ?? id
      use.reason = "the store holds no dataset `\(id)`"
      uses[run, default: []].append(use)
    }
  }
}
