import AuditDatabase
import Reports

/// An answer for machines: an array of objects, one row a line; keys as the columns are called.
struct QueryJSON {
  private let statement: QueryStatement
  private let file: ReportFile

  init(_ statement: QueryStatement, _ file: ReportFile) {
    self.statement = statement
    self.file = file
  }

  func write() throws {
    let names = statement.columns
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw QueryError(.refused, "two columns are called `\(name)`; name one of them with AS")
    }
    let keys = names.map { JSONWriter.quoted($0) + ":" }
    try file.write("[")
    var isFirst = true
    while try statement.rows.next() {
      try file.write(isFirst ? "\n{" : ",\n{")
      isFirst = false
      for (column, key) in keys.enumerated() {
        try file.write((column == 0 ? "" : ",") + key + value(statement.rows.value(Int32(column))))
      }
      try file.write("}")
    }
    try file.write(isFirst ? "]\n" : "\n]\n")
  }

  private func value(_ value: QueryValue) -> String {
    switch value {
    case .null: "null"
    case .integer(let value): "\(value)"
    // JSON has no infinity; as in SQL, a number too large stands for it.
    case .real(let value): QueryValue.text(value)
    case .text(let text): JSONWriter.quoted(text)
    case .blob(let bytes): JSONWriter.quoted(QueryValue.literal(bytes))
    }
  }
}
