import GRDB

/// Keeps what a complete scan found, so that its reports can be written again: only what changed takes room.
struct HistoryWriter {
  let db: Database

  /// Ends the rows that no longer hold and begins those that are new with `scan`.
  func keep(scan: Int64) throws {
    try FileMemory(db: db).keep(scan: scan)
    for table in HistoryTable.all {
      let columns = try table.kept(db).map(\.name)
      var source = "SELECT \(columns.joined(separator: ", ")) FROM \(table.name)"
      if let condition = table.condition { source += " WHERE \(condition)" }
      var present = "(\(source))"
      if table.isView {
        present = "now_\(table.name)"
        try db.execute(
          sql: """
            CREATE TEMP TABLE \(present) AS SELECT DISTINCT * FROM (\(source));
            CREATE INDEX temp.\(present)_key ON \(present) (\(table.key.joined(separator: ", ")))
            """)
      }
      let same = columns.map { column in
        "p.\(column) \(table.key.contains(column) ? "=" : "IS") h.\(column)"
      }.joined(separator: " AND ")
      try db.execute(
        sql: """
          UPDATE \(table.pastName) AS h SET valid_to = ?
          WHERE valid_to IS NULL AND NOT EXISTS (SELECT 1 FROM \(present) p WHERE \(same))
          """, arguments: [scan])
      try db.execute(
        sql: """
          INSERT INTO \(table.pastName) (\(columns.joined(separator: ", ")), valid_from)
          SELECT \(columns.map { "p.\($0)" }.joined(separator: ", ")), ? FROM \(present) p
          WHERE NOT EXISTS (SELECT 1 FROM \(table.pastName) h WHERE h.valid_to IS NULL AND \(same))
          """, arguments: [scan])
      if table.isView { try db.execute(sql: "DROP TABLE temp.\(present)") }
    }
  }
}
