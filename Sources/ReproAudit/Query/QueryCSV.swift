import AuditDatabase
import Reports

/// An answer as CSV by RFC 4180: a header, CRLF, quotes where they are needed; NULL is empty, an empty text is `""`.
struct QueryCSV {
  private let statement: QueryStatement
  private let file: ReportFile

  init(_ statement: QueryStatement, _ file: ReportFile) {
    self.statement = statement
    self.file = file
  }

  /// Returns a notice when texts were written so that a spreadsheet does not take them for formulas.
  func write() throws -> [String] {
    var guarded = 0
    try line(statement.columns.map { CSVText.quoted(Self.guarded($0, &guarded)) })
    while try statement.rows.next() {
      try line(
        statement.columns.indices.map { column in
          switch statement.rows.value(Int32(column)) {
          case .null: ""
          case .integer(let value): "\(value)"
          case .real(let value): QueryValue.text(value)
          case .text(let text): CSVText.quoted(Self.guarded(text, &guarded))
          case .blob(let bytes): QueryValue.literal(bytes)
          }
        })
    }
    guard guarded > 0 else { return [] }
    let what =
      guarded == 1
      ? "1 text that a spreadsheet would run as a formula begins"
      : "\(guarded) texts that a spreadsheet would run as formulas begin"
    return ["\(what) with a `'` that is not in the facts; --format json gives them as they are"]
  }

  private func line(_ cells: [String]) throws { try file.write(cells.joined(separator: ",") + "\r\n") }

  /// Records are written by anyone, and spreadsheets run what begins like this.
  private static func guarded(_ text: String, _ count: inout Int) -> String {
    // A terminal is where CSV is looked at first: controls show as their pictures there.
    let text = VisibleText.lines(text, limit: .max)
    let guarded = CSVText.guarded(text)
    if guarded != text { count += 1 }
    return guarded
  }
}
