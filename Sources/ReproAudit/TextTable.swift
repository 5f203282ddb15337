/// Columns for people: padded with spaces to the widest cell, the last one ragged.
enum TextTable {
  /// One line a row; every row has as many cells as the first.
  static func text(_ rows: [[String]]) -> String {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      return cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed().map(String.init).joined() + "\n"
    }.joined()
  }
}
