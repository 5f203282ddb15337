import AuditDatabase
import GRDB
import GRDBSQLite

/// Steps through what a rule's SELECT gives, without making a string of what is not kept.
///
/// Rules times subjects is the largest number of an audit, and nearly all rows say `pass`.
final class RuleRows {
  private let statement: Statement
  private let handle: OpaquePointer?
  private let columns: (subject: Int32, outcome: Int32, message: Int32, details: Int32)

  init(_ statement: Statement) throws {
    func index(_ name: String) throws -> Int32 {
      guard let index = statement.columnNames.firstIndex(of: name) else { throw RuleMistake.missingColumn(name) }
      return Int32(index)
    }
    columns = (try index("subject_id"), try index("outcome"), try index("message"), try index("details"))
    self.statement = statement
    handle = statement.sqliteStatement
  }

  deinit { sqlite3_reset(handle) }

  /// Steps to the next row; false at the end.
  func next() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      let message = sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  /// Nil when the row names no subject.
  var subject: Int64? {
    sqlite3_column_type(handle, columns.subject) == SQLITE_INTEGER ? sqlite3_column_int64(handle, columns.subject) : nil
  }

  var isPass: Bool {
    guard let text = sqlite3_column_text(handle, columns.outcome) else { return false }
    // `pass` and its terminator.
    return text[0] == 0x70 && text[1] == 0x61 && text[2] == 0x73 && text[3] == 0x73 && text[4] == 0
  }

  var outcome: String? { text(columns.outcome) }
  var message: String? { text(columns.message) }
  var details: String? { text(columns.details) }

  private func text(_ column: Int32) -> String? { sqlite3_column_text(handle, column).map { String(cString: $0) } }
}
