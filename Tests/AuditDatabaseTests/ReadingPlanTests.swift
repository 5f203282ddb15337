import Foundation
import GRDB
import Records
import Testing

@testable import AuditDatabase

/// Nights of scans that each read some of the files, without any file: what was read is given.
@Suite struct ReadingPlanTests {
  /// A store of `count` files with a claim each; an alias reaches the first `staged` of them.
  private final class Nights {
    let database: AuditDatabase
    let count: Int64
    let staged: Int64
    /// What the disk holds, where that is not what the record says.
    var rotten: [Int64: String] = [:]
    /// What the record says, where that is another digest than it was.
    var altered: [Int64: String] = [:]
    /// The time of change that the disk tells.
    var changed: Int64 = 9
    private(set) var night = 0
    private(set) var read: [[Int64]] = []

    init(count: Int64, staged: Int64 = 0) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "repro-audit-plan-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      database = try AuditDatabase(path: folder.appending(path: "audit.db").path)
      (self.count, self.staged) = (count, staged)
    }

    deinit { try? FileManager.default.removeItem(atPath: (database.path as NSString).deletingLastPathComponent) }

    static func digest(_ file: Int64) -> String { String(repeating: String(format: "%02x", file), count: 32) }

    /// Reads at most `limit` of those that take turns, and returns the verdicts that are no match.
    @discardableResult
    func scan(_ rotation: ReadingPlan.Rotation, limit: Int = .max, isKilled: Bool = false) throws -> [Int64: String] {
      night += 1
      let day = Date(timeIntervalSince1970: 1_767_225_600 + Double(night) * 86_400).formatted(.iso8601)
      let record = try ScanRecord.begin(
        database, now: day,
        origin: ScanRecord.Origin(tool: "1", policy: "p", policyText: "name p", policyDigest: "sha256:00"))
      try database.writer.write { db in
        let store = try StableIDs(database).store("s", db)
        try db.execute(
          sql: """
            INSERT INTO store (id, name, kind, path) VALUES (?1, 's', 'native', '.');
            INSERT INTO reach (subject, alias) VALUES (1000, 1001);
            """, arguments: [store])
        for file in 1...count {
          try db.execute(
            sql: "INSERT INTO file (id, store, path, location) VALUES (?, ?, printf('f%03d', ?1), 'local')",
            arguments: [file, store])
          try db.execute(
            sql: "INSERT INTO claim (file, algorithm, digest, text, evidence) VALUES (?, 'sha256', ?, ?2, 'none')",
            arguments: [file, altered[file] ?? Self.digest(file)])
          try db.execute(
            sql: "INSERT INTO artifact (subject, file, role) VALUES (?, ?, 'model')",
            arguments: [file <= staged ? 1000 : 2000, file])
        }
        try db.execute(sql: SchemaText.indexes)
      }
      let plan = ReadingPlan(database: database)
      try plan.begin()
      let candidates = try plan.candidates(after: 0)
      #expect(candidates.map(\.file) == Array(1...count))
      let state = ReadingPlan.State(size: 4, modified: 7, changed: changed, inode: 5)
      try plan.note(
        candidates.map { item in
          if item.isHeld { return (item.file, 4, .urgent) }
          if item.resumable == state { return (item.file, 4, .resumed) }
          return (item.file, 4, item.remembered == state ? .known : .unknown)
        })
      try plan.order(rotation)
      let tasks = try HashPlan(database: database, selection: .planned).page(after: 0)
      let due = Array(tasks.prefix(limit).map(\.file))
      read.append(due)
      let writer = ObservationWriter(database: database)
      try writer.write(
        due.map {
          Observation(
            file: $0, state: .present, size: 4, modified: 7, changed: changed, inode: 5,
            sha256: rotten[$0] ?? Self.digest($0))
        })
      if isKilled { return [:] }
      try plan.carry()
      try writer.writeChecks()
      try writer.finishChecks()
      return try database.writer.write { db in
        let rows = try Row.fetchAll(db, sql: "SELECT file, verdict FROM file_check WHERE verdict <> 'matched'")
        try db.execute(sql: "UPDATE scan SET finished = 1 WHERE id = ?", arguments: [record.number])
        try HistoryWriter(db: db).keep(scan: record.number)
        return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
      }
    }

    func rows(_ table: String) throws -> Int {
      try database.writer.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? -1 }
    }

    func verifiedAt(_ file: Int64) throws -> String? {
      try database.writer.read {
        try String.fetchOne($0, sql: "SELECT verified_at FROM file_check WHERE file = ?", arguments: [file])
      }
    }
  }

  @Test(arguments: [(1, 7), (2, 7), (1, 1), (3, 4), (1, 30)])
  func `shares cover every file in as many scans as they promise, and as evenly`(part: Int, whole: Int) throws {
    let nights = try Nights(count: 20, staged: 3)
    try nights.scan(.share(part, of: whole))
    #expect(nights.read[0].count == 20)
    let scans = (whole + part - 1) / part
    for _ in 1...scans { #expect(try nights.scan(.share(part, of: whole)).isEmpty) }
    let later = nights.read.dropFirst()
    #expect(later.allSatisfy { $0.count == (20 * part + whole - 1) / whole })
    #expect(Set(later.joined()) == Set(1...20))
  }

  @Test(arguments: [4, 6, 9, 14, 23])
  func `what an alias reaches comes first and four times as often`(limit: Int) throws {
    let nights = try Nights(count: 63, staged: 3)
    try nights.scan(.oldest)
    for _ in 1...80 { try nights.scan(.oldest, limit: limit) }
    #expect(Array(nights.read[1].prefix(3)) == [1, 2, 3])
    let counts = nights.read.dropFirst().joined().reduce(into: [Int64: Int]()) { $0[$1, default: 0] += 1 }
    let rarest = (1...3).compactMap { counts[$0] }.min() ?? 0
    let others = (4...63).map { counts[$0] ?? 0 }
    #expect(others.min() ?? 0 > 0)
    // All that a scan each night can do is to read them every night.
    #expect(rarest >= min(80, 4 * (others.max() ?? 0)), "\(rarest) to \(others.max() ?? 0)")
  }

  @Test func `what rots among the files that are not read is found in its turn, and in every scan after`() throws {
    let nights = try Nights(count: 10)
    try nights.scan(.oldest)
    nights.rotten[9] = Nights.digest(99)
    var found: [[Int64: String]] = []
    for _ in 1...12 { found.append(try nights.scan(.oldest, limit: 3)) }
    let first = try #require(found.firstIndex { !$0.isEmpty })
    #expect(first <= 3)
    #expect(found[first...].allSatisfy { $0 == [9: "corrupted"] })
    #expect(nights.read.dropFirst(first + 2).allSatisfy { $0.first == 9 })
    nights.rotten = [:]
    #expect(try nights.scan(.nothing).isEmpty)
    #expect(nights.read.last == [9])
    #expect(try nights.scan(.nothing).isEmpty)
    #expect(nights.read.last == [])
  }

  @Test func `a digest that is altered is seen at once, since the file is read`() throws {
    let nights = try Nights(count: 10)
    try nights.scan(.oldest)
    nights.altered[7] = Nights.digest(99)
    #expect(try nights.scan(.nothing) == [7: "claim-altered"])
    #expect(nights.read.last == [7])
  }

  @Test func `each file keeps the time of its own verification, and unchanged files add no rows`() throws {
    let nights = try Nights(count: 10)
    try nights.scan(.oldest)
    try nights.scan(.oldest, limit: 4)
    #expect(try nights.verifiedAt(1) == "2026-01-03T00:00:00Z")
    #expect(try nights.verifiedAt(9) == "2026-01-02T00:00:00Z")
    try nights.scan(.nothing)
    #expect(try nights.verifiedAt(1) == "2026-01-03T00:00:00Z")
    #expect(try nights.verifiedAt(9) == "2026-01-02T00:00:00Z")
    for _ in 1...20 { try nights.scan(.oldest, limit: 4) }
    #expect(try nights.rows("history_file_state") == 10)
    #expect(try nights.rows("history_verification") <= 10)
    try nights.scan(.oldest)
    #expect(try nights.rows("history_verification") == 0)
  }

  @Test func `a file that nothing is known of and that is left out is said to be unread`() throws {
    let nights = try Nights(count: 3)
    #expect(try nights.scan(.oldest, limit: 2) == [3: "unreachable"])
    let message = try nights.database.writer.read {
      try String.fetchOne($0, sql: "SELECT message FROM checks WHERE verdict = 'unreachable'")
    }
    #expect(message == "not read within the limits of this scan")
    #expect(try nights.verifiedAt(3) == nil)
    #expect(try nights.scan(.nothing).isEmpty)
    #expect(nights.read.last == [3])
  }

  @Test func `a scan goes on where the one that was killed stopped`() throws {
    let nights = try Nights(count: 10)
    try nights.scan(.oldest, limit: 4, isKilled: true)
    try nights.scan(.oldest, limit: 3, isKilled: true)
    #expect(try nights.scan(.oldest).isEmpty)
    // What was read two days before is too old.
    #expect(nights.read == [[1, 2, 3, 4], [5, 6, 7], [1, 2, 3, 4, 8, 9, 10]])
    #expect(try nights.rows("history_progress") == 0)
    #expect(try nights.rows("history_file_state") == 10)
  }

  @Test func `a file that changed since the killed scan read it is read again`() throws {
    let nights = try Nights(count: 10)
    try nights.scan(.oldest, limit: 4, isKilled: true)
    nights.changed = 10
    try nights.scan(.oldest)
    #expect(nights.read.last?.count == 10)
  }

  @Test func `tables lose nothing of what was counted when they are not read`() throws {
    let table = TableObservation(
      records: 3, schema: TableSchema(columns: ["a", "b\"é"], types: ["int", "string"]), message: nil)
    #expect(try TableObservation(json: table.json()) == table)
    let broken = TableObservation(records: nil, schema: nil, message: "line 3: 2 cells, not 3")
    #expect(try TableObservation(json: broken.json()) == broken)
  }
}
