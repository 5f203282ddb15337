import CSQLiteSettings
import Foundation
import GRDB

/// The SQLite database that holds an audit's facts, policy and results: the only state its steps share.
///
/// One writer; rules and reports read through connections of their own, which cannot write.
package final class AuditDatabase: Sendable {
  package let path: String
  let writer: DatabaseQueue
  private let temporaryFolder: TemporaryFolder?
  private let isReadOnly: Bool
  private let lock: DatabaseLock?
  private let idle = IdleReaders()
  private let cache: Cache

  /// KiB of pages that a connection keeps.
  struct Cache: Sendable {
    let writer: Int
    let reader: Int

    /// A scan writes all over its tables, and rules join them.
    static let scan = Cache(writer: 65_536, reader: 16_384)
    /// What is copied in order and read in order needs no page twice.
    static let reports = Cache(writer: 4_096, reader: 2_048)
  }

  /// Set once a process, before its first connection.
  static let settings = repro_audit_sqlite_without_statistics()

  /// Opens or makes the database at `path`; nil makes a temporary one that `close()` or the end of its life removes.
  package convenience init(path: String?) throws { try self.init(path: path, cache: .scan) }

  init(path: String?, cache: Cache) throws {
    self.cache = cache
    let file: String
    if let path {
      temporaryFolder = nil
      file = path
    } else {
      let folder = try TemporaryFolder()
      temporaryFolder = folder
      file = folder.path + "/audit.db"
    }
    self.path = file
    isReadOnly = false
    _ = Self.settings
    do {
      try Self.refuseForeignFile(file)
      lock = try path.map { try DatabaseLock(database: $0) }
      writer = try DatabaseQueue(path: file, configuration: Self.configuration(isTemporary: path == nil, cache))
      try SchemaMigrations.migrate(writer)
      if path != nil { try SchemaMigrations.prepareHistory(writer) }
    } catch let error as AuditDatabaseError {
      throw error
    } catch {
      throw AuditDatabaseError.cannotOpen(path: file, reason: Self.reason(error))
    }
  }

  /// Opens a database that another run left, only to be read.
  package init(reading path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw AuditDatabaseError.noDatabase(path: path) }
    self.path = path
    temporaryFolder = nil
    isReadOnly = true
    lock = nil
    cache = .scan
    writer = try Self.openKept(path)
  }

  /// When a kept database was opened to be written, by the clock of the file system: nanoseconds since 1970.
  package var openedAt: Int64? { lock?.since }

  /// Whether it outlives the scan, so that history is worth keeping.
  package var isKept: Bool { temporaryFolder == nil }

  /// Opens a database that another run left, to read what it keeps of earlier scans.
  static func openKept(_ path: String) throws -> DatabaseQueue {
    _ = settings
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    do {
      try refuseForeignFile(path)
      if DatabaseRecovery.mayBeNeeded(path) { try DatabaseRecovery.run(path) }
      let reader = try DatabaseQueue(path: path, configuration: configuration)
      try reader.read { try SchemaMigrations.check($0, path: path) }
      return reader
    } catch let error as AuditDatabaseError {
      throw error
    } catch {
      throw AuditDatabaseError.cannotOpen(path: path, reason: reason(error))
    }
  }

  /// Why writing to the database at `path` went wrong, when that is what `error` says.
  package static func failure(_ error: any Error, path: String?) -> AuditDatabaseError? {
    // Anything else is a fault of ours, not of the place.
    let places: [ResultCode] = [.SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_BUSY]
    guard let error = error as? DatabaseError, places.contains(error.resultCode) else { return nil }
    let place = path ?? "the temporary database in \(ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp")"
    return .cannotWrite(path: place, reason: error.message ?? "\(error.resultCode)", isKept: path != nil)
  }

  /// Removes the temporary databases of this process, which is about to end.
  package static func removeTemporaryFolders() {
    TemporaryFolder.removeAll()
  }

  /// Opens another connection that can only read.
  package func reader() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { [cache] db in
      try db.execute(sql: "PRAGMA cache_size = -\(cache.reader); PRAGMA temp_store = FILE")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Reads on a connection that can only read; several may at the same time.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let connection = try idle.take() ?? reader()
    // A connection whose query failed is as good as before: what it read is rolled back.
    defer { idle.put(connection) }
    return try connection.read(body)
  }

  /// Lets readers in while results are written: from now on there is a write-ahead log.
  package func openToReaders() throws {
    // What they know of the tables is of before.
    idle.removeAll()
    try writer.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = WAL") }
  }

  /// Removes a temporary database; leaves another in a form that read-only users can open.
  package func close() throws {
    idle.removeAll()
    if temporaryFolder == nil, !isReadOnly {
      try writer.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
    }
    try writer.close()
    lock?.release()
    temporaryFolder?.remove()
  }

  private static func configuration(isTemporary: Bool, _ cache: Cache) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      // A temporary database need not survive a crash, and nobody reads it while it is loaded; a kept one must never
      // be torn. Large pages make a quarter of the system calls, and must be asked for first.
      try db.execute(
        sql: """
          PRAGMA page_size = 16384;
          PRAGMA journal_mode = \(isTemporary ? "OFF" : "WAL");
          PRAGMA synchronous = \(isTemporary ? "OFF" : "NORMAL");
          PRAGMA cache_size = -\(cache.writer);
          PRAGMA temp_store = FILE;
          PRAGMA wal_autocheckpoint = 4000
          """)
    }
    return configuration
  }

  /// A file that is no database must not be overwritten, and an empty one is a new one.
  private static func refuseForeignFile(_ path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else { return }
    defer { try? handle.close() }
    let head = try handle.read(upToCount: 16) ?? Data()
    guard head.isEmpty || head == Data("SQLite format 3\0".utf8) else {
      throw AuditDatabaseError.notADatabase(path: path)
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? "\(error)"
  }
}
