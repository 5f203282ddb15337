import GRDB
import GRDBSQLite

/// A prepared INSERT whose values are bound without being boxed: loading facts is mostly this.
struct Insert {
  private let handle: OpaquePointer?
  // Keeps the handle alive.
  private let statement: Statement

  /// `sql` is prepared once a connection.
  init(_ db: Database, _ sql: String) throws {
    statement = try db.cachedStatement(sql: sql)
    handle = statement.sqliteStatement
  }

  /// Runs the statement with these values, in order.
  func run<each Value: BoundValue>(_ value: repeat each Value) throws {
    var index: Int32 = 0
    for item in repeat each value {
      index += 1
      item.bind(to: handle, at: index)
    }
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else {
      let message = sqlite3_db_handle(handle).flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }
}

/// A value that SQLite takes as it is.
protocol BoundValue {
  func bind(to statement: OpaquePointer?, at index: Int32)
}

extension Int64: BoundValue {
  func bind(to statement: OpaquePointer?, at index: Int32) { sqlite3_bind_int64(statement, index, self) }
}

extension Int: BoundValue {
  func bind(to statement: OpaquePointer?, at index: Int32) { sqlite3_bind_int64(statement, index, Int64(self)) }
}

extension Bool: BoundValue {
  func bind(to statement: OpaquePointer?, at index: Int32) { sqlite3_bind_int64(statement, index, self ? 1 : 0) }
}

extension Double: BoundValue {
  func bind(to statement: OpaquePointer?, at index: Int32) { sqlite3_bind_double(statement, index, self) }
}

extension String: BoundValue {
  func bind(to statement: OpaquePointer?, at index: Int32) {
    var text = self
    text.withUTF8 { bytes in
      // SQLite copies the bytes: the destructor -1 is its name for that.
      let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      _ = bytes.withMemoryRebound(to: CChar.self) { chars in
        // An empty text may have no address, and a null address would be NULL.
        if let start = chars.baseAddress {
          sqlite3_bind_text(statement, index, start, Int32(chars.count), copies)
        } else {
          sqlite3_bind_text(statement, index, "", 0, copies)
        }
      }
    }
  }
}

extension Array: BoundValue where Element == UInt8 {
  func bind(to statement: OpaquePointer?, at index: Int32) {
    let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    withUnsafeBytes { _ = sqlite3_bind_blob(statement, index, $0.baseAddress, Int32($0.count), copies) }
  }
}

extension Optional: BoundValue where Wrapped: BoundValue {
  func bind(to statement: OpaquePointer?, at index: Int32) {
    if let self { self.bind(to: statement, at: index) } else { sqlite3_bind_null(statement, index) }
  }
}
