import GRDB

/// A table whose rows reports read, and how its past is kept: each row once, with the scans it held for.
///
/// A new table that reports read is one more line in `all`; its columns are taken from the schema.
struct HistoryTable: Sendable {
  /// The table or view, and what it is in a database that is made from history.
  let name: String
  /// What finds a row; it need not be unique.
  let key: [String]
  /// Columns that are made again instead of kept, since one new subject changes them everywhere.
  var derived: Set<String> = []
  /// The only columns that are kept; nil keeps all.
  var columns: [String]?
  /// Which rows are kept; nil keeps all.
  var condition: String?
  /// A view costs its whole query for each question, so it is asked once.
  var isView = false

  /// How many subjects each rule has to judge.
  static let population = """
    UPDATE rule_run SET examined = (
      SELECT count(*) FROM subject s WHERE s.judged AND instr(',' || rule_run.kinds || ',', ',' || s.kind || ','))
    """

  /// The tables of a report, each before those that refer to it.
  static let all: [HistoryTable] = [
    HistoryTable(name: "store", key: ["id"]),
    HistoryTable(name: "subject", key: ["id"], derived: ["position"]),
    HistoryTable(name: "version", key: ["subject"]),
    HistoryTable(name: "alias", key: ["subject"]),
    HistoryTable(
      name: "dataset_use", key: ["run", "position"], columns: ["run", "position", "dataset"],
      condition: "run IN (SELECT run FROM version)"),
    HistoryTable(name: "reach", key: ["subject", "alias"]),
    HistoryTable(name: "rule_run", key: ["rule"], derived: ["examined"]),
    HistoryTable(name: "result", key: ["subject", "rule"]),
    HistoryTable(name: "waiver", key: ["subject"]),
    HistoryTable(name: "cover", key: ["subject", "rule"]),
    HistoryTable(
      name: "lineage", key: ["child_id"], condition: "child_id IN (\(LineageCursor.published))", isView: true),
  ]

  /// Where the past is kept.
  var pastName: String { "history_\(name)" }

  /// The kept columns in the schema's order, with what declares them.
  func kept(_ db: Database) throws -> [(name: String, declaration: String)] {
    try Row.fetchAll(db, sql: "PRAGMA table_info(\(name))").compactMap { row in
      let column: String = row["name"]
      guard !derived.contains(column), columns?.contains(column) ?? true else { return nil }
      let type: String = row["type"]
      // A row of before the column was there must fit where the column may not be NULL.
      let isRequired: Bool = row["notnull"]
      let value = row["dflt_value"] as String? ?? (isRequired ? (type == "TEXT" ? "''" : "0") : nil)
      return (column, type + (value.map { " DEFAULT \($0)" } ?? ""))
    }
  }

  /// Makes the table of the past, or adds the columns that it lacks.
  func prepare(_ db: Database) throws {
    let columns = try kept(db)
    let existing = Set(try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('\(pastName)')"))
    if existing.isEmpty {
      let list = columns.map { "\($0.name) \($0.declaration)" }.joined(separator: ", ")
      try db.execute(sql: "CREATE TABLE \(pastName) (\(list), valid_from INTEGER NOT NULL, valid_to INTEGER)")
    }
    for column in columns where !existing.isEmpty && !existing.contains(column.name) {
      try db.execute(sql: "ALTER TABLE \(pastName) ADD COLUMN \(column.name) \(column.declaration)")
    }
    try db.execute(
      sql: """
        CREATE INDEX IF NOT EXISTS \(pastName)_open ON \(pastName) (\(key.joined(separator: ", "))) WHERE valid_to IS NULL
        """)
  }
}
