import GRDB
import GRDBSQLite

/// Steps through the rows of a table of MLflow, as far as its version has the columns.
final class MLflowRows {
  private let handle: OpaquePointer?
  // Keeps the handle alive.
  private let statement: Statement?

  /// Selects `columns` of `table`; a column that this version of MLflow does not have is NULL. Without the table there
  /// are no rows. Throws for what is no table: a view is a program of whoever wrote the database, and need never end.
  init(_ db: Database, _ table: String, _ columns: [String], order: String) throws {
    let known = try Set(db.columns(ofTable: table).map { $0.lowercased() })
    guard !known.isEmpty else {
      (handle, statement) = (nil, nil)
      return
    }
    let selected = columns.map { known.contains($0.lowercased()) ? "\"\($0)\"" : "NULL" }.joined(separator: ", ")
    let statement = try db.makeStatement(sql: "SELECT \(selected) FROM \"\(table)\" ORDER BY \(order)")
    self.statement = statement
    handle = statement.sqliteStatement
  }

  deinit { if handle != nil { sqlite3_reset(handle) } }

  /// Steps to the next row; false at the end.
  func next() throws -> Bool {
    guard handle != nil else { return false }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let message = sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  /// Nil when the column is NULL.
  func text(_ column: Int32) -> String? { sqlite3_column_text(handle, column).map { String(cString: $0) } }

  func number(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

  func isTrue(_ column: Int32) -> Bool { sqlite3_column_int(handle, column) != 0 }

  /// Whether the column's text is that of `other`.
  func isText(_ column: Int32, _ other: String) -> Bool {
    guard let found = sqlite3_column_text(handle, column) else { return false }
    let count = Int(sqlite3_column_bytes(handle, column))
    return other.utf8.count == count && UnsafeBufferPointer(start: found, count: count).elementsEqual(other.utf8)
  }
}

extension Database {
  /// The names of a table's columns; none when there is no such table.
  fileprivate func columns(ofTable table: String) throws -> [String] {
    // A virtual table has no page of its own.
    let isPlain = try Bool.fetchOne(
      self,
      sql:
        "SELECT type = 'table' AND rootpage > 0 FROM sqlite_schema WHERE name = ? COLLATE NOCASE AND type <> 'index'",
      arguments: [table])
    guard let isPlain else { return [] }
    guard isPlain else {
      throw MLflowDatabase.Failure(reason: "`\(table)` is a view where MLflow has a table, and is not read")
    }
    return try String.fetchAll(self, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
  }
}
