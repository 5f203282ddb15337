import Foundation
import Testing

/// Scans that read only some of the files, and what their reports promise.
@Suite struct CoverageTests {
  private func store(versions: Int = 6) throws -> Store {
    let store = try Store()
    for version in 0..<versions { try store.addHealthyVersion("1.\(version).0") }
    try store.write("models/m/prod", "1.3.0\n")
    try store.shell("find \"$1\" -type f -exec touch -d 2026-01-01T00:00:00Z {} +")
    return store
  }

  private func scan(_ store: Store, _ day: Int, _ arguments: [String] = []) throws -> Scan {
    try store.scan(
      ["--db", store.beside("audit.db"), "--now", String(format: "2026-03-%02dT00:00:00Z", day)] + arguments)
  }

  private func query(_ store: Store, _ sql: String) throws -> [String] {
    try Binary.run(["query", "--db", store.beside("audit.db"), "--format", "csv", sql]).output
      .split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }

  @Test func `a scan that reads a part says what the rest stands on, and judges as the whole one`() throws {
    let store = try store()
    let whole = try scan(store, 1)
    #expect(!whole.run.output.contains("coverage"))
    let part = try scan(store, 2, ["--rehash", "oldest", "--max-bytes", "1"])
    #expect(part.run.output.contains("re-hashed   1 file"))
    #expect(part.run.output.contains("coverage    100 % verified within 30 days; oldest 2026-03-01T00:00:00Z"))
    #expect(part.run.status == whole.run.status)
    #expect(part.findings == whole.findings)
    #expect(part.results("unverified").map(\.rule) == whole.results("unverified").map(\.rule))
    // The one that was read is of the version in production.
    let read = try query(store, "SELECT path FROM checks WHERE verified_at = '2026-03-02T00:00:00Z'")
    #expect(Set(read).allSatisfy { $0.hasPrefix("models/m/1.3.0/") })
    let page = store.beside("r.html")
    let markdown = store.beside("r.md")
    let again = try Binary.run([
      "report", "--db", store.beside("audit.db"), "--html", page, "--markdown", markdown,
    ])
    #expect(again.status == part.run.status)
    for file in [page, markdown] {
      #expect(try String(contentsOfFile: file, encoding: .utf8).contains("100 % verified within 30 days; oldest 2026"))
    }
  }

  @Test func `files that were not verified for too long make a partial scan incomplete`() throws {
    let store = try store()
    try store.write("repro-audit.yaml", "rules:\n  overdue-verification:\n    verify_within: 5\n")
    let rule = ["--rule", "overdue-verification", "--fail-on", "never"]
    _ = try scan(store, 1)
    let late = try scan(store, 9, ["--rehash", "changed"] + rule)
    #expect(late.run.status == 2, "\(late.run.output)")
    #expect(late.run.output.contains("0 % verified within 5 days; oldest 2026-03-01T00:00:00Z"))
    #expect(late.run.output.contains("trusted by size and times, not read"))
    #expect(try scan(store, 9, ["--rehash", "oldest"] + rule).run.status == 0)
  }

  @Test func `what the file system shows is seen at once: missing, another size, another time`() throws {
    let store = try store()
    _ = try scan(store, 1)
    try store.shell("rm \"$1/models/m/1.0.0/model.bin\"")
    try store.write("models/m/1.1.0/model.bin", "more weights than before, of m 1.1.0")
    try store.shell("cd \"$1/models/m/1.2.0\"; printf X | dd of=model.bin conv=notrunc status=none")
    let later = try scan(store, 2, ["--rehash", "changed"])
    #expect(later.run.status == 3)
    let verdicts = try query(
      store, "SELECT DISTINCT path, verdict FROM checks WHERE verdict NOT IN ('matched', 'unclaimed') ORDER BY path")
    #expect(
      verdicts == [
        "models/m/1.0.0/model.bin,missing", "models/m/1.1.0/model.bin,edited", "models/m/1.2.0/model.bin,edited",
      ])
    // Rot that hides its time leaves a trace in the time of change, which only a strict scan asks for.
    try store.shell(
      "cd \"$1/models/m/1.4.0\"; touch -r model.bin ../t; printf X | dd of=model.bin conv=notrunc status=none; "
        + "touch -r ../t model.bin; rm ../t")
    _ = try scan(store, 3, ["--rehash", "changed"])
    #expect(
      try query(store, "SELECT DISTINCT verdict FROM checks WHERE path = 'models/m/1.4.0/model.bin'") == ["corrupted"])
  }

  @Test func `what was found wrong is read again also after a scan that read nothing`() throws {
    let store = try store()
    _ = try scan(store, 1)
    try store.shell(
      """
      cd "$1/models/m/1.4.0"; touch -r model.bin ../t; printf X | dd of=model.bin conv=notrunc status=none
      touch -r ../t model.bin; rm ../t
      # Bytes that rot on the disk leave no time of change.
      sqlite3 "$1/../audit.db" "UPDATE history_file_state SET changed = $(stat -c %.9Z model.bin | tr -d .)
        WHERE path = 'models/m/1.4.0/model.bin'"
      """)
    #expect(try scan(store, 2).run.status == 3)
    _ = try scan(store, 3, ["--rehash", "none"])
    #expect(try scan(store, 4, ["--rehash", "changed"]).run.status == 3)
    #expect(
      try query(store, "SELECT DISTINCT verdict FROM checks WHERE path = 'models/m/1.4.0/model.bin'") == ["corrupted"])
  }

  @Test func `what nobody knows the date of is read, and never said to be verified now`() throws {
    let store = try store()
    _ = try scan(store, 1)
    try store.shell(
      "sqlite3 \"$1/../audit.db\" 'INSERT INTO history_verification (state, scan) SELECT id, 999 FROM history_file_state'"
    )
    let later = try scan(store, 2, ["--rehash", "changed"])
    #expect(!later.run.output.contains("re-hashed   0 files"), "\(later.run.output)")
    #expect(!later.run.output.contains("coverage"))
  }

  @Test(arguments: [
    (["--rehash", "oldest"], "name a database with --db"), (["--rehash", "1/7"], "name a database with --db"),
    (["--rehash", "0/7", "--db", "d"], "N from 1 to M"), (["--rehash", "oldst", "--db", "d"], "did you mean `oldest`"),
    (["--max-bytes", "5G", "--db", "d"], "--rehash oldest"), (["--max-bandwidth", "5GB"], "not an amount"),
    (["--rehash", "oldest", "--db", "d", "--max-duration", "2 hours"], "not a duration"),
    (["--rehash", "1/7", "--db", "d", "--subject", "m@1.0.0"], "leave out --subject"),
    (["--rehash", "none", "--direct"], "nothing is read"),
  ])
  func `options that make no sense are refused before anything is written`(
    arguments: [String], hint: String
  ) throws {
    let store = try store(versions: 1)
    let run = try Binary.run(["scan", store.root.path] + arguments, in: URL(filePath: store.beside("")))
    #expect(run.status == 64)
    #expect(run.errors.contains(hint), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: store.beside("d")))
  }

  @Test func `bandwidth and direct reading change the time, never the report`() throws {
    let store = try store(versions: 1)
    let digest = try store.write("models/m/1.0.0/model.bin", [UInt8](repeating: 7, count: 600_000))
    try store.write("models/m/1.0.0/checksum.txt", "\(digest)  model.bin\n")
    let plain = store.beside("a.json")
    _ = try Binary.run(["scan", store.root.path, "--now", "2026-03-01T00:00:00Z", "--json", plain])
    let slow = store.beside("b.json")
    let run = try Binary.run([
      "scan", store.root.path, "--now", "2026-03-01T00:00:00Z", "--json", slow, "--max-bandwidth", "300k", "--direct",
    ])
    #expect(run.status < 4, "\(run.errors)")
    #expect(try Data(contentsOf: URL(filePath: plain)) == Data(contentsOf: URL(filePath: slow)))
  }

  @Test func `a scan stops when its time is over, and says what it left`() throws {
    let store = try store()
    // By the bandwidth each of these takes half a second.
    let files = (0..<40).map { "models/m/1.3.0/part-\($0).bin" }
    for (index, file) in files.enumerated() { try store.write(file, [UInt8](repeating: UInt8(index), count: 10_000)) }
    let limits = ["--rehash", "oldest", "--max-bandwidth", "20k", "--max-duration", "2s"]
    let first = try scan(store, 1, limits)
    #expect(first.run.status == 2 || first.run.status == 1, "\(first.run.errors)")
    let unread = try query(store, "SELECT count(*) FROM files WHERE state = 'not-read'")
    #expect((Int(unread.first ?? "") ?? 0) > 20, "\(unread)")
    #expect(first.results("unverified").contains { $0.message.contains("not read within the limits of this scan") })
    // The next one without limits reads what was left.
    _ = try scan(store, 2, ["--rehash", "oldest"])
    #expect(try query(store, "SELECT count(*) FROM files WHERE state = 'not-read'") == ["0"])
  }

  @Test func `plan says what a night takes, and the scan that it names keeps to it`() throws {
    let store = try store()
    _ = try scan(store, 1)
    let plan = try Binary.run(["plan", "--db", store.beside("audit.db"), "--within", "30d"])
    #expect(plan.status == 0, "\(plan.errors)")
    #expect(plan.output.contains("within      30 days, by 30 scans"))
    #expect(plan.output.contains("hours       under 0.1 a night"))
    let bytes = try #require(
      plan.output.split(separator: " ").last.flatMap { Int($0.trimmingCharacters(in: .newlines)) })
    let sizes = try query(store, "SELECT sum(size) FROM (SELECT DISTINCT path, size FROM checks)")
    let staged = try query(
      store, "SELECT sum(size) FROM (SELECT DISTINCT path, size FROM checks WHERE path LIKE 'models/m/1.3.0/%')")
    let (all, some) = (Int(sizes[0]) ?? 0, Int(staged[0]) ?? 0)
    #expect(bytes == (all + 3 * some + 29) / 30)
    for (arguments, hint) in [(["--within", "1h"], "at least 1d"), (["--within", "soon"], "not a duration")] {
      let run = try Binary.run(["plan", "--db", store.beside("audit.db")] + arguments)
      #expect(run.status == 64)
      #expect(run.errors.contains(hint))
    }
    #expect(try Binary.run(["plan", "--db", store.beside("none.db")]).status == 64)
  }
}
