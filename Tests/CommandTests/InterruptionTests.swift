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
