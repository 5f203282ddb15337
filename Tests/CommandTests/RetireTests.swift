import Foundation
import Testing

/// `repro-audit retire`, and what later scans make of it.
@Suite struct RetireTests {
  private func store() throws -> Store {
    let store = try Store()
    for version in ["1.0.0", "1.1.0"] { try store.addHealthyVersion(version) }
    try store.write("models/m/prod", "1.1.0\n")
    return store
  }

  private func retire(_ store: Store, _ version: String, _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(
      ["retire", "m", version, store.root.path, "--reason", "replaced", "--now", "2026-03-01T12:00:00Z"] + arguments)
  }

  private func scan(_ store: Store, _ day: Int) throws -> Scan {
    try store.scan(["--db", store.beside("audit.db"), "--now", "2026-03-0\(day)T00:00:00Z"])
  }

  private func records(_ store: Store) throws -> [String] {
    try String(contentsOf: store.root.appending(path: "models/m/promotions.jsonl"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }

  @Test func `files of a retired version may go, and those of another may not`() throws {
    let store = try store()
    _ = try scan(store, 1)
    let run = try retire(store, "1.0.0", ["--by", "ada@example.org"])
    #expect(run.status == 0 && run.output.contains("models/m/promotions.jsonl"), "\(run.output)\(run.errors)")
    #expect(
      try records(store) == [
        #"{"action":"retire","at":"2026-03-01T12:00:00Z","by":"ada@example.org","reason":"replaced","version":"1.0.0"}"#
      ])
    try store.shell("rm \"$1\"/models/*/1.*/model.bin")
    let second = try scan(store, 2)
    #expect(second.run.status == 3)
    #expect(second.result("missing-artifact", "m@1.0.0")?.outcome == "pass")
    #expect(second.result("missing-artifact", "run:m-1.0.0")?.outcome == "pass")
    #expect(second.result("missing-artifact", "m@1.1.0")?.outcome == "fail")
    // The whole folder.
    try store.shell("rm -r \"$1/models/m/1.0.0\"")
    try store.write("models/m/1.1.0/model.bin", "weights of m 1.1.0")
    let third = try scan(store, 3)
    #expect(third.run.status != 3 && !third.findings.contains { $0.contains("1.0.0") }, "\(third.findings)")
  }

  @Test func `a restored version is missed again`() throws {
    let store = try store()
    _ = try retire(store, "1.0.0")
    try store.write(
      "models/m/promotions.jsonl",
      try records(store)[0] + "\n" + #"{"action": "restore", "version": "1.0.0", "at": "2026-03-01T13:00:00Z"}"# + "\n")
    try store.shell("rm \"$1/models/m/1.0.0/model.bin\"")
    #expect(try store.scan().result("missing-artifact", "m@1.0.0")?.outcome == "fail")
  }

  @Test func `a version is retired once, behind what stands there, and an alias at it is said`() throws {
    let store = try store()
    // The last line has no end.
    try store.write(
      "models/m/promotions.jsonl", #"{"alias": "prod", "version": "1.1.0", "at": "2026-02-01T00:00:00Z"}"#)
    let run = try retire(store, "1.1.0")
    #expect(run.status == 0 && run.errors.contains("m@prod still points at it"), "\(run.errors)")
    #expect(try records(store).count == 2)
    let again = try retire(store, "1.1.0")
    #expect(again.status == 0 && again.output.contains("before"), "\(again.output)")
    #expect(try records(store).count == 2)
    #expect(try store.scan().result("retired-version-in-use", "m@prod")?.outcome == "fail")
  }

  @Test func `what cannot be retired is said, and nothing is written`() throws {
    let store = try store()
    let unknown = try retire(store, "1.0.1")
    #expect(unknown.status == 64 && unknown.errors.contains("1.0.0") && unknown.errors.contains("--gone"))
    let silent = try Binary.run(["retire", "m", "1.0.0", store.root.path, "--reason", " "])
    #expect(silent.status == 64 && silent.errors.contains("--reason"), "\(silent.errors)")
    #expect(try Binary.run(["retire", "n", "1.0.0", store.root.path, "--reason", "x"]).status == 64)
    #expect(!FileManager.default.fileExists(atPath: store.root.appending(path: "models/m/promotions.jsonl").path))
    #expect(try retire(store, "1.0.1", ["--gone"]).status == 0)
    #expect(try records(store).count == 1)
    let other = try Store()
    try other.shell("cp -R '\(Binary.root.path)/Fixtures/mlflow-file/.' \"$1\"")
    let names = try Binary.run(["scan", other.root.path, "--json", "-", "--all-results"])
    let model = try #require(
      names.output.firstMatch(of: /"kind": "model",\s*"name": "([^"]+)",\s*"store": "([^"]+)"/)
    ).output
    let foreign = try Binary.run([
      "retire", String(model.1), "1", other.root.path, "--store", String(model.2), "--reason", "x",
    ])
    #expect(foreign.status == 64 && foreign.errors.contains("its own tool"), "\(foreign.errors)")
  }
}
