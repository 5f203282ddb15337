import Foundation
import Testing

/// Scans that end before their end, and databases that cannot be written.
@Suite(.serialized) struct InterruptionTests {
  private static let kills = Int(ProcessInfo.processInfo.environment["REPRO_AUDIT_KILLS"] ?? "") ?? 10

  /// Some hundred files, one of which rotted after the first scan; the database holds that scan.
  private func store() throws -> Store {
    let store = try Store()
    for version in 0..<40 { try store.addHealthyVersion("1.\(version).0") }
    for file in 0..<200 { try store.write("models/m/1.0.0/part-\(file).bin", "part \(file)") }
    try store.shell("find \"$1\" -type f -exec touch -d 2026-01-01T00:00:00Z {} +")
    _ = try store.scan(["--db", store.beside("base.db")])
    try store.shell(
      "printf X | dd of=\"$1/models/m/1.7.0/model.bin\" conv=notrunc status=none; "
        + "touch -d 2026-01-01T00:00:00Z \"$1/models/m/1.7.0/model.bin\"")
    return store
  }

  private func arguments(_ store: Store, database: String, report: String) -> [String] {
    [
      "scan", store.root.path, "--db", store.beside(database), "--now", "2026-03-02T00:00:00Z", "--json",
      store.beside(report + ".json"), "--html", store.beside(report + ".html"), "--quiet",
    ]
  }

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = Binary.url
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func copyBase(_ store: Store, to name: String) throws {
    try store.shell("rm -f \"$1/../\(name)\"*; cp \"$1/../base.db\" \"$1/../\(name)\"")
  }

  private func text(_ store: Store, _ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: store.beside(name)))
  }

  @Test func `a scan that is killed at any moment is finished by the next, byte for byte`() throws {
    let store = try store()
    try copyBase(store, to: "whole.db")
    let begin = ContinuousClock.now
    let whole = try Binary.run(arguments(store, database: "whole.db", report: "whole"))
    let length = ContinuousClock.now - begin
    #expect(whole.status == 3)
    var early = 0
    var partWay = 0
    for kill in 1...Self.kills {
      try copyBase(store, to: "k.db")
      let process = try start(arguments(store, database: "k.db", report: "killed"))
      Thread.sleep(forTimeInterval: length / .seconds(1) * Double(kill) / Double(Self.kills))
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      // What it keeps of before can be read at any moment.
      let listed = try Binary.run(["report", "--db", store.beside("k.db"), "--list"])
      #expect(listed.status == 0 && listed.output.contains("2026-03-01T00:00:00Z"), "\(kill): \(listed.errors)")
      // The last kills may come too late: what is whole already is only shown.
      let isWhole = listed.output.split(separator: "\n").contains {
        $0.contains("2026-03-02T00:00:00Z") && $0.contains("complete")
      }
      if !isWhole {
        if listed.output.contains("2026-03-02T00:00:00Z") { partWay += 1 } else { early += 1 }
      }
      let finished = try Binary.run(
        isWhole
          ? [
            "report", "--db", store.beside("k.db"), "--json", store.beside("k.json"), "--html", store.beside("k.html"),
          ]
          : arguments(store, database: "k.db", report: "k"))
      #expect(finished.status == whole.status, "\(kill): \(finished.errors)")
      #expect(try text(store, "k.json") == text(store, "whole.json"), "\(kill)")
      #expect(try text(store, "k.html") == text(store, "whole.html"), "\(kill)")
    }
    print("of \(Self.kills) kills \(early) came before the scan began, \(partWay) part-way, the rest when it was whole")
    #expect(partWay > 0, "no kill met a scan part-way")
  }

  @Test func `a scan that is taken up under a later clock dates what was read before by the clock of then`() throws {
    let store = try store()
    let database = store.beside("audit.db")
    let process = try start([
      "scan", store.root.path, "--db", database, "--now", "2026-03-02T00:00:00Z", "--max-bandwidth", "4000", "--quiet",
    ])
    // It records what it read at least four times a second.
    let count = "SELECT count(*) FROM observation WHERE state = 'present'"
    for _ in 0..<400 {
      Thread.sleep(forTimeInterval: 0.05)
      if (try? store.shell("[ $(sqlite3 -readonly \"$1/../audit.db\" \"\(count)\" 2>/dev/null || echo 0) -gt 0 ]"))
        != nil
      {
        break
      }
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let later = try store.scan(["--db", database, "--now", "2026-03-02T06:00:00Z"])
    #expect(later.report?.scan.now == "2026-03-02T06:00:00Z")
    let moments = try Binary.run([
      "query", "--db", database, "--format", "csv", "SELECT DISTINCT verified_at FROM checks ORDER BY 1",
    ]).output
    #expect(moments.contains("2026-03-02T00:00:00Z") && moments.contains("2026-03-02T06:00:00Z"), "\(moments)")
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func `a signal ends a scan with its own code and a line on how to go on`(signal: Int32, code: Int32) throws {
    let store = try store()
    // Slow enough to be met while it reads.
    let process = Process()
    process.executableURL = Binary.url
    let database = store.beside("audit.db")
    process.arguments = ["scan", store.root.path, "--db", database, "--max-bandwidth", "400", "--quiet"]
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    // It takes the lock once it listens to signals.
    for _ in 0..<200 where !FileManager.default.fileExists(atPath: database + ".lock") {
      Thread.sleep(forTimeInterval: 0.05)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(said.contains("interrupted: what was read so far is kept in \(database)"), "\(said)")
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == code)
    #expect(try store.scan(["--db", database]).run.status == 3)
  }

  @Test func `the second of two scans says who has the database, and ends at once`() throws {
    let store = try store()
    let first = try start([
      "scan", store.root.path, "--db", store.beside("base.db"), "--max-bandwidth", "400", "--quiet",
    ])
    defer {
      kill(first.processIdentifier, SIGKILL)
      first.waitUntilExit()
    }
    for _ in 0..<100 where !FileManager.default.fileExists(atPath: store.beside("base.db.lock")) {
      Thread.sleep(forTimeInterval: 0.05)
    }
    let second = try Binary.run(["scan", store.root.path, "--db", store.beside("base.db")])
    #expect(second.status == 64)
    #expect(
      second.errors.contains("another scan uses it (process \(first.processIdentifier), since 20"), "\(second.errors)")
  }

  @Test func `a full disk is told, and what is kept of earlier scans stays`() throws {
    let store = try store()
    for file in 0..<3000 { try store.write("models/m/1.0.0/more-\(file).bin", "\(file)") }
    let report = store.beside("before.json")
    _ = try Binary.run(["report", "--db", store.beside("base.db"), "--json", report])
    let errors = store.beside("errors")
    // Blocks of 512 bytes, some more than the database has.
    try store.shell(
      """
      ulimit -f $(( $(stat -c %s "$1/../base.db") / 512 + 200 ))
      "\(Binary.url.path)" scan "$1" --db "$1/../base.db" --quiet 2>"\(errors)" && s=0 || s=$?
      echo "status $s" >>"\(errors)"
      """)
    let said = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(said.contains("cannot be written") && said.contains("status 74"), "\(said)")
    let after = store.beside("after.json")
    #expect(try Binary.run(["report", "--db", store.beside("base.db"), "--json", after]).status != 64)
    #expect(try Data(contentsOf: URL(filePath: report)) == Data(contentsOf: URL(filePath: after)))
  }

  /// Whether this process may mount what goes with it.
  private static let mounts = (try? Store.shell("unshare -m mount -t tmpfs none \"$1\"", "/mnt")) != nil

  /// Runs a scan where `prepare`, with `$db` as the folder of the database, has mounted something; returns what it said.
  private func scanMounted(_ store: Store, _ prepare: String, after: String) throws -> String {
    let folder = store.beside("db")
    let said = store.beside("said")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = store.beside("mounted.sh")
    try """
    set -e; db='\(folder)'; store='\(store.root.path)'; base='\(store.beside("base.db"))'
    \(prepare)
    '\(Binary.url.path)' scan "$store" --db "$db/audit.db" --quiet 2>'\(said)' && s=0 || s=$?
    echo "status $s" >>'\(said)'
    \(after)
    """.write(toFile: script, atomically: true, encoding: .utf8)
    try store.shell("unshare -m sh '\(script)'")
    return try String(contentsOfFile: said, encoding: .utf8)
  }

  @Test(.enabled(if: mounts, "only root may mount a small disk"))
  func `a disk without room is told, and the old database stays as it was`() throws {
    let store = try store()
    for file in 0..<3000 { try store.write("models/m/1.0.0/more-\(file).bin", "\(file)") }
    let said = try scanMounted(
      store,
      "mount -t tmpfs -o size=$(( $(stat -c %s \"$base\") + 300000 )) none \"$db\"; cp \"$base\" \"$db/audit.db\"",
      after: "cp \"$db\"/audit.db* '\(store.beside(""))'")
    #expect(said.contains("cannot be written") && said.contains("status 74"), "\(said)")
    for (database, report) in [("base.db", "before.json"), ("audit.db", "after.json")] {
      let run = try Binary.run(["report", "--db", store.beside(database), "--json", store.beside(report)])
      #expect(run.status < 4, "\(run.errors)")
    }
    #expect(try text(store, "before.json") == text(store, "after.json"))
  }

  @Test(.enabled(if: mounts, "only root may mount a disk for reading only"))
  func `a database on a disk for reading only is told, and left as it is`() throws {
    let store = try store()
    let said = try scanMounted(
      store, "cp \"$base\" \"$db/audit.db\"; mount --bind \"$db\" \"$db\"; mount -o remount,ro,bind \"$db\"",
      after: "cmp \"$base\" \"$db/audit.db\"; test \"$(ls \"$db\")\" = audit.db")
    #expect(said.contains("cannot be used as audit database") && said.contains("status 64"), "\(said)")
  }

  @Test func `a database that cannot be written is told, and is left as it is`() throws {
    let store = try store()
    let before = try text(store, "base.db")
    // Also root must be refused: a directory in the place of the lock stands in for a read-only file system.
    try store.shell("mkdir \"$1/../base.db.lock\"")
    let run = try Binary.run(["scan", store.root.path, "--db", store.beside("base.db")])
    #expect(run.status == 64)
    #expect(run.errors.contains("cannot be used as audit database"), "\(run.errors)")
    #expect(try text(store, "base.db") == before)
  }
}
