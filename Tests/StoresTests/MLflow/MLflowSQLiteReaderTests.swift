import Foundation
import GRDB
import Records
import Testing

@testable import Stores

@Suite struct MLflowSQLiteReaderTests {
  private let run = MLflowStore.run

  @Test func `a run holds what the tables say`() async throws {
    let store = try MLflowStore()
    let more = "ffffffffffffffffffffffffffffffff"
    let queue = try store.addDatabase(
      """
      INSERT INTO params VALUES ('seed', '7', '\(run)'), ('lr', '0.1', '\(run)'), ('stray', '1', '0000');
      INSERT INTO tags VALUES ('mlflow.source.git.commit', 'abc1234', '\(run)');
      INSERT INTO latest_metrics VALUES ('f1', 0.5, 1, 0, 0, '\(run)'), ('loss', 0, 1, 0, 1, '\(run)'),
        ('big', 1.7976931348623157e308, 1, 0, 0, '\(run)');
      INSERT INTO runs VALUES ('\(more)', 'r', 'RUNNING', 1, NULL, 'active', 's3://bucket/x', 1);
      INSERT INTO params VALUES ('lr', '0.2', '\(more)');
      """)
    try queue.close()
    let facts = try await store.facts()
    #expect(facts.kinds == [.mlflowSQLite] && facts.found && facts.problems == [])
    #expect(facts.runs.map(\.runID) == [run, more])
    let read = try #require(facts.runs.first)
    #expect(read.params.map(\.name) == ["lr", "seed"] && read.seeds.map(\.text) == ["7"])
    #expect(read.metrics.map(\.text) == ["inf", "0.5", "nan"] && read.metrics.map(\.value) == [nil, 0.5, nil])
    #expect(facts.runs.last?.params.map(\.text) == ["0.2"])
  }

  @Test func `a server may write meanwhile, in either mode, and nothing is left beside the database`() async throws {
    for mode in ["DELETE", "WAL"] {
      let store = try MLflowStore()
      let server = try store.addDatabase()
      try await server.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = \(mode)") }
      try await server.write {
        try $0.execute(sql: "INSERT INTO params VALUES ('lr', '0.1', ?)", arguments: [MLflowStore.run])
      }
      let before = try FileManager.default.contentsOfDirectory(atPath: store.root.path).sorted()
      let facts = try await store.facts()
      #expect(facts.problems == [] && facts.runs.first?.params.map(\.text) == ["0.1"], "\(mode)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: store.root.path).sorted() == before)
      try await server.write { try $0.execute(sql: "DELETE FROM params") }
      try server.close()
    }
  }

  @Test func `the last changes of a killed server are read from its log, which stays as it is`() async throws {
    let origin = try MLflowStore()
    let server = try origin.addDatabase()
    try await server.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    try await server.write {
      try $0.execute(sql: "INSERT INTO params VALUES ('lr', '0.1', ?)", arguments: [MLflowStore.run])
    }
    let store = try MLflowStore()
    for name in ["mlflow.db", "mlflow.db-wal"] {
      try FileManager.default.copyItem(at: origin.root.appending(path: name), to: store.root.appending(path: name))
    }
    try server.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: store.root.path)
    let facts = try await store.facts()
    #expect(facts.problems == [] && facts.runs.first?.params.map(\.text) == ["0.1"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: store.root.path).sorted() == ["mlflow.db", "mlflow.db-wal"])
  }

  @Test func `a database in WAL mode is read where nothing can be written`() async throws {
    let store = try MLflowStore()
    let server = try store.addDatabase()
    try await server.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    try server.close()
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: store.root.path)
    let facts = try await store.facts()
    #expect(facts.problems == [] && facts.runs.count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.root.path) == ["mlflow.db"])
  }

  @Test func `a locked database is said to be locked`() async throws {
    let store = try MLflowStore()
    let server = try store.addDatabase()
    try await server.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
    let facts = try await store.facts()
    try await server.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    #expect(facts.runs == [] && !facts.found)
    #expect(facts.problems.map(\.path) == ["mlflow.db"])
    #expect(facts.problems.first?.message.contains("another process holds it") == true, "\(facts.problems)")
  }

  @Test(arguments: [
    "", "no database at all, and longer than a header of one would be", "SQLite format 3\0 and nothing",
  ])
  func `what only has its name is reported`(text: String) async throws {
    let store = try MLflowStore()
    try store.write("mlflow.db", text)
    let facts = try await store.facts()
    #expect(facts.kinds == [.mlflowSQLite] && !facts.found && facts.problems.map(\.path) == ["mlflow.db"])
    #expect(facts.problems.first.map { $0.kind == .unreadable } == true)
  }

  @Test func `a damaged database is reported, not half believed`() async throws {
    let store = try MLflowStore()
    let values = (0..<2000).map { "('p\($0)', 'v', '\(run)')" }.joined(separator: ", ")
    try store.addDatabase("INSERT INTO params VALUES \(values)").close()
    let place = store.root.appending(path: "mlflow.db")
    var bytes = Array(try Data(contentsOf: place))
    for index in stride(from: 4096 * 6, to: bytes.count, by: 7) { bytes[index] = 0xA5 }
    try Data(bytes).write(to: place)
    let facts = try await store.facts()
    #expect(facts.problems.map(\.path) == ["mlflow.db"])
    #expect(facts.problems.first?.message.contains("damaged") == true, "\(facts.problems)")
    #expect(!facts.found && facts.runs == [] && facts.datasets == [])
  }

  @Test func `deleted versions do not look like broken lineage`() async throws {
    let store = try MLflowStore()
    try store.addDatabase(
      """
      INSERT INTO registered_models VALUES ('m');
      INSERT INTO model_versions VALUES ('m', 1, 'None', 'file:///srv/ml/mlartifacts/x', '\(run)', NULL),
        ('m', 2, 'Deleted_Internal', 'REDACTED-SOURCE-PATH', 'REDACTED-RUN-ID', 'file:///srv/ml/mlartifacts/y'),
        ('m', 10, 'Staging', 'file:///srv/ml/mlartifacts/x', '\(run)', NULL);
      """
    ).close()
    let facts = try await store.facts()
    #expect(facts.versions.map(\.name) == ["10", "1"])
    #expect(facts.aliases.map(\.subject) == ["m@staging"])
  }

  @Test func `a version is where other records say that its source lies`() async throws {
    let store = try MLflowStore()
    try store.write("mlartifacts/\(run)/artifacts/model/model.pkl", "weights")
    try store.addDatabase(
      """
      CREATE TABLE logged_models (model_id TEXT, artifact_location TEXT, source_run_id TEXT, lifecycle_stage TEXT);
      INSERT INTO logged_models VALUES ('m-1', 'file:///srv/ml/mlartifacts/\(run)/artifacts/model', '\(run)', 'active');
      INSERT INTO registered_models VALUES ('m');
      INSERT INTO model_versions VALUES ('m', 3, 'None', 'runs:/\(run)/model', '\(run)', NULL),
        ('m', 2, 'None', 'models:/m-1', '\(run)', ''), ('m', 1, 'None', 'models:/m-gone', '\(run)', NULL);
      """
    ).close()
    let versions = try await store.facts().versions
    let model = "mlartifacts/\(run)/artifacts/model/model.pkl"
    #expect(versions.map { $0.artifacts.map(\.file.path) } == [[model], [model], ["models:/m-gone"]])
    #expect(versions.last?.artifacts.map(\.file.location) == [.remote])
  }

  @Test func `other programs' databases are left alone`() async throws {
    let store = try MLflowStore()
    try await DatabaseQueue(path: store.root.appending(path: "other.db").path).write {
      try $0.execute(sql: "CREATE TABLE runs (x)")
    }
    #expect(try await store.facts().kinds == [])
  }
}
