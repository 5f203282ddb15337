import Foundation
import Testing

/// Versions that vanish whole between two scans with one database, and scans that must not take that for granted.
@Suite struct VanishedVersionTests {
  private let rule = "vanished-version"

  private func store() throws -> Store {
    let store = try Store()
    for version in ["1.0.0", "1.1.0"] { try store.addHealthyVersion(version) }
    try store.addHealthyVersion("1.0.0", model: "n")
    return store
  }

  private func scan(_ store: Store, _ day: Int, _ arguments: [String] = []) throws -> Scan {
    try store.scan(["--db", store.beside("audit.db"), "--now", "2026-03-0\(day)T00:00:00Z"] + arguments)
  }

  @Test func `a version is missed in every scan until it is back`() throws {
    let store = try store()
    #expect(try scan(store, 1).result(rule, "m")?.outcome == "not-applicable")
    try store.shell("mv \"$1/models/m/1.0.0\" \"$1/../kept\"")
    for day in [2, 3] {
      let found = try scan(store, day)
      #expect(found.run.status == 3)
      #expect(
        found.result(rule, "m")?.message == "m@1.0.0: the scan of 2026-03-01T00:00:00Z found it, and it is not there")
      #expect(found.result(rule, "n")?.outcome != "fail" && found.result(rule, "store")?.outcome != "fail")
    }
    try store.shell("mv \"$1/../kept\" \"$1/models/m/1.0.0\"")
    #expect(try scan(store, 4).findings.allSatisfy { !$0.contains(rule) })
  }

  @Test func `a model that is gone is missed by its store until its versions are retired`() throws {
    let store = try store()
    _ = try scan(store, 1)
    try store.shell("rm -r \"$1/models/n\"")
    #expect(try scan(store, 2).result(rule, "store")?.details.map(\.item) == ["n@1.0.0"])
    try store.write("models/n/promotions.jsonl", "")
    let retired = try Binary.run(["retire", "n", "1.0.0", store.root.path, "--gone", "--reason", "never used"])
    #expect(retired.status == 0, "\(retired.errors)")
    #expect(try scan(store, 3).findings.allSatisfy { !$0.contains(rule) })
  }

  @Test func `a scan of something else says nothing of what it did not look at`() throws {
    let store = try store()
    let other = try Store(name: "other")
    try other.addHealthyVersion("3.0.0")
    _ = try scan(store, 1)
    let database = ["--db", store.beside("audit.db")]
    // Another directory, another one of the same name, a part of this one.
    #expect(try other.scan(database + ["--now", "2026-03-02T00:00:00Z"]).findings.allSatisfy { !$0.contains(rule) })
    let namesake = try Store()
    try namesake.addHealthyVersion("4.0.0", model: "k")
    #expect(try namesake.scan(database + ["--now", "2026-03-03T00:00:00Z"]).findings.allSatisfy { !$0.contains(rule) })
    for arguments in [["--subject", "m@1.0.0"], ["--kind", "dvc"]] {
      #expect(try scan(store, 4, arguments).findings.allSatisfy { !$0.contains(rule) }, "\(arguments)")
    }
    try store.shell("rm -r \"$1/models/m/1.0.0\"")
    // What scans of others came between does not make it forgotten.
    #expect(try scan(store, 5).result(rule, "m")?.outcome == "fail")
  }

  @Test(arguments: ["exclude: [models/m/1.0.0/**]", "exclude: [models/m/]", "include: [models/n/**]"])
  func `what the policy leaves out is not missed`(line: String) throws {
    let store = try store()
    _ = try scan(store, 1)
    try store.write("repro-audit.yaml", line + "\n")
    try store.shell("rm -r \"$1/models/m/1.0.0\"")
    #expect(try scan(store, 2).findings.allSatisfy { !$0.contains(rule) })
    try store.shell("rm \"$1/repro-audit.yaml\"")
    #expect(try scan(store, 3).result(rule, "m")?.outcome == "fail")
  }

  @Test func `what is out of scope is not missed, and a store that moved under its name is the same one`() throws {
    let store = try store()
    _ = try scan(store, 1)
    try store.shell("rm -r \"$1/models/m/1.0.0\"")
    let policy = "scope:\n  exclude:\n    - {location: 'models/m/1.0.0/**', reason: kept by another team}\n"
    try store.write("repro-audit.yaml", policy)
    #expect(try scan(store, 2).findings.allSatisfy { !$0.contains(rule) })
    try store.shell("rm \"$1/repro-audit.yaml\"; mkdir \"$1/../moved\"; cp -r \"$1\" \"$1/../moved/\"")
    let moved = try Binary.run([
      "scan", store.beside("moved/store"), "--db", store.beside("audit.db"), "--now", "2026-03-03T00:00:00Z",
      "--rule", rule,
    ])
    #expect(moved.status == 3 && moved.output.contains("error    \(rule)"), "\(moved.output)")
  }

  @Test func `what may lie where something could not be read is unverified`() throws {
    let store = try Store()
    try store.shell("cp -R '\(Binary.root.path)/Fixtures/mlflow-file/mlflow-3/.' \"$1\"")
    _ = try scan(store, 1)
    try store.shell("rm \"$1\"/mlruns/models/fraud-detector/meta.yaml")
    let found = try scan(store, 2)
    #expect(found.findings.allSatisfy { !$0.contains(rule) })
    #expect(found.results("unverified").contains { $0.rule == rule && $0.message.contains("without its meta.yaml") })
    try store.shell("rm -r \"$1\"/mlruns/models/fraud-detector")
    #expect(try scan(store, 3).results("fail").contains { $0.rule == rule && $0.subject.kind == "store" })
  }

  @Test func `a version that MLflow marked as deleted is not missed, and a row that is gone is`() throws {
    let store = try Store()
    try store.shell("cp -R '\(Binary.root.path)/Fixtures/mlflow-sqlite/mlflow-3/.' \"$1\"")
    _ = try scan(store, 1)
    let database = "\"$1/mlflow.db\""
    let published = "WHERE current_stage <> 'Deleted_Internal'"
    try store.shell(
      "sqlite3 \(database) \"UPDATE model_versions SET current_stage = 'Deleted_Internal' \(published) "
        + "AND version = (SELECT min(version) FROM model_versions \(published))\"")
    #expect(try scan(store, 2).findings.allSatisfy { !$0.contains(rule) })
    try store.shell("sqlite3 \(database) \"DELETE FROM model_versions \(published)\"")
    #expect(try scan(store, 3).findings.contains { $0.contains(rule) })
  }
}
