import GRDBSQLite

/// A connection that answers SELECTs over the views and nothing else, within limits.
///
/// GRDB keeps SQLite's authorizer for itself, so this one is opened beside it. Belongs to one task.
package final class QueryConnection {
  private let handle: OpaquePointer
  private let watch: QueryWatch
  private let limits: QueryLimits

  /// Opens the database at `path`, which must be ours; `isImmutable` promises that nobody writes it.
  ///
  /// For our own rules, which tests hold to the gate, `isGated` may be false: it takes a third of the time that SQLite needs to
  /// prepare them.
  package init(
    path: String, limits: QueryLimits, isImmutable: Bool = false, isGated: Bool = true
  ) throws(QueryError) {
    handle = try Self.open(isImmutable ? Self.immutableURI(path) : path, flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
    self.limits = limits
    watch = QueryWatch(gate: isGated ? try Self.gate.get() : nil, limits: limits)
    sqlite3_busy_timeout(handle, 30_000)
    try Self.execute(handle, "PRAGMA cache_size = -16384; PRAGMA temp_store = FILE")
    try arm()
  }

  /// A database with the schema and no facts: what a query means can be asked of it before there is anything to audit.
  package init(schemaWithin limits: QueryLimits) throws(QueryError) {
    handle = try Self.schemaOnly()
    self.limits = limits
    watch = QueryWatch(gate: try Self.gate.get(), limits: limits)
    try arm()
  }

  deinit { sqlite3_close_v2(handle) }

  /// What the schema of this version allows, learnt once a process.
  private static let gate: Result<SQLGate, QueryError> = {
    do throws(QueryError) {
      let handle = try schemaOnly()
      defer { sqlite3_close_v2(handle) }
      return .success(try SQLGate(learningFrom: handle))
    } catch {
      return .failure(error)
    }
  }()

  /// The names of the views, sorted.
  package var views: [String] { watch.gate?.views.sorted() ?? [] }

  /// Prepares one SELECT that other people wrote; throws when it is anything else.
  package func prepare(_ sql: String) throws(QueryError) -> QueryStatement {
    let gate = try Self.gate.get()
    let check = SQLCheck(text: SQLText(sql), reserved: gate.reserved, tables: gate.tables)
    try check.check()
    return try prepareUnchecked(check.withoutEnd)
  }

  /// Prepares SQL that was checked as a part of it; the authorizer and the limits hold here too.
  package func prepareUnchecked(_ sql: String) throws(QueryError) -> QueryStatement {
    var statement: OpaquePointer?
    watch.refusal = nil
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
      let offset = sqlite3_error_offset(handle)
      let message = String(cString: sqlite3_errmsg(handle))
      if let refusal = watch.refusal { throw QueryError(.refused, refusal, offset: place(of: watch.refused, in: sql)) }
      if message.hasPrefix("no such table: ") {
        let name = String(message.dropFirst("no such table: ".count))
        let hint = "there is no view `\(name)`; docs/facts.md lists what can be asked"
        throw QueryError(.refused, hint, offset: offset < 0 ? place(of: name, in: sql) : Int(offset))
      }
      throw QueryError(.refused, message, offset: offset < 0 ? nil : Int(offset))
    }
    return QueryStatement(statement, connection: self)
  }

  /// Which program made the database, and which schema it has.
  func identity() throws(QueryError) -> (application: Int, version: Int) {
    (try number("PRAGMA application_id"), try number("PRAGMA user_version"))
  }

  /// What a pragma says, which the gate would refuse.
  private func number(_ pragma: String) throws(QueryError) -> Int {
    sqlite3_set_authorizer(handle, nil, nil)
    defer { watch.register(on: handle) }
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(handle, pragma, -1, &statement, nil) == SQLITE_OK, sqlite3_step(statement) == SQLITE_ROW
    else { throw QueryError(.failed, String(cString: sqlite3_errmsg(handle))) }
    return Int(sqlite3_column_int64(statement, 0))
  }

  /// What a step that did not work means.
  func error(_ code: Int32) -> QueryError {
    if let stop = watch.stop { return stop }
    if code == SQLITE_TOOBIG {
      return QueryError(.tooLarge, "a text or row of more than \(limits.textBytes >> 20) MiB came up")
    }
    return QueryError(.failed, String(cString: sqlite3_errmsg(handle)))
  }

  func start() { watch.start() }

  /// Our own rules call nothing that takes long, and have more rows than there is time to look at a clock.
  var isWatchedByRow: Bool { limits.memoryBytes != nil }

  var mayGoOn: Bool { watch.mayGoOn }

  /// SQLite does not say where what it was denied stands; the first mention is where a person looks.
  private func place(of name: String?, in sql: String) -> Int? {
    guard let name = name?.lowercased() else { return nil }
    return SQLText(sql).tokens.first { ($0.kind == .word || $0.kind == .name) && $0.text.lowercased() == name }?.offset
  }

  private func arm() throws(QueryError) {
    // The table-valued functions of JSON are declared on first use, which looks like writing to the schema.
    try Self.execute(handle, "SELECT 1 FROM json_each('[]'), json_tree('[]')")
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, Int32(limits.textBytes))
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, Int32(min(limits.textBytes, 1 << 20)))
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_limit(handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000)
    watch.register(on: handle)
  }

  private static func schemaOnly() throws(QueryError) -> OpaquePointer {
    let handle = try open(":memory:", flags: SQLITE_OPEN_READWRITE)
    try execute(handle, SchemaText.tables)
    try execute(handle, SchemaText.views)
    return handle
  }

  private static func open(_ path: String, flags: Int32) throws(QueryError) -> OpaquePointer {
    _ = AuditDatabase.settings
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, TimelessFiles.name)
    guard code == SQLITE_OK, let handle else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw QueryError(.failed, message)
    }
    return handle
  }

  private static func execute(_ handle: OpaquePointer, _ sql: String) throws(QueryError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw QueryError(.failed, String(cString: sqlite3_errmsg(handle)))
    }
  }

  /// `file:` with the path's bytes percent-encoded.
  private static func immutableURI(_ path: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~".utf8)
    let encoded = path.utf8.map { byte in
      let hex = String(byte, radix: 16, uppercase: true)
      return plain.contains(byte) ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + hex
    }
    return "file:\(encoded.joined())?immutable=1"
  }
}

/// A prepared query; its rows are stepped through once.
package final class QueryStatement {
  package let columns: [String]
  package let rows: StatementRows
  private let connection: QueryConnection

  init(_ handle: OpaquePointer, connection: QueryConnection) {
    columns = (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }
    rows = StatementRows(
      handle, owner: Owner(handle: handle, connection: connection), error: { connection.error($0) },
      mayGoOn: connection.isWatchedByRow ? { connection.mayGoOn } : nil)
    self.connection = connection
    connection.start()
  }

  /// The clock of the limits begins anew, for a statement that was prepared some time ago.
  package func restart() { connection.start() }

  /// Whether the first row's first column is `number`; false without a row.
  func isFirst(_ number: Int64) throws(QueryError) -> Bool {
    do {
      return try rows.next() && rows.integer(0) == number
    } catch {
      throw error as? QueryError ?? QueryError(.failed, "\(error)")
    }
  }

  /// Ends the statement before its connection.
  private final class Owner {
    private let handle: OpaquePointer
    private let connection: QueryConnection

    init(handle: OpaquePointer, connection: QueryConnection) {
      self.handle = handle
      self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }
  }
}
