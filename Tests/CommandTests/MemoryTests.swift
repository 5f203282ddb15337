import Foundation
import Testing

/// What a second scan with the same database says of files that changed in between.
@Suite struct MemoryTests {
  /// A store of published versions and a loose run, whose files all have their digests but `notes` and `tokenizer.json`.
  private func store() throws -> Store {
    let store = try Store()
    for version in ["1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.6.0", "1.7.0"] {
      try store.addHealthyVersion(version)
    }
    try store.write("models/m/1.0.0/tokenizer.json", "{\"vocabulary\": 1}")
    try store.write("models/m/1.0.0/README.md", "a model")
    try store.write("runs/r/notes.txt", "first thoughts")
    try store.write("runs/r/run.json", "{\"run_id\": \"r\", \"artifacts\": [{\"path\": \"notes.txt\"}]}")
    // Bytes of long ago: a file that was written to has another time.
    try store.shell("find \"$1\" -type f -exec touch -d 2026-01-01T00:00:00Z {} +")
    return store
  }

  /// Changes bytes and leaves size and time, as a failing disk does.
  private func rot(_ path: String, in store: Store) throws {
    try store.shell(
      "touch -r \"$1/\(path)\" \"$1/../time\"; printf X | dd of=\"$1/\(path)\" conv=notrunc status=none; "
        + "touch -r \"$1/../time\" \"$1/\(path)\"")
  }

  private func verdicts(_ database: String) throws -> [String: String] {
    let run = try Binary.run([
      "query", "--db", database, "--format", "csv",
      "SELECT path, group_concat(DISTINCT verdict) FROM checks WHERE verdict NOT IN ('matched', 'unclaimed') GROUP BY path",
    ])
    return Dictionary(
      uniqueKeysWithValues: run.output.split(whereSeparator: \.isNewline).dropFirst().map { line in
        let parts = line.split(separator: ",", maxSplits: 1)
        return (String(parts[0]), String(parts[1]).replacing("\"", with: ""))
      })
  }

  private func scan(_ store: Store, _ day: Int, _ arguments: [String] = []) throws -> Scan {
    try store.scan(
      ["--db", store.beside("audit.db"), "--now", "2026-03-\(day < 10 ? "0" : "")\(day)T00:00:00Z"] + arguments)
  }

  @Test func `every kind of damage is told from the others, on every later day`() throws {
    let store = try store()
    let first = try scan(store, 1)
    #expect(first.run.status != 3)
    #expect(try verdicts(store.beside("audit.db")).isEmpty)
    try rot("models/m/1.0.0/model.bin", in: store)
    try store.write("models/m/1.1.0/model.bin", "weights of another model")
    try store.shell("truncate -s 5 \"$1/models/m/1.2.0/model.bin\"")
    try store.shell(
      "cd \"$1/models/m\"; mv 1.3.0/model.bin t; mv 1.4.0/model.bin 1.3.0/model.bin; mv t 1.4.0/model.bin")
    try store.shell("cd \"$1/models/m\"; mv 1.5.0/model.bin 1.5.0/weights.bin")
    try store.shell("rm \"$1/models/m/1.6.0/model.bin\"")
    let wrong = String(repeating: "0a", count: 32)
    try store.write("models/m/1.7.0/checksum.txt", "\(wrong)  model.bin\n")
    let expected = [
      "models/m/1.0.0/model.bin": "corrupted", "models/m/1.1.0/model.bin": "edited",
      "models/m/1.2.0/model.bin": "truncated", "models/m/1.3.0/model.bin": "swapped",
      "models/m/1.4.0/model.bin": "swapped", "models/m/1.5.0/model.bin": "moved",
      "models/m/1.6.0/model.bin": "missing", "models/m/1.7.0/model.bin": "claim-altered",
    ]
    for day in 2...4 {
      let later = try scan(store, day)
      #expect(later.run.status == 3)
      var found = try verdicts(store.beside("audit.db"))
      // The altered record is a file too, and no digest of it is recorded.
      let list = found.removeValue(forKey: "models/m/1.7.0/checksum.txt")
      #expect(list == (day == 2 ? "edited" : nil))
      #expect(found == expected, "day \(day)")
      let rotten = later.result("artifact-digest-mismatch", "m@1.0.0")
      #expect(rotten?.message.contains("corrupted") == true, "\(rotten?.message ?? "")")
      #expect(rotten?.message.contains("it was as recorded in the scan of 2026-03-01T00:00:00Z") == true)
      #expect(later.result("artifact-digest-mismatch", "m@1.7.0")?.message.contains("the record was altered") == true)
    }
    // Mended, it is well again.
    try store.write("models/m/1.0.0/model.bin", "weights of m 1.0.0")
    _ = try scan(store, 5)
    #expect(try verdicts(store.beside("audit.db"))["models/m/1.0.0/model.bin"] == nil)
  }

  @Test func `without an earlier scan nothing is told that claims do not tell`() throws {
    let store = try store()
    try rot("models/m/1.0.0/model.bin", in: store)
    try store.write("models/m/1.1.0/model.bin", "weights of another model")
    for _ in 0..<2 {
      _ = try scan(store, 1)
      #expect(
        try verdicts(store.beside("audit.db")) == [
          "models/m/1.0.0/model.bin": "mismatched", "models/m/1.1.0/model.bin": "mismatched",
        ])
    }
  }

  @Test func `files without a digest are held against the scan before`() throws {
    let store = try store()
    _ = try scan(store, 1)
    try store.write("models/m/1.0.0/tokenizer.json", "{\"vocabulary\": 2}")
    try store.write("models/m/1.0.0/README.md", "a model, described")
    try store.write("runs/r/notes.txt", "second thoughts, and more of them")
    let second = try scan(store, 2)
    #expect(second.run.status == 3)
    let found = second.result("artifact-digest-mismatch", "m@1.0.0")
    #expect(found?.details.map(\.item) == ["models/m/1.0.0/tokenizer.json"])
    #expect(found?.message.contains("edited") == true && found?.message.contains("2026-03-01T00:00:00Z") == true)
    // Notes and runs that nobody published are worked on.
    #expect(second.result("artifact-digest-mismatch", "run:r")?.outcome != "fail")
    #expect(try verdicts(store.beside("audit.db"))["runs/r/notes.txt"] == "edited")
    let third = try scan(store, 3)
    #expect(third.run.status == 3)
    #expect(try verdicts(store.beside("audit.db")) == ["models/m/1.0.0/tokenizer.json": "edited"])
    // Work in progress rots too.
    try rot("runs/r/notes.txt", in: store)
    for day in 4...5 {
      #expect(try scan(store, day).result("artifact-digest-mismatch", "run:r")?.outcome == "fail")
      #expect(try verdicts(store.beside("audit.db"))["runs/r/notes.txt"] == "corrupted")
    }
    try store.write("models/m/1.0.0/tokenizer.json", "{\"vocabulary\": 1}")
    #expect(try scan(store, 6).result("artifact-digest-mismatch", "m@1.0.0")?.outcome == "pass")
  }

  @Test func `a published model that was replaced together with its digest is found, and stays found`() throws {
    let store = try store()
    _ = try scan(store, 1)
    let digest = try store.write("models/m/1.0.0/model.bin", "weights of another model")
    try store.write("models/m/1.0.0/checksum.txt", "\(digest)  model.bin\n")
    try store.write(
      "models/m/1.0.0/run.json",
      "{\"run_id\": \"m-1.0.0\", \"artifacts\": [{\"path\": \"model.bin\", \"sha256\": \"\(digest)\"}]}")
    for day in 2...3 {
      let scan = try scan(store, day)
      #expect(scan.run.status == 3 && scan.run.output.contains("models/m/1.0.0/model.bin"), "\(scan.run.output)")
      let found = scan.result("changed-after-publication", "m@1.0.0")
      #expect(found?.outcome == "fail" && found?.details.map(\.item) == ["models/m/1.0.0/model.bin"])
      #expect(scan.result("artifact-digest-mismatch", "m@1.0.0")?.outcome == "pass")
      #expect(scan.result("changed-after-publication", "m@1.1.0")?.outcome == "not-applicable")
    }
  }

  @Test func `a touched file is well, and its new time is remembered`() throws {
    let store = try store()
    let database = store.beside("audit.db")
    _ = try scan(store, 1)
    try store.shell("find \"$1\" -type f -exec touch -d 2026-02-02T00:00:00Z {} +")
    let second = try scan(store, 2)
    #expect(second.run.status != 3)
    #expect(try verdicts(database).isEmpty)
    try rot("models/m/1.0.0/model.bin", in: store)
    _ = try scan(store, 3)
    #expect(try verdicts(database) == ["models/m/1.0.0/model.bin": "corrupted"])
  }

  @Test func `other stores and unreadable records do not make a scan forget`() throws {
    let store = try store()
    let other = try Store(name: "other")
    try other.addHealthyVersion(model: "n")
    _ = try scan(store, 1)
    let run = try Binary.run([
      "scan", other.root.path, "--db", store.beside("audit.db"), "--now", "2026-03-02T00:00:00Z",
    ])
    #expect(run.status != 3)
    let record = try String(contentsOf: store.root.appending(path: "models/m/1.0.0/run.json"), encoding: .utf8)
    try store.write("models/m/1.0.0/run.json", "{")
    _ = try scan(store, 3)
    try store.write("models/m/1.0.0/run.json", record)
    try rot("models/m/1.0.0/model.bin", in: store)
    _ = try scan(store, 4)
    #expect(try verdicts(store.beside("audit.db"))["models/m/1.0.0/model.bin"] == "corrupted")
  }

  @Test func `a part of a store is held against the whole scan before, and changes nothing of it`() throws {
    let store = try store()
    _ = try scan(store, 1)
    try rot("models/m/1.0.0/model.bin", in: store)
    for day in 2...3 {
      let part = try scan(store, day, ["--subject", "m@1.0.0"])
      #expect(part.result("artifact-digest-mismatch", "m@1.0.0")?.message.contains("corrupted") == true)
    }
    _ = try scan(store, 4)
    #expect(try verdicts(store.beside("audit.db")) == ["models/m/1.0.0/model.bin": "corrupted"])
  }

  @Test func `time to settle is asked for where something is read twice`() throws {
    let store = try store()
    let alone = try store.scan(["--settle", "1"])
    #expect(alone.run.status == 64 && alone.run.errors.contains("--db"), "\(alone.run.errors)")
    #expect(try scan(store, 1, ["--settle", "-1"]).run.status == 64)
    _ = try scan(store, 1)
    try rot("models/m/1.0.0/model.bin", in: store)
    let start = ContinuousClock.now
    _ = try scan(store, 2, ["--settle", "2"])
    #expect(ContinuousClock.now - start >= .seconds(2))
    #expect(try verdicts(store.beside("audit.db")) == ["models/m/1.0.0/model.bin": "corrupted"])
  }

  @Test func `a store without digests is told what its bytes are held against`() throws {
    let store = try Store()
    try store.shell("cp -R '\(Binary.root.path)/Fixtures/mlflow-file/.' \"$1\"")
    func notice(_ scan: Scan) -> String { scan.report?.notices.first { $0.contains("no digests") } ?? "" }
    #expect(notice(try store.scan()).contains("only where --db names a database"))
    #expect(notice(try scan(store, 1)).contains("the baseline of the next scan"))
    // The model of a registered version, whose bytes MLflow states nowhere.
    try store.shell(
      "m=$(find \"$1\" -name '*.pkl' | sort | head -n 1); touch -r \"$m\" \"$1/../time\"; "
        + "printf X | dd of=\"$m\" conv=notrunc status=none; touch -r \"$1/../time\" \"$m\"")
    for day in 2...3 {
      let later = try scan(store, day)
      #expect(
        later.results("fail").contains { $0.rule == "artifact-digest-mismatch" && $0.message.contains("corrupted") })
    }
  }
}
