import AuditDatabase
import Reports

/// An answer for people: columns in line, nothing in it that moves the cursor.
struct QueryTable {
  /// Rows that the widths are taken from; what follows is put into the same columns as far as it fits.
  private static let measured = 1000
  private static let widest = 80

  private let statement: QueryStatement
  private let file: ReportFile

  init(_ statement: QueryStatement, _ file: ReportFile) {
    self.statement = statement
    self.file = file
  }

  func write() throws {
    let names = statement.columns.map { VisibleText.line($0) }
    var rows: [[String]] = []
    var isNumber = names.map { _ in true }
    while rows.count < Self.measured, try statement.rows.next() { rows.append(row(&isNumber)) }
    let widths = names.indices.map { column in
      min(Self.widest, max(names[column].count, rows.map { $0[column].count }.max() ?? 0))
    }
    let write = { (cells: [String]) in try file.write(line(cells, widths, isNumber)) }
    try write(names)
    try write(widths.map { String(repeating: "-", count: $0) })
    for row in rows { try write(row) }
    guard rows.count == Self.measured else { return }
    var ignored = isNumber
    while try statement.rows.next() { try write(row(&ignored)) }
  }

  private func row(_ isNumber: inout [Bool]) -> [String] {
    statement.columns.indices.map { column in
      switch statement.rows.value(Int32(column)) {
      case .null: return "NULL"
      case .integer(let value): return "\(value)"
      case .real(let value): return QueryValue.text(value)
      case .text(let text):
        isNumber[column] = false
        return VisibleText.line(text)
      case .blob(let bytes):
        isNumber[column] = false
        return QueryValue.literal(bytes)
      }
    }
  }

  /// Numbers stand to the right; the last column has no spaces after it.
  private func line(_ cells: [String], _ widths: [Int], _ isNumber: [Bool]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let pad = String(repeating: " ", count: max(0, widths[column] - cell.count))
      line += isNumber[column] ? pad + cell : column == cells.count - 1 ? cell : cell + pad
      if column < cells.count - 1 { line += "  " }
    }
    return line + "\n"
  }
}
