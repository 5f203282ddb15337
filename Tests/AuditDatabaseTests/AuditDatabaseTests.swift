import Foundation
import GRDB
import Records
import Testing

@testable import AuditDatabase

@Suite struct AuditDatabaseTests {
  private func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "repro-audit-db-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  @Test func `a temporary database leaves nothing behind`() throws {
    let database = try AuditDatabase(path: nil)
    #expect(FileManager.default.fileExists(atPath: database.path))
    try database.close()
    #expect(!FileManager.default.fileExists(atPath: database.path))
  }

  @Test func `another program's file is left alone`() throws {
    let path = try folder().appending(path: "notes.txt").path
    try Data("my notes, not a database".utf8).write(to: URL(filePath: path))
    #expect(throws: AuditDatabaseError.notADatabase(path: path)) { try AuditDatabase(path: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "my notes, not a database")
  }

  @Test func `an empty file becomes a database, and a kept one opens again`() throws {
    let path = try folder().appending(path: "audit.db").path
    try Data().write(to: URL(filePath: path))
    try AuditDatabase(path: path).close()
    try AuditDatabase(path: path).close()
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
  }

  /// A database as a process leaves it that is killed while it writes with a rollback journal.
  private func halfWritten() throws -> String {
    let folder = try folder()
    let path = folder.appending(path: "audit.db").path
    let database = try AuditDatabase(path: path)
    _ = try ScanRecord.begin(
      database, now: "2026-03-01T00:00:00Z",
      origin: ScanRecord.Origin(tool: "t", policy: "p", policyText: "text", policyDigest: "sha256:0"))
    try database.close()
    let writer = try DatabaseQueue(path: path)
    let killed = folder.appending(path: "killed.db").path
    try writer.writeWithoutTransaction { db in
      // Pages go to the file before the end of the transaction, as those of a large one do.
      for setting in ["journal_mode = DELETE", "cache_size = 1", "cache_spill = 1"] {
        try db.execute(sql: "PRAGMA \(setting)")
      }
      try db.execute(sql: "BEGIN IMMEDIATE")
      try db.execute(sql: "UPDATE scan SET now = 'torn'; CREATE TABLE padding AS SELECT randomblob(200000) AS bytes")
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: killed + suffix)
      }
      try db.execute(sql: "ROLLBACK")
    }
    try writer.close()
    return killed
  }

  @Test func `what a killed process left half written is rolled back by whoever reads next`() throws {
    let path = try halfWritten()
    let reader = try AuditDatabase.openKept(path)
    #expect(try reader.read { try String.fetchAll($0, sql: "SELECT now FROM scan") } == ["2026-03-01T00:00:00Z"])
    try reader.close()
    let asked = try KeptDatabase(path: try halfWritten(), limits: .builtInRule(seconds: 60))
    let rows = try asked.connection.prepare("SELECT count(*) FROM scans WHERE now = '2026-03-01T00:00:00Z'")
    #expect(try rows.isFirst(1))
  }

  private func dataset(_ files: [String], digest: String? = nil) -> Fact {
    var dataset = DatasetFact(path: "record.json")
    dataset.name = "train"
    dataset.contentHash = digest.map { NamedText(name: "digest", text: $0, line: nil) }
    dataset.files = files.map { Artifact(file: FileReference(path: $0), role: .data) }
    dataset.secrets = files.map { ExposedSecret(key: $0, path: "record.json", line: nil) }
    return .dataset(dataset)
  }

  @Test func `what a second document of a dataset lists is kept, and others of its name are others`() throws {
    let database = try AuditDatabase(path: nil)
    let writer = try FactWriter(database: database, name: "s", kind: "native", path: "/s") { _ in nil }
    try writer.receive([dataset(["a"]), dataset(["b"])] + ["1", "2", "3"].map { dataset([$0], digest: $0) })
    try writer.finish()
    func texts(_ sql: String) throws -> [String] { try database.writer.read { try String.fetchAll($0, sql: sql) } }
    let train = "(SELECT subject_id FROM datasets WHERE subject = 'dataset:train')"
    let names = try texts("SELECT subject FROM datasets ORDER BY subject")
    let files = try texts("SELECT path FROM dataset_files WHERE subject_id = \(train) ORDER BY path")
    let secrets = try texts("SELECT key FROM secrets WHERE subject_id = \(train) ORDER BY key")
    let others = ["", "#2", "#3"].map { "dataset:train#record.json" + $0 }
    #expect(names == ["dataset:train"] + others && files == ["a", "b"] && secrets == ["a", "b"])
    try database.close()
  }

  @Test func `an older schema makes room for the current one`() throws {
    let path = try folder().appending(path: "audit.db").path
    let database = try AuditDatabase(path: path)
    try database.writer.write { db in
      try db.execute(sql: "DROP VIEW pythons; DROP TABLE python_pin; PRAGMA user_version = 1")
    }
    try database.close()
    let renewed = try AuditDatabase(path: path)
    let version = try renewed.writer.read { db in
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM pythons") == 0)
      return try Int.fetchOne(db, sql: "PRAGMA user_version")
    }
    #expect(version == SchemaMigrations.current)
    try renewed.close()
  }

  @Test func `a newer schema and another program's database are refused clearly`() throws {
    let path = try folder().appending(path: "audit.db").path
    let database = try AuditDatabase(path: path)
    try database.writer.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try database.close()
    #expect(throws: AuditDatabaseError.newerSchema(path: path, version: 99)) { try AuditDatabase(path: path) }
    let other = try folder().appending(path: "other.db").path
    let foreign = try AuditDatabase(path: other)
    try foreign.writer.write { try $0.execute(sql: "PRAGMA application_id = 1") }
    try foreign.close()
    #expect(throws: AuditDatabaseError.foreignSchema(path: other)) { try AuditDatabase(path: other) }
  }

  @Test func `a scan that was killed is listed, and is not complete`() throws {
    let path = try folder().appending(path: "audit.db").path
    let database = try AuditDatabase(path: path)
    let origin = ScanRecord.Origin(tool: "1", policy: "default", policyText: "name default", policyDigest: "sha256:00")
    for now in ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"] {
      let scan = try ScanRecord.begin(database, now: now, origin: origin)
      _ = try FactWriter(database: database, name: "s", kind: "native", path: now, exclusion: { _ in nil })
      if now < "2026-01-02" {
        _ = try scan.finish(digest: "abc", summary: try ResultSummary(database), foundAnything: true, sources: "{}")
      }
    }
    try database.close()
    let history = try AuditHistory(path: path)
    let scans = try history.scans()
    #expect(scans.map(\.isComplete) == [true, false])
    #expect(try history.policyText(of: scans[0]) == "name default")
    let restored = try history.restore(scans[0])
    #expect(
      try restored.reader().read { try String.fetchOne($0, sql: "SELECT path FROM store") } == "2026-01-01T00:00:00Z")
    try restored.close()
  }

  @Test func `a new schema keeps the scans, and fills columns that they did not have`() throws {
    let path = try folder().appending(path: "audit.db").path
    let database = try AuditDatabase(path: path)
    let origin = ScanRecord.Origin(tool: "1", policy: "default", policyText: "name default", policyDigest: "sha256:00")
    let scan = try ScanRecord.begin(database, now: "2026-01-01T00:00:00Z", origin: origin)
    let writer = try FactWriter(database: database, name: "s", kind: "native", path: "p", exclusion: { _ in nil })
    try writer.receive([.model(ModelFact(subject: "m", project: nil, name: "m", path: "m"))])
    try writer.finish()
    _ = try scan.finish(digest: "abc", summary: try ResultSummary(database), foundAnything: true, sources: "{}")
    try database.writer.write { db in
      try db.execute(sql: "ALTER TABLE history_subject DROP COLUMN judged; ALTER TABLE scan DROP COLUMN found")
      try SchemaMigrations.rebuild(db, keepsHistory: true)
    }
    try SchemaMigrations.prepareHistory(database.writer)
    try database.close()
    let history = try AuditHistory(path: path)
    let restored = try history.restore(try #require(history.scans().first))
    let subjects = try restored.reader().read {
      try String.fetchAll($0, sql: "SELECT name FROM subject WHERE judged ORDER BY position")
    }
    #expect(subjects == ["m", "s"])
    try restored.close()
  }
}
