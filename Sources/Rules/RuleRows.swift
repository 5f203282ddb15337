import AuditDatabase

/// Steps through what a rule's SELECT gives; nearly all rows say `pass`, and nothing is made of their text.
final class RuleRows {
  private let rows: StatementRows
  private let columns: (subject: Int32, outcome: Int32, message: Int32, details: Int32)

  init(_ statement: QueryStatement) throws {
    func index(_ name: String) throws -> Int32 {
      guard let index = statement.columns.firstIndex(of: name) else { throw RuleMistake.missingColumn(name) }
      return Int32(index)
    }
    columns = (try index("subject_id"), try index("outcome"), try index("message"), try index("details"))
    rows = statement.rows
  }

  /// Steps to the next row; false at the end.
  func next() throws -> Bool { try rows.next() }

  /// Nil when the row names no subject.
  var subject: Int64? { rows.integer(columns.subject) }
  var isPass: Bool { rows.isText(columns.outcome, "pass") }
  var outcome: String? { rows.text(columns.outcome) }
  var message: String? { rows.text(columns.message) }
  var details: String? { rows.text(columns.details) }
}
