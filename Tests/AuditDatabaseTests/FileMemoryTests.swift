import Foundation
import GRDB
import Records
import Testing

@testable import AuditDatabase

/// States of files between scans, without any file: what was read is given.
@Suite struct FileMemoryTests {
  private static let good = String(repeating: "0a", count: 32)
  private static let bad = String(repeating: "0b", count: 32)

  private func database() throws -> AuditDatabase {
    let folder = FileManager.default.temporaryDirectory.appending(path: "repro-audit-memory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try AuditDatabase(path: folder.appending(path: "audit.db").path)
  }

  /// A scan of one store that found `readings`, by file id; returns the verdicts.
  private func scan(
    _ database: AuditDatabase, _ day: Int, store: String = "s", claim: String? = nil, _ readings: [Observation],
    again: [Observation] = []
  ) throws -> [Int64: String] {
    let now = "2026-01-0\(day)T00:00:00Z"
    let record = try ScanRecord.begin(
      database, now: now,
      origin: ScanRecord.Origin(tool: "1", policy: "p", policyText: "name p", policyDigest: "sha256:00"))
    try database.writer.write { db in
      let id = try StableIDs(database).store(store, db)
      try db.execute(
        sql: "INSERT INTO store (id, name, kind, path) VALUES (?, ?, 'native', '.')", arguments: [id, store])
      for reading in readings {
        try db.execute(
          sql: "INSERT INTO file (id, store, path, location) VALUES (?, ?, 'f' || ?1, 'local')",
          arguments: [reading.file, id])
        if let claim {
          try db.execute(
            sql: "INSERT INTO claim (file, algorithm, digest, text, evidence) VALUES (?, 'sha256', ?, ?2, 'none')",
            arguments: [reading.file, claim])
        }
      }
      try db.execute(sql: SchemaText.indexes)
    }
    let writer = ObservationWriter(database: database)
    try writer.write(readings)
    try writer.writeChecks()
    try writer.settle(again)
    try writer.finishChecks()
    return try database.writer.write { db in
      let rows = try Row.fetchAll(db, sql: "SELECT file, verdict FROM file_check")
      try db.execute(sql: "UPDATE scan SET finished = 1 WHERE id = ?", arguments: [record.number])
      try HistoryWriter(db: db).keep(scan: record.number)
      return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }
  }

  private func read(_ file: Int64, _ sha256: String = good, modified: Int64 = 7) -> Observation {
    Observation(file: file, state: .present, size: 4, modified: modified, sha256: sha256)
  }

  private func states(_ database: AuditDatabase) throws -> [String] {
    try database.writer.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT path || ' ' || modified || ' ' || valid_from || '-' || coalesce(valid_to, '')
          FROM history_file_state ORDER BY id
          """)
    }
  }

  @Test func `an unchanged store adds no row, and a touch changes the row`() throws {
    let database = try database()
    _ = try scan(database, 1, [read(1), read(2)])
    for day in 2...4 { _ = try scan(database, day, [read(1), read(2)]) }
    #expect(try states(database) == ["f1 7 1-", "f2 7 1-"])
    _ = try scan(database, 5, [read(1, modified: 8), read(2)])
    #expect(try states(database) == ["f1 8 1-", "f2 7 1-"])
    #expect(try database.writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM history_verification") } == 0)
  }

  @Test func `states end when the bytes change for good, and when no record names the file`() throws {
    let database = try database()
    _ = try scan(database, 1, [read(1), read(2)])
    #expect(try scan(database, 2, [read(1, Self.bad, modified: 8)]) == [1: "edited"])
    #expect(try states(database) == ["f1 7 1-2", "f2 7 1-2", "f1 8 2-"])
  }

  @Test func `what is wrong keeps the last good state, with the time that it was last found`() throws {
    let database = try database()
    for day in 1...2 { _ = try scan(database, day, claim: Self.good, [read(1)]) }
    for day in 3...5 {
      #expect(try scan(database, day, claim: Self.good, [read(1, Self.bad)]) == [1: "corrupted"])
      let since = try database.writer.read { try String.fetchOne($0, sql: "SELECT found_at FROM file_changes") }
      #expect(since == "2026-01-02T00:00:00Z")
    }
    #expect(try scan(database, 6, claim: Self.bad, [read(1)]) == [1: "claim-altered"])
    #expect(try states(database) == ["f1 7 1-"])
  }

  @Test func `a scan of another store leaves the states and their times alone`() throws {
    let database = try database()
    _ = try scan(database, 1, [read(1)])
    for day in 2...3 { _ = try scan(database, day, store: "t", [read(1, Self.bad)]) }
    #expect(try scan(database, 4, [read(1, Self.bad)]) == [1: "corrupted"])
    let since = try database.writer.read { try String.fetchOne($0, sql: "SELECT found_at FROM file_changes") }
    #expect(since == "2026-01-01T00:00:00Z")
  }

  @Test func `a file that could not be read keeps its state and the time it was verified`() throws {
    let database = try database()
    _ = try scan(database, 1, [read(1)])
    for day in 2...3 {
      _ = try scan(database, day, [Observation(file: 1, state: .unreadable, message: "no")])
      let verified = try database.writer.read { try String.fetchOne($0, sql: "SELECT verified_at FROM checks") }
      #expect(verified == "2026-01-01T00:00:00Z")
    }
    #expect(try states(database) == ["f1 7 1-"])
    #expect(try scan(database, 4, [read(1, Self.bad)]) == [1: "corrupted"])
  }

  @Test(arguments: [
    (Observation(file: 1, state: .present, size: 4, modified: 7, sha256: good), "unstable-read"),
    (Observation(file: 1, state: .present, size: 4, modified: 7, sha256: bad), "corrupted"),
    (Observation(file: 1, state: .changing), "changing"), (Observation(file: 1, state: .missing), "missing"),
  ])
  func `two readings have to agree before bytes are called corrupted`(second: Observation, verdict: String) throws {
    let database = try database()
    _ = try scan(database, 1, claim: Self.good, [read(1)])
    #expect(try scan(database, 2, claim: Self.good, [read(1, Self.bad)], again: [second]) == [1: verdict])
    let changes = try database.writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM file_changes") }
    #expect(changes == (verdict == "corrupted" ? 1 : 0))
    #expect(try scan(database, 3, claim: Self.good, [read(1)]) == [1: "matched"])
    #expect(try states(database) == ["f1 7 1-"])
  }

  @Test func `a pointer in place of a file is no change of it, and nothing to remember`() throws {
    let database = try database()
    func pointer() -> Observation {
      Observation(
        file: 1, state: .present, size: 3, modified: 8, sha256: Self.bad,
        pointer: Digest(algorithm: .sha256, hex: Self.good))
    }
    #expect(try scan(database, 1, [pointer()]) == [1: "unclaimed"])
    #expect(try states(database).isEmpty)
    _ = try scan(database, 2, [read(1)])
    #expect(try scan(database, 3, [pointer()]) == [1: "pointer"])
    #expect(try scan(database, 4, [read(1)]) == [1: "unclaimed"])
    #expect(try states(database) == ["f1 7 2-"])
  }
}
