import Foundation

/// A database that an earlier scan left, opened for questions; nothing is written to it.
package struct KeptDatabase {
  package let connection: QueryConnection
  /// Whether its last scan came to its end; one that is being written has not.
  package let isFinished: Bool

  /// Opens the database at `path` as it stands, also while a scan writes it, and on a medium that cannot be written.
  package init(path: String, limits: QueryLimits) throws {
    try Self.checkFile(path)
    if DatabaseRecovery.mayBeNeeded(path) {
      do {
        try DatabaseRecovery.run(path)
      } catch {
        throw AuditDatabaseError.cannotOpen(
          path: path, reason: "a killed scan left it half written, and it cannot be rolled back here: \(error)")
      }
    }
    let connection = try Self.open(path, limits)
    do throws(QueryError) {
      let statement = try connection.prepare("SELECT finished FROM scans ORDER BY scan DESC LIMIT 1")
      isFinished = try statement.isFirst(1)
    } catch {
      throw AuditDatabaseError.cannotOpen(path: path, reason: error.message)
    }
    self.connection = connection
  }

  private static func checkFile(_ path: String) throws(AuditDatabaseError) {
    func fail(_ reason: String) -> AuditDatabaseError { .cannotOpen(path: path, reason: reason) }
    var status = stat()
    guard stat(path, &status) == 0 else { throw fail(String(cString: strerror(errno)).lowercased()) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw fail("it is no file") }
    guard status.st_size > 0 else { throw fail("it is empty; `repro-audit scan --db` fills it") }
    guard let handle = FileHandle(forReadingAtPath: path) else { throw fail("permission denied") }
    defer { try? handle.close() }
    guard let head = try? handle.read(upToCount: 16), head == Data("SQLite format 3\0".utf8) else {
      throw .notADatabase(path: path)
    }
  }

  private static func open(_ path: String, _ limits: QueryLimits) throws -> QueryConnection {
    do {
      return try identified(try QueryConnection(path: path, limits: limits), path)
    } catch let error as QueryError {
      // A write-ahead log needs a file beside the database, which a read-only medium does not let us make.
      guard (try? FileManager.default.attributesOfItem(atPath: path + "-wal"))?[.size] as? Int ?? 0 == 0,
        let connection = try? QueryConnection(path: path, limits: limits, isImmutable: true)
      else { throw AuditDatabaseError.cannotOpen(path: path, reason: error.message) }
      do {
        return try identified(connection, path)
      } catch is QueryError {
        throw AuditDatabaseError.cannotOpen(path: path, reason: error.message)
      }
    }
  }

  private static func identified(_ connection: QueryConnection, _ path: String) throws -> QueryConnection {
    let (application, version) = try connection.identity()
    guard application == SchemaMigrations.applicationID else { throw AuditDatabaseError.foreignSchema(path: path) }
    guard version <= SchemaMigrations.current else {
      throw AuditDatabaseError.newerSchema(path: path, version: version)
    }
    guard version == SchemaMigrations.current else {
      throw AuditDatabaseError.cannotOpen(
        path: path, reason: "an older repro-audit wrote it (schema \(version)); scan again with --db")
    }
    return connection
  }
}
