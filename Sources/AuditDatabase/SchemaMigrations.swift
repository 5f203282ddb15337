import GRDB

/// Brings a database to the current schema; `PRAGMA user_version` says which one it has.
enum SchemaMigrations {
  static let current = 7
  /// `RPAU`: tells our databases from any other program's.
  static let applicationID = 0x5250_4155

  static func migrate(_ writer: DatabaseQueue) throws {
    try writer.write { db in
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      guard owner == applicationID || tables == 0 else {
        throw AuditDatabaseError.foreignSchema(path: writer.path)
      }
      guard version <= current else { throw AuditDatabaseError.newerSchema(path: writer.path, version: version) }
      if version < current {
        // Facts are of one scan only, and the next one finds them again; what was kept of earlier scans is carried over.
        try rebuild(db, keepsHistory: version >= firstWithHistory)
        try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(current)")
      }
    }
  }

  private static let firstWithHistory = 3

  /// Throws unless the database is ours and of this schema, so that it can be read as it is.
  static func check(_ db: Database, path: String) throws {
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let owner = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
      throw AuditDatabaseError.noHistory(path: path)
    }
    guard owner == applicationID else { throw AuditDatabaseError.foreignSchema(path: path) }
    guard version <= current else { throw AuditDatabaseError.newerSchema(path: path, version: version) }
    guard version == current else { throw AuditDatabaseError.noHistory(path: path) }
  }

  /// Whether a table holds more than the facts of the last scan.
  static func isKept(_ table: String) -> Bool {
    keptTables.contains(table) || table.hasPrefix("history_")
  }

  private static let keptTables = ["scan", "policy_text", "ledger"]

  /// Makes the schema anew; the past moves into it.
  static func rebuild(_ db: Database, keepsHistory: Bool) throws {
    let kept = try keptTables.filter { try db.tableExists($0) }
    for kind in ["view", "table"] {
      let names = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%'", arguments: [kind])
      for name in names where !(keepsHistory && isKept(name)) { try db.execute(sql: "DROP \(kind) \(name)") }
    }
    if keepsHistory { for name in kept { try db.execute(sql: "ALTER TABLE \(name) RENAME TO old_\(name)") } }
    try db.execute(sql: SchemaText.tables)
    try db.execute(sql: SchemaText.views)
    guard keepsHistory else { return }
    for name in kept {
      let columns = try [name, "old_\(name)"].map { table in
        try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('\(table)')")
      }
      let shared = columns[0].filter(columns[1].contains).joined(separator: ", ")
      try db.execute(
        sql: "INSERT INTO \(name) (\(shared)) SELECT \(shared) FROM old_\(name); DROP TABLE old_\(name)")
    }
  }

  /// Makes the tables of the past, or adds to them what the schema has since got.
  static func prepareHistory(_ writer: DatabaseQueue) throws {
    try writer.write { db in
      for table in HistoryTable.all { try table.prepare(db) }
      try FileMemory.prepare(db)
      try KeptFacts.prepare(db)
      try db.execute(
        sql: "CREATE INDEX IF NOT EXISTS history_subject_name ON history_subject (name, kind, store)")
      try db.execute(
        sql: """
          CREATE INDEX IF NOT EXISTS history_subject_published ON history_subject (id, kind, store)
          WHERE kind IN ('version', 'model')
          """)
    }
  }
}

/// The schema's SQL, as it stands in Schema/.
enum SchemaText {
  static var tables: String { GeneratedSchema.all["tables.sql"] ?? "" }
  static var indexes: String { GeneratedSchema.all["indexes.sql"] ?? "" }
  static var views: String { GeneratedSchema.all["views.sql"] ?? "" }
}
