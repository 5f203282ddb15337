import Foundation
import GRDB

/// Rolls back what a killed process left half written: whoever may only read cannot, and would be told that it wants to write.
enum DatabaseRecovery {
  /// Whether a rollback journal with content lies beside the database; one that is in use belongs to a running process.
  static func mayBeNeeded(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path + "-journal"))?[.size] as? Int ?? 0 > 0
  }

  /// Opens the database for writing, which makes SQLite roll back, and closes it again. Throws where nothing can be written.
  static func run(_ path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    let writer = try DatabaseQueue(path: path, configuration: configuration)
    try writer.writeWithoutTransaction { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") }
    try writer.close()
  }
}
