import Foundation
import GRDBSQLite

/// SQLite's way to files without a clock, so that no text that a query puts together can read one.
///
/// The time of such a connection is unknown: every date function of `now` is NULL.
enum TimelessFiles {
  /// What SQLite knows it by; nil, its own way to files, when it has none.
  static let name: String? = {
    guard let own = sqlite3_vfs_find(nil) else { return nil }
    let files = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    files.initialize(to: own.pointee)
    let name = "repro-audit-timeless"
    files.pointee.zName = UnsafePointer(strdup(name))
    files.pointee.xCurrentTime = { _, _ in SQLITE_ERROR }
    files.pointee.xCurrentTimeInt64 = { _, _ in SQLITE_ERROR }
    // Registered once and kept as long as the process lives.
    return sqlite3_vfs_register(files, 0) == SQLITE_OK ? name : nil
  }()
}
