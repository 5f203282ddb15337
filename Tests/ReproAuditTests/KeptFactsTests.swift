import Foundation
import GRDB
import Testing

@testable import ReproAudit

/// Records that did not change are not parsed again; every other scan of the same store with the same memory is the same.
@Suite struct KeptFactsTests {
  /// A copy of a sample registry and a database, which go when the test ends.
  private final class Sample {
    let folder: URL
    var store: String { folder.appending(path: "store").path }
    var database: String { folder.appending(path: "audit.db").path }

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
      try FileManager.default.copyItem(
        atPath: fixtures.appending(path: "fraud-registry").standardizedFileURL.path, toPath: store)
    }

    /// Runs a line of shell in the store.
    func change(_ script: String) throws {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = ["-ec", "cd \"$1\"; \(script)", "sh", store]
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Audits the store; returns the steps that were taken.
    @discardableResult
    func scan(
      day: Int, _ rehash: Rehash = .changed, database: String? = nil, change: (inout AuditOptions) -> Void = { _ in }
    ) async throws -> Set<String> {
      var options = AuditOptions(now: "2026-03-0\(day)T00:00:00Z", jobs: 2)
      options.stores = [store]
      options.database = database ?? self.database
      options.rehash = rehash
      // The store was written a moment ago.
      options.timeGrain = 0
      change(&options)
      let result = try await Audit(options).run()
      defer { try? result.close() }
      return Set(result.timings.map(\.name))
    }

    /// Every row of every table but how long reading took.
    func dump(_ path: String) throws -> [String: [String]] {
      try DatabaseQueue(path: path).read { db in
        let tables = try String.fetchAll(
          db,
          sql:
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'history_reading'"
        )
        return try Dictionary(
          uniqueKeysWithValues: tables.map { table in
            (table, try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map(\.description).sorted())
          })
      }
    }
  }

  @Test(
    arguments: [
      "true", "printf X >> models/fraud-detector/1.2.0/model.pkl", "rm models/fraud-detector/1.2.1/metrics.json",
    ],
    [Rehash.changed, .oldest, .all])
  func `facts that are kept are those that reading again would give`(fault: String, rehash: Rehash) async throws {
    let sample = try Sample()
    try sample.change(fault)
    try await sample.scan(day: 1)
    let copy = sample.folder.appending(path: "copy.db").path
    try FileManager.default.copyItem(atPath: sample.database, toPath: copy)
    try await DatabaseQueue(path: copy).write { try $0.execute(sql: "DELETE FROM history_facts") }
    #expect(try await !sample.scan(day: 2, rehash).contains("read records"))
    #expect(try await sample.scan(day: 2, rehash, database: copy).contains("read records"))
    let (kept, read) = (try sample.dump(sample.database), try sample.dump(copy))
    #expect(kept.keys == read.keys)
    for (table, rows) in read { #expect(kept[table] == rows, "\(table)") }
  }

  @Test(arguments: [
    "mkdir added; echo '{\"run_id\": \"r1\"}' > added/run.json",
    "f=$(find . -name run.json | head -1); touch -r $f ../t; printf '{' | dd of=$f conv=notrunc status=none; touch -r ../t $f",
    "f=$(find . -name run.json | head -1); rm $f",
    "f=$(find . -name run.json | head -1); mv $f $f.old",
    "f=$(find . -name run.json | head -1); chmod 600 $f",
    "f=$(find . -type l | head -1); t=$(readlink $f); rm $f; ln -s $t $f",
    "mkdir empty",
  ])
  func `whatever changes in the store, its records are read again`(change: String) async throws {
    let sample = try Sample()
    try await sample.scan(day: 1)
    try sample.change(change)
    #expect(try await sample.scan(day: 2).contains("read records"))
  }

  @Test func `another policy, a part, other files, and a scan that reads no file read the records`() async throws {
    let sample = try Sample()
    try await sample.scan(day: 1)
    #expect(try await sample.scan(day: 2) { $0.policy = "checklist" }.contains("read records"))
    #expect(try await sample.scan(day: 3).contains("read records"))
    #expect(try await sample.scan(day: 4) { $0.rules = ["missing-seed"] }.contains("read records"))
    #expect(try await sample.scan(day: 5).contains("read records"))
    #expect(try await !sample.scan(day: 6).contains("read records"))
    #expect(try await sample.scan(day: 7) { $0.maps = [("s3://bucket", "/tmp")] }.contains("read records"))
    #expect(try await sample.scan(day: 8, .none).contains("read records"))
    #expect(try await sample.scan(day: 9, .all).contains("read records"))
  }

  @Test func `a scan that reads all files finds rot in a record too, which leaves no time`() async throws {
    let sample = try Sample()
    try await sample.scan(day: 1, .all)
    #expect(try await !sample.scan(day: 2, .all).contains("read records"))
    // As if the record had held other bytes then.
    try await DatabaseQueue(path: sample.database).write { db in
      try db.execute(
        sql: "UPDATE history_document SET sha256 = ? WHERE CAST(path AS TEXT) LIKE '%/run.json'",
        arguments: [String(repeating: "0", count: 64)])
      #expect(db.changesCount > 0)
    }
    #expect(try await !sample.scan(day: 3, .changed).contains("read records"))
    #expect(try await sample.scan(day: 4, .all).contains("read records"))
  }

  @Test func `what changed as late as the scan began may have changed after it`() async throws {
    let sample = try Sample()
    try await sample.scan(day: 1) { $0.timeGrain = 3_600_000_000_000 }
    #expect(try await sample.scan(day: 2).contains("read records"))
  }

  @Test func `where a record cannot be read, it is tried again`() async throws {
    let sample = try Sample()
    try sample.change("echo '{' > runs/broken-run.json; mkdir runs/b; mv runs/broken-run.json runs/b/run.json")
    try await sample.scan(day: 1)
    #expect(try await sample.scan(day: 2).contains("read records"))
  }

  @Test func `a scan that was killed leaves nothing to rely on`() async throws {
    let sample = try Sample()
    try await sample.scan(day: 1)
    try await DatabaseQueue(path: sample.database).write { db in
      try db.execute(sql: "INSERT INTO scan (now, policy, policy_digest) SELECT now, policy, policy_digest FROM scan")
    }
    #expect(try await sample.scan(day: 2).contains("read records"))
  }
}
