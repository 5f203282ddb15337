import Foundation
import GRDB
import Records
import Testing

@testable import Stores

/// A store of MLflow made for one test; it goes with the test.
final class MLflowStore {
  private let scratch: StoreScratch

  var root: URL { scratch.root }

  init() throws { scratch = try StoreScratch() }

  func write(_ path: String, _ text: String) throws { try scratch.write(path, text) }

  static let run = "0123456789abcdef0123456789abcdef"

  func addExperiment(_ id: String = "1", location: String? = nil) throws {
    try write(
      "mlruns/\(id)/meta.yaml",
      """
      artifact_location: \(location ?? "file:///srv/ml/mlruns/\(id)")
      experiment_id: '\(id)'
      lifecycle_stage: active
      name: e\(id)

      """)
  }

  func addRun(_ id: String = run, artifacts: String? = nil) throws {
    try write(
      "mlruns/1/\(id)/meta.yaml",
      """
      artifact_uri: \(artifacts ?? "file:///srv/ml/mlruns/1/\(id)/artifacts")
      end_time: 1795435438940
      experiment_id: '1'
      lifecycle_stage: active
      run_id: \(id)
      start_time: 1795435427429
      status: 3

      """)
  }

  func addVersion(_ version: String, source: String, run: String? = nil, stage: String = "None") throws {
    try write("mlruns/models/m/meta.yaml", "name: m\n")
    try write(
      "mlruns/models/m/version-\(version)/meta.yaml",
      """
      current_stage: \(stage)
      name: m
      run_id: \(run ?? "null")
      source: \(source)
      storage_location: \(source)
      version: \(version)

      """)
  }

  /// A database with the tables that a reader asks for, as MLflow 2 makes them.
  func addDatabase(_ sql: String = "") throws -> DatabaseQueue {
    // A test holds a lock from one access to the next.
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: root.appending(path: "mlflow.db").path, configuration: configuration)
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT, artifact_location TEXT, lifecycle_stage TEXT);
          CREATE TABLE runs (run_uuid TEXT PRIMARY KEY, name TEXT, status TEXT, start_time BIGINT, end_time BIGINT,
            lifecycle_stage TEXT, artifact_uri TEXT, experiment_id INTEGER);
          CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);
          CREATE TABLE tags (key TEXT, value TEXT, run_uuid TEXT);
          CREATE TABLE latest_metrics (key TEXT, value FLOAT, timestamp BIGINT, step BIGINT, is_nan BOOLEAN, run_uuid TEXT);
          CREATE TABLE registered_models (name TEXT);
          CREATE TABLE model_versions (name TEXT, version INTEGER, current_stage TEXT, source TEXT, run_id TEXT,
            storage_location TEXT);
          INSERT INTO experiments VALUES (1, 'e', 'file:///srv/ml/mlartifacts', 'active');
          INSERT INTO runs VALUES ('\(Self.run)', 'r', 'FINISHED', 1795435427429, 1795435438940, 'active',
            'file:///srv/ml/mlartifacts/\(Self.run)/artifacts', 1);
          """)
      try db.execute(sql: sql)
    }
    return queue
  }

  /// Every fact that a scan of the folder finds, by looking.
  func facts() async throws -> Facts {
    let tree = try StoreTree(path: root.path)
    let list = FactList()
    var facts = Facts()
    let finder = StoreFinder(tree: tree)
    _ = try await NativeReader(tree: tree, context: ReadingContext(), finder: finder).read(into: list)
    for store in finder.found {
      facts.kinds.append(store.kind)
      facts.found =
        try await store.kind.reader(store.place, in: tree, context: ReadingContext())?.read(into: list) ?? false
    }
    facts.all = list.facts
    return facts
  }

  struct Facts {
    var all: [Fact] = []
    var kinds: [StoreKind] = []
    var found = false

    var runs: [RunFact] { all.runs }
    var versions: [VersionFact] { all.versions }
    var aliases: [AliasFact] { all.aliases }
    var datasets: [DatasetFact] { all.datasets }
    var problems: [Problem] { all.problemFacts }
  }
}
