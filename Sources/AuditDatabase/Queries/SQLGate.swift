import GRDBSQLite

/// What a query over the facts may reach: the documented views, and functions that give the same answer every time.
///
/// Learnt once from the schema itself, so that a new view needs no line here.
struct SQLGate: Sendable {
  /// A table with the view through which it is read.
  private struct Reach: Hashable {
    let table: String
    let context: String
  }

  let views: Set<String>
  private let reaches: Set<Reach>
  private let functions: Set<String>
  /// The base tables behind the views.
  let tables: Set<String>

  /// SQLite's own table-valued functions that are of use; everything else that looks like a table is a view.
  private static let tableFunctions: Set<String> = ["json_each", "json_tree"]
  /// Deterministic by SQLite's book, and yet not for rules.
  private static let unwanted: Set<String> = ["sqlite_log", "sqlite_offset", "load_extension", "fts3_tokenizer"]

  /// The names that queries may not give to their own table expressions.
  var reserved: Set<String> { views.union(reaches.map(\.context)) }

  /// Reads what the views of `connection`'s schema read.
  init(learningFrom connection: OpaquePointer) throws(QueryError) {
    let deterministic = 0x800
    functions = Set(
      try Self.names(
        connection, "SELECT name FROM pragma_function_list WHERE flags & \(deterministic) OR type IN ('a', 'w')")
    ).subtracting(Self.unwanted)
    let views = try Self.names(connection, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
    let notes = Notes()
    try withExtendedLifetime(notes) { () throws(QueryError) in
      sqlite3_set_authorizer(
        connection,
        { context, action, table, _, _, view in
          if action == SQLITE_READ, let context, let table, let view {
            Unmanaged<Notes>.fromOpaque(context).takeUnretainedValue().reaches
              .insert(Reach(table: String(cString: table), context: String(cString: view)))
          }
          return SQLITE_OK
        }, Unmanaged.passUnretained(notes).toOpaque())
      defer { sqlite3_set_authorizer(connection, nil, nil) }
      for view in views { _ = try Self.names(connection, "SELECT * FROM \(view) LIMIT 0") }
    }
    self.views = Set(views)
    reaches = notes.reaches
    // A view may read another one.
    tables = Set(notes.reaches.map(\.table)).subtracting(views)
  }

  private final class Notes {
    var reaches: Set<Reach> = []
  }

  /// Why SQLite's authorizer must deny an action; nil when it may go on.
  func refusal(_ action: Int32, _ first: String?, _ second: String?, context: String?) -> String? {
    switch action {
    case SQLITE_SELECT, SQLITE_RECURSIVE: return nil
    case SQLITE_READ:
      let table = first ?? ""
      if views.contains(table) || Self.tableFunctions.contains(table) { return nil }
      // What no column is asked of is told without the view that names it, and so is a table expression: `SQLCheck` looks
      // for names that must not be asked.
      if second == "" { return nil }
      if let context, reaches.contains(Reach(table: table, context: context)) { return nil }
      return "`\(table)` is not a view; docs/facts.md lists what can be asked"
    case SQLITE_FUNCTION:
      let name = second ?? ""
      if functions.contains(name.lowercased()) { return nil }
      return name.lowercased().hasPrefix("current_")
        ? "`\(name)` reads the clock; the scan's clock is `current.now`"
        : "the function `\(name)` is refused: its answer is not the same every time, or it reaches beyond the facts"
    case SQLITE_ATTACH, SQLITE_DETACH: return "another database cannot be attached"
    case SQLITE_PRAGMA: return "`PRAGMA \(first ?? "")` is refused; only views are read"
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE: return "it writes to `\(first ?? "")`; facts are only read"
    default: return "it changes the database; facts are only read"
    }
  }

  private static func names(_ connection: OpaquePointer, _ sql: String) throws(QueryError) -> [String] {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
      throw QueryError(.failed, String(cString: sqlite3_errmsg(connection)))
    }
    var names: [String] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      if let text = sqlite3_column_text(statement, 0) { names.append(String(cString: text)) }
    }
    return names
  }
}
