import GRDB

/// Brings a database to the current schema; `PRAGMA user_version` says which one it has.
enum SchemaMigrations {
  static let current = 3
  /// `RPAU`: tells our databases from any other program's.
  private static let applicationID = 0x5250_4155

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
        // Facts are of one scan only, and the next one finds them again: nothing of an older schema is worth keeping.
        try dropAll(db)
        try db.execute(sql: SchemaText.tables)
        try db.execute(sql: SchemaText.views)
        try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(current)")
      }
    }
  }

  private static func dropAll(_ db: Database) throws {
    for kind in ["view", "table"] {
      let names = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%'", arguments: [kind])
      for name in names { try db.execute(sql: "DROP \(kind) \(name)") }
    }
  }
}

/// The schema's SQL, as it stands in Schema/.
enum SchemaText {
  static var tables: String { GeneratedSchema.all["tables.sql"] ?? "" }
  static var indexes: String { GeneratedSchema.all["indexes.sql"] ?? "" }
  static var views: String { GeneratedSchema.all["views.sql"] ?? "" }
}
