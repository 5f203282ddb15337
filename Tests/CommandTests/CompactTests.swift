import Foundation
import Testing

/// `repro-audit db compact`: what is dropped, and what never is.
@Suite struct CompactTests {
  /// A database of five nights, each with another finding.
  private func scanned() throws -> Store {
    let store = try Store()
    for day in 1...5 {
      try store.addHealthyVersion("1.\(day).0")
      if day > 2 {
        try FileManager.default.removeItem(at: store.root.appending(path: "models/m/1.\(day - 1).0/run.json"))
      }
      let run = try Binary.run([
        "scan", store.root.path, "--db", store.beside("audit.db"), "--now", "2026-03-0\(day)T00:00:00Z", "-q",
      ])
      #expect(run.status < 4, "\(run.errors)")
    }
    return store
  }

  private func compact(_ store: Store, _ keep: String) throws -> Binary.Run {
    try Binary.run([
      "db", "compact", "--db", store.beside("audit.db"), "--keep", keep, "--now", "2026-03-05T12:00:00Z",
    ])
  }

  private func report(_ store: Store, _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(["report", "--db", store.beside("audit.db"), "--json", "-", "-q"] + arguments)
  }

  @Test func `reports from the time on are the same, those before are refused, and the ledger is whole`() throws {
    let store = try scanned()
    let days = ["2026-03-03", "2026-03-04", "2026-03-05"]
    let before = try days.map { try report(store, ["--as-of", $0]).output }
    let difference = try Binary.run(["diff", "--db", store.beside("audit.db"), "3", "5"]).output
    let run = try compact(store, "3d")
    #expect(run.status == 0 && run.output.contains("2 scans") && run.output.contains("kept: 3 scans"), "\(run.output)")
    #expect(try days.map { try report(store, ["--as-of", $0]).output } == before)
    #expect(try Binary.run(["diff", "--db", store.beside("audit.db"), "3", "5"]).output == difference)
    let old = try report(store, ["--as-of", "2026-03-02"])
    #expect(old.status == 64 && old.errors.contains("2026-03-03T00:00:00Z"), "\(old.errors)")
    let dropped = try Binary.run(["diff", "--db", store.beside("audit.db"), "1", "5"])
    #expect(dropped.status == 64 && dropped.errors.contains("compact"), "\(dropped.errors)")
    let ledger = try Binary.run(["ledger", "verify", "--db", store.beside("audit.db")])
    #expect(ledger.status == 0 && ledger.output.contains("5 entries"), "\(ledger.output)")
    #expect(try Binary.run(["report", "--db", store.beside("audit.db"), "--list"]).output.contains("dropped"))
    // A second time there is nothing to drop.
    #expect(try compact(store, "3d").output.contains("0 scans and 0 rows"))
  }

  @Test func `the last scan is kept whatever its age, and memory goes on`() throws {
    let store = try scanned()
    #expect(try compact(store, "1h").output.contains("kept: 1 scan "))
    let path = "models/m/1.5.0/model.bin"
    try store.shell(
      "touch -r \"$1/\(path)\" \"$1/../time\"; printf X | dd of=\"$1/\(path)\" conv=notrunc status=none; touch -r \"$1/../time\" \"$1/\(path)\""
    )
    let scan = try store.scan(["--db", store.beside("audit.db"), "--now", "2026-03-06T00:00:00Z"])
    #expect(scan.result("artifact-digest-mismatch", "m@1.5.0")?.message.contains("corrupted") == true)
    #expect(scan.run.errors.contains("ledger: entry 6"), "\(scan.run.errors)")
  }

  @Test func `scans that files still refer to are kept, and what vanished is missed still`() throws {
    let store = try scanned()
    try store.shell("rm -r \"$1/models/m/1.2.0\"")
    // One file is read, so that the others stand on the scan before.
    let limits = ["--rehash", "oldest", "--max-bytes", "1"]
    _ = try store.scan(["--db", store.beside("audit.db"), "--now", "2026-03-06T00:00:00Z"] + limits)
    #expect(try compact(store, "1h").output.contains("kept: 1 scan "))
    let scan = try store.scan(["--db", store.beside("audit.db"), "--now", "2026-03-07T00:00:00Z"] + limits)
    let moments = try Binary.run([
      "query", "--db", store.beside("audit.db"), "--format", "csv",
      "SELECT DISTINCT verified_at FROM checks ORDER BY 1",
    ]).output
    #expect(moments.contains("2026-03-05T00:00:00Z") && moments.contains("2026-03-07T00:00:00Z"), "\(moments)")
    #expect(
      scan.result("vanished-version", "m")?.message.hasPrefix("m@1.2.0: the scan of 2026-03-05T00:00:00Z") == true,
      "\(scan.findings)")
  }

  @Test(arguments: ["", "400", "-3d", "0d", "d", "400 days"])
  func `a duration that is none is refused`(keep: String) throws {
    let run = try compact(try Store(), keep)
    #expect(run.status == 64 && run.errors.contains("keep"), "\(run.errors)")
  }

  @Test func `what is no database is left alone`() throws {
    let store = try Store()
    #expect(try compact(store, "400d").status == 64)
    #expect(!FileManager.default.fileExists(atPath: store.beside("audit.db")))
    try Data("notes".utf8).write(to: URL(filePath: store.beside("audit.db")))
    #expect(try compact(store, "400d").status == 64)
    #expect(try String(contentsOfFile: store.beside("audit.db"), encoding: .utf8) == "notes")
  }
}
