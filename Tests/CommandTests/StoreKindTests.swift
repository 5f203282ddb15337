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
    for name in ["\"store\"", "\"store/a/mlruns\"", "\"store/b/deep/mlflow.db\""] {
      #expect(run.output.contains(name), "\(name)")
    }
    #expect(run.errors.components(separatedBy: "records no digests").count == 3, "\(run.errors)")
    #expect(try Binary.run(["rules", "explain", "missing-seed"]).output.contains("mlflow.log_param"))
    let one = try Binary.run(["scan", store.root.path, "--kind", "mlflow-sqlite", "--json", "-"])
    #expect(one.output.contains("store/b/deep/mlflow.db") && !one.output.contains("store/a/mlruns"))
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
