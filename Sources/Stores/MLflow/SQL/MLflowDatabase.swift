import Foundation
import GRDB
import Hashing
import SystemPackage

/// Opens `mlflow.db` without writing anything beside it, even while a server writes to it.
enum MLflowDatabase {
  private static let magic = Array("SQLite format 3\0".utf8)
  /// MLflow holds its locks for as long as a commit takes.
  private static let patience = 5.0

  /// Why a database cannot be read.
  struct Failure: Error {
    let reason: String
  }

  /// Whether the file is a SQLite database with MLflow's tables; nothing is locked for it.
  static func hasTables(_ path: SystemPath) -> Bool {
    guard header(of: path) != nil else { return false }
    let count = try? open(path.string, "?immutable=1").read { db in
      try Int.fetchOne(
        db,
        sql:
          "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('experiments', 'runs', 'latest_metrics')"
      )
    }
    return count == 3
  }

  /// Calls `body` with the database as it is now: one snapshot of it.
  static func read<Result>(_ path: SystemPath, _ body: (Database) throws -> Result) throws -> Result {
    guard let header = header(of: path) else {
      throw Failure(
        reason: "no SQLite database: it is empty or of another kind; a store in PostgreSQL or MySQL is not read")
    }
    let file = path.string
    let waiting = size(file + "-wal")
    // A database in WAL mode wants files beside it. Without any, nobody writes, and it is read as it lies there.
    if header.isWAL, waiting == 0, size(file + "-shm") == nil || waiting == nil {
      return try open(file, "?immutable=1").read(body)
    }
    if header.isWAL, size(file + "-shm") == nil || size(file + "-journal") ?? 0 > 0 { return try readCopy(file, body) }
    do {
      return try open(file, "?mode=ro").read(body)
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
    {
      // What was begun and not ended must be rolled back first, and that only in a copy.
      return try readCopy(file, body)
    }
  }

  private static func open(_ file: String, _ parameters: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(patience)
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(charactersIn: "?#%;")
    let name = file.addingPercentEncoding(withAllowedCharacters: allowed) ?? file
    return try DatabaseQueue(path: "file:" + name + parameters, configuration: configuration)
  }

  private static func readCopy<Result>(_ file: String, _ body: (Database) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "repro-audit-mlflow-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let copy = folder.appending(path: "mlflow.db").path
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for part in ["", "-wal", "-journal"] where size(file + part) != nil {
        try FileManager.default.copyItem(atPath: file + part, toPath: copy + part)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy + part)
      }
    } catch {
      throw Failure(
        reason:
          "its last changes stand in a file beside it, and it cannot be copied to be read: \(error.localizedDescription)"
      )
    }
    return try DatabaseQueue(path: copy).read(body)
  }

  /// Nil when the file is no SQLite database.
  private static func header(of path: SystemPath) -> (isWAL: Bool, Void)? {
    guard let file = try? OpenFile(path), (try? file.state()) != nil else { return nil }
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = bytes.withUnsafeMutableBytes { (try? file.descriptor.read(into: $0)) ?? 0 }
    guard count == 20, bytes.starts(with: magic) else { return nil }
    return (bytes[18] == 2, ())
  }

  /// Nil when there is no such file.
  private static func size(_ file: String) -> Int? {
    (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
  }

  /// What went wrong, for people.
  static func reason(_ error: any Error) -> String {
    if let failure = error as? Failure { return failure.reason }
    guard let error = error as? DatabaseError else { return "it cannot be read: \(error)" }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return "another process holds it; scan again when it is done"
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return
        "the database is damaged: \(error.message ?? "not readable"); restore it from a backup, or try `sqlite3 FILE .recover`"
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: return "it cannot be opened: \(error.message ?? "no permission")"
    default: return "it cannot be read: \(error.message ?? "\(error)")"
    }
  }
}
