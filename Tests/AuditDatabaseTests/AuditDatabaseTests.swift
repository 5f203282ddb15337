import Foundation
import GRDB
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
}
