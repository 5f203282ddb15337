import Foundation
import GRDB
import Records
import Testing

@testable import Stores

/// A store of MLflow made for one test; it goes with the test.
final class MLflowStore {
  let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "repro-audit-mlflow-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: root.path)
    try? FileManager.default.removeItem(at: root)
  }

  func write(_ path: String, _ text: String) throws {
    let place = root.appending(path: path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
  }

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

  func addRun(_ id: String = run, experiment: String = "1", artifacts: String? = nil, more: String = "") throws {
    try write(
      "mlruns/\(experiment)/\(id)/meta.yaml",
      """
      artifact_uri: \(artifacts ?? "file:///srv/ml/mlruns/\(experiment)/\(id)/artifacts")
      end_time: 1795435438940
      experiment_id: '\(experiment)'
      lifecycle_stage: active
      run_id: \(id)
      start_time: 1795435427429
      status: 3
      \(more)

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
  func addDatabase(_ sql: String = "", path: String = "mlflow.db") throws -> DatabaseQueue {
    // A test holds a lock from one access to the next.
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let queue = try DatabaseQueue(path: root.appending(path: path).path, configuration: configuration)
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
    let facts = Facts()
    let finder = StoreFinder(tree: tree)
    _ = try await NativeReader(tree: tree, context: ReadingContext(), finder: finder).read(into: facts)
    for store in finder.found {
      facts.kinds.append(store.kind)
      facts.found =
        try await store.kind.reader(store.place, in: tree, context: ReadingContext())?.read(into: facts) ?? false
    }
    return facts
  }

  final class Facts: FactSink {
    var all: [Fact] = []
    var kinds: [StoreKind] = []
    var found = false

    func receive(_ facts: [Fact]) { all += facts }

    var runs: [RunFact] { all.compactMap { if case .run(let run) = $0 { run } else { nil } } }
    var versions: [VersionFact] { all.compactMap { if case .version(let version) = $0 { version } else { nil } } }
    var aliases: [AliasFact] { all.compactMap { if case .alias(let alias) = $0 { alias } else { nil } } }
    var datasets: [DatasetFact] { all.compactMap { if case .dataset(let dataset) = $0 { dataset } else { nil } } }
    var problems: [Problem] { all.compactMap { if case .problem(let problem) = $0 { problem } else { nil } } }
  }
}
