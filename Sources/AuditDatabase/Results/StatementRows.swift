import GRDB
import GRDBSQLite

/// Steps through a statement's rows without making values of columns that nobody asks for.
///
/// Rules times subjects is the largest number of an audit: a general row type costs more there than the query.
package final class StatementRows {
  let handle: OpaquePointer?
  // Keeps the handle alive.
  private let owner: AnyObject
  private let error: (Int32) -> any Error
  private let mayGoOn: (() -> Bool)?

  /// `owner` keeps `handle` alive; `error` says what a failed step means, `mayGoOn` is asked after each.
  init(
    _ handle: OpaquePointer?, owner: AnyObject, error: @escaping (Int32) -> any Error,
    mayGoOn: (() -> Bool)? = nil
  ) {
    self.handle = handle
    self.owner = owner
    self.error = error
    self.mayGoOn = mayGoOn
  }

  package convenience init(_ statement: Statement) {
    let handle = statement.sqliteStatement
    self.init(handle, owner: statement) { code in
      let message = sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  /// Prepares `sql`, which has no parameters.
  package convenience init(_ db: Database, _ sql: String) throws { self.init(try db.makeStatement(sql: sql)) }

  deinit { sqlite3_reset(handle) }

  /// Steps to the next row; false at the end.
  package func next() throws -> Bool {
    let code = sqlite3_step(handle)
    guard code == SQLITE_ROW || code == SQLITE_DONE, mayGoOn?() ?? true else {
      throw error(code)
    }
    return code == SQLITE_ROW
  }

  /// Nil when the column holds no integer.
  package func integer(_ column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_INTEGER ? sqlite3_column_int64(handle, column) : nil
  }

  /// Nil when the column is NULL; text ends at its first NUL, which facts do not hold.
  package func text(_ column: Int32) -> String? { sqlite3_column_text(handle, column).map { String(cString: $0) } }

  /// Whether the column's text is `text`, which is short and ASCII.
  package func isText(_ column: Int32, _ text: StaticString) -> Bool {
    guard let found = sqlite3_column_text(handle, column) else { return false }
    for offset in 0..<text.utf8CodeUnitCount where found[offset] != text.utf8Start[offset] { return false }
    return found[text.utf8CodeUnitCount] == 0
  }

  /// Appends the column's bytes; none when it is NULL.
  package func append(_ column: Int32, to bytes: inout [UInt8]) {
    guard let start = sqlite3_column_text(handle, column) else { return }
    bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }
}
