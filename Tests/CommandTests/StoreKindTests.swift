import Foundation
import Testing

/// Stores of several kinds below one scanned directory, as a user sees them.
@Suite struct StoreKindTests {
  private func copy(_ fixture: String, to place: String, in store: Store) throws {
    let target = store.root.appending(path: place)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Binary.root.appending(path: "Fixtures/\(fixture)"), to: target)
  }

  @Test func `several kinds are audited in one scan, each with its name, and each says once what it lacks`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try copy("mlflow-file/mlflow-2", to: "a", in: store)
    try copy("mlflow-sqlite/mlflow-3", to: "b/deep", in: store)
    let run = try Binary.run(["scan", store.root.path, "--json", "-", "--now", "2027-01-01T00:00:00Z"])
    #expect(try names(run) == ["store", "store/a/mlruns", "store/b/deep/mlflow.db"])
    #expect(run.errors.components(separatedBy: "records no digests").count == 3, "\(run.errors)")
    #expect(try Binary.run(["rules", "explain", "missing-seed"]).output.contains("mlflow.log_param"))
    let one = try Binary.run(["scan", store.root.path, "--kind", "mlflow-sqlite", "--json", "-"])
    #expect(try names(one) == ["store/b/deep/mlflow.db"])
  }

  @Test func `directories below each other and of the same name have names of their own`() throws {
    let store = try Store(name: "top")
    for place in ["sub", "other/sub"] { try store.write("\(place)/runs/a/run.json", "{\"run_id\": \"a\"}") }
    try copy("mlflow-file/mlflow-2", to: "sub/a", in: store)
    let scan = { try Binary.run(["scan"] + $0 + ["--json", "-"], in: store.root) }
    let all = try names(try scan(["sub", "other/sub", ".", "./other"]))
    #expect(all == ["other", "other/sub", "sub", "sub/a/mlruns", "top", "top/sub/a/mlruns"])
    for twice in [["sub", "sub"], ["sub", "./sub/"], ["sub", "other/../sub"]] {
      let run = try scan(twice)
      #expect(
        run.status == 64 && run.errors.contains("named twice; name each directory once"), "\(twice) \(run.errors)")
    }
  }

  @Test func `a single file is taken for what it holds, whatever it is called`() throws {
    let store = try Store()
    try copy("mlflow-sqlite/mlflow-3", to: "b", in: store)
    try FileManager.default.moveItem(
      at: store.root.appending(path: "b/mlflow.db"), to: store.root.appending(path: "b/tracking"))
    try store.write("b/second.db", Array(Data(contentsOf: store.root.appending(path: "b/tracking"))))
    let folder = store.root.appending(path: "b")
    let two = try Binary.run(["scan", "tracking", "second.db", "--json", "-"], in: folder)
    #expect(try names(two) == ["b/second.db", "b/tracking"])
    let wrong = try Binary.run(["scan", "tracking", "--kind", "dvc"], in: folder)
    #expect(wrong.status == 64 && wrong.errors.contains("no store of the kind dvc"), "\(wrong.errors)")
    try store.write("b/notes.txt", "notes")
    let notes = try Binary.run(["scan", "notes.txt"], in: folder)
    #expect(notes.status == 64 && notes.errors.contains("the file is no store by itself"), "\(notes.errors)")
  }

  /// The names of the stores that were audited, in the order of the report.
  private func names(_ run: Binary.Run) throws -> [String] {
    struct Whole: Decodable {
      struct Scan: Decodable { let stores: [Named] }
      struct Named: Decodable { let name: String }
      let scan: Scan
    }
    return try JSONDecoder().decode(Whole.self, from: Data(run.output.utf8)).scan.stores.map(\.name)
  }

  @Test func `what is wrong with a store that cannot be read is said, and the audit is incomplete`() throws {
    let store = try Store()
    try store.write("mlflow.db", "no database")
    let run = try Binary.run(["scan", store.root.appending(path: "mlflow.db").path, "--json", "-"])
    #expect(run.status == 2 && run.output.contains("no SQLite database"), "\(run.output)")
    try store.write("m-\(String(repeating: "a", count: 32))/artifacts/model.pkl", "bytes")
    try FileManager.default.removeItem(at: store.root.appending(path: "mlflow.db"))
    let parts = try Binary.run(["scan", store.root.path, "--json", "-"])
    #expect(parts.status == 2 && parts.output.contains("without their tracking store"), "\(parts.output)")
  }

  @Test func `a server's store is refused with a hint and without its password`() throws {
    let run = try Binary.run(["scan", "postgresql://ada:hunter22@db/mlflow"])
    #expect(run.status == 64 && run.errors.contains("PostgreSQL is not read") && !run.errors.contains("hunter22"))
    let kind = try Binary.run(["scan", "--kind", "mlflow-fil", "."])
    #expect(kind.status == 64 && kind.errors.contains("mlflow-file"), "\(kind.errors)")
  }
}
