import GRDB

/// Rows that belong to runs, in the order of the runs: each run takes its own as it comes.
struct MLflowItemCursor {
  private let rows: MLflowRows
  private var hasRow: Bool

  /// The first of `columns` is the run's id; `extra` sorts the rows of one run.
  init(_ db: Database, _ table: String, _ columns: [String], extra: String = "") throws {
    rows = try MLflowRows(db, table, columns, order: columns[0] + (extra.isEmpty ? "" : ", " + extra))
    hasRow = try rows.next()
  }

  /// Calls `use` with the rows of `run`; those of runs before it, which there are not, are passed over.
  mutating func each(of run: String, _ use: (MLflowRows) -> Void) throws {
    while hasRow {
      if rows.isText(0, run) {
        use(rows)
      } else if let other = rows.text(0), other.utf8.lexicographicallyPrecedes(run.utf8) {
        // A row of a run that was deleted from the table.
      } else {
        return
      }
      hasRow = try rows.next()
    }
  }
}
