import GRDB
import Records

/// The runs of MLflow's SQL store with what belongs to each, in the order of their ids.
struct MLflowSQLiteRuns {
  private let runs: MLflowRows
  private var params: MLflowItemCursor
  private var tags: MLflowItemCursor
  private var metrics: MLflowItemCursor
  private let path: String
  private let active: Set<String>

  /// `active` are the experiments that were not deleted.
  init(_ db: Database, path: String, active: Set<String>) throws {
    self.path = path
    self.active = active
    runs = try MLflowRows(
      db, "runs",
      ["run_uuid", "status", "start_time", "end_time", "lifecycle_stage", "artifact_uri", "experiment_id"],
      order: "run_uuid")
    params = try MLflowItemCursor(db, "params", ["run_uuid", "key", "value"])
    tags = try MLflowItemCursor(db, "tags", ["run_uuid", "key", "value"])
    metrics = try MLflowItemCursor(db, "latest_metrics", ["run_uuid", "key", "value", "is_nan"])
  }

  /// The next run that was not deleted; nil at the end.
  mutating func next(models: MLflowSQLiteModels, datasets: MLflowSQLiteDatasets) throws -> MLflowRun? {
    while try runs.next() {
      guard let id = runs.text(0) else { continue }
      if runs.isText(4, "deleted") { continue }
      if let experiment = runs.text(6), !active.contains(experiment) { continue }
      var run = MLflowRun(id: id, path: path)
      run.status = runs.text(1)
      run.startedAt = MLflowWords.time(runs.text(2))
      run.finishedAt = MLflowWords.time(runs.text(3))
      run.artifactURI = runs.text(5)
      run.modelURIs = models.places(of: id)
      run.datasets = datasets.uses(of: id)
      try params.each(of: id) { run.params.append(NamedText(name: $0.text(1) ?? "", text: $0.text(2), line: nil)) }
      try tags.each(of: id) { run.tags.append(NamedText(name: $0.text(1) ?? "", text: $0.text(2), line: nil)) }
      let path = path
      try metrics.each(of: id) { run.metrics.append(Self.metric($0, path: path)) }
      run.params.sort { $0.name < $1.name }
      run.tags.sort { $0.name < $1.name }
      run.metrics.sort { $0.name < $1.name }
      return run
    }
    return nil
  }

  /// MLflow keeps NaN as a flag beside a zero, and infinities as the largest numbers.
  private static func metric(_ row: MLflowRows, path: String) -> NamedNumber {
    let name = row.text(1) ?? ""
    if row.isTrue(3) { return NamedNumber(name: name, value: nil, text: "nan", path: path, line: nil) }
    let value = row.number(2)
    let isFinite = value.magnitude < Double.greatestFiniteMagnitude
    return NamedNumber(
      name: name, value: isFinite ? value : nil, text: isFinite ? "\(value)" : value < 0 ? "-inf" : "inf", path: path,
      line: nil)
  }
}
