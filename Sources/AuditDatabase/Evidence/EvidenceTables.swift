import GRDB

/// The tables of an evidence pack's database: those of one scan, in the schema that every database has.
struct EvidenceTable: Sendable {
  struct Column: Sendable {
    let name: String
    /// As declared.
    let type: String
  }

  let name: String
  let columns: [Column]
  /// What rows are sorted by, so that the same rows make the same file.
  let order: [String]

  /// What rules and settlement leave, and what is made anew when a pack is verified.
  static let results: Set<String> = ["result", "rule_run", "cover"]
  /// What follows from the policy alone.
  static let policy: Set<String> = [
    "parameter", "stage", "stage_predecessor", "threshold", "required_validation", "approver", "framework",
  ]
  /// The list of scans and what belongs to it; a pack holds less of these than the database that it is made from.
  static let scans: Set<String> = ["scan", "policy_text", "ledger"]

  /// Every table of the schema but those of `scans`, by name.
  static func all(_ db: Database) throws -> [EvidenceTable] {
    try String.fetchAll(
      db, sql: "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).filter { !SchemaMigrations.isKept($0) }.map { try EvidenceTable(name: $0, db) }
  }

  init(name: String, _ db: Database) throws {
    self.name = name
    let rows = try Row.fetchAll(db, sql: "SELECT name, type, pk FROM main.pragma_table_info('\(name)') ORDER BY cid")
    columns = rows.map { Column(name: $0[0], type: $0[1]) }
    let key = rows.filter { ($0[2] as Int) > 0 }.sorted { ($0[2] as Int) < ($1[2] as Int) }
    order = (key.isEmpty ? rows : key).map { Self.quoted($0[0]) }
  }

  /// The columns as a list in SQL.
  var list: String { columns.map { Self.quoted($0.name) }.joined(separator: ", ") }

  /// Copies all rows from the same table of the attached database `source`, with some columns exchanged by expressions.
  func copy(from source: String, exchanging values: [String: String] = [:], _ db: Database) throws {
    let chosen = columns.map { values[$0.name] ?? Self.quoted($0.name) }.joined(separator: ", ")
    try db.execute(
      sql: """
        INSERT INTO main.\(name) (\(list)) SELECT \(chosen) FROM \(source).\(name) t
        ORDER BY \(order.map { "t." + $0 }.joined(separator: ", "))
        """)
  }

  /// Some columns are called by words of SQL, such as `by`.
  static func quoted(_ name: String) -> String { "\"\(name)\"" }
}

/// The schema as a pack has it.
enum EvidenceSchema {
  static let identity =
    "PRAGMA application_id = \(SchemaMigrations.applicationID); PRAGMA user_version = \(SchemaMigrations.current)"

  /// With the indexes that rules are quick by, whoever runs them.
  static func make(_ db: Database) throws {
    for text in [SchemaText.tables, SchemaText.views, SchemaText.indexes] { try db.execute(sql: text) }
    try db.execute(sql: "CREATE INDEX IF NOT EXISTS file_check_file ON file_check (file)")
  }

  /// Everything that has a name in the schema: what it is, and the SQL that made it. Statistics are no part of it.
  static func objects(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT type, name, tbl_name, coalesce(sql, '') FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'")
    return Dictionary(
      rows.map { ("\($0[0] as String) \($0[1] as String)", "\($0[2] as String): \($0[3] as String)") }
    ) { $0 + "\n" + $1 }
  }
}
