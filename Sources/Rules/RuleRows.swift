import AuditDatabase

/// Steps through what a rule's SELECT gives; nearly all rows say `pass`, and nothing is made of their text.
final class RuleRows {
  /// Stands between the parts of a row that is no pass; no JSON holds it, and no outcome.
  private static let separator = UInt8(0x1F)

  private let statement: QueryStatement
  private let rows: StatementRows
  private let isPacked: Bool
  private var parts: (outcome: String, message: String, details: String?)?

  /// Runs `rule`; SQLite works an outcome out again wherever it is asked for, so a built-in rule is asked for it once and
  /// gives what is no pass in one text. What a policy's own rule gives is looked at column by column.
  init(_ rule: RuleFile, on connection: QueryConnection) throws {
    isPacked = !rule.isOwn
    let columns =
      isPacked
      ? """
      CASE outcome WHEN 'pass' THEN 1
        ELSE coalesce(outcome, 'NULL') || char(31) || coalesce(message, '') || char(31) || coalesce(details, '') END
      """
      // What a pass says is not kept, so it need not be put together.
      : """
      outcome, CASE WHEN outcome <> 'pass' THEN message END AS message,
        CASE WHEN outcome <> 'pass' THEN details END AS details
      """
    statement = try connection.prepareUnchecked(
      """
      SELECT subject_id, \(columns) FROM (\(rule.innerSelect)
      )
      """)
    rows = statement.rows
  }

  /// The time that the query may take begins.
  func begin() { statement.restart() }

  /// Steps to the next row; false at the end.
  func next() throws -> Bool {
    parts = nil
    return try rows.next()
  }

  /// Nil when the row names no subject.
  var subject: Int64? { rows.integer(0) }
  var isPass: Bool { isPacked ? rows.integer(1) != nil : rows.isText(1, "pass") }
  var outcome: String? { isPacked ? unpacked.outcome : rows.text(1) }
  var message: String? { isPacked ? unpacked.message : rows.text(2) }
  var details: String? { isPacked ? unpacked.details : rows.text(3) }

  private var unpacked: (outcome: String, message: String, details: String?) {
    if let parts { return parts }
    // By length: a message may hold any text, also a NUL, where the text of a column of its own would end.
    var bytes: [UInt8] = []
    rows.append(1, to: &bytes)
    let first = bytes.firstIndex(of: Self.separator) ?? bytes.endIndex
    let last = bytes.lastIndex(of: Self.separator) ?? first
    let message = first < last ? bytes[(first + 1)..<last].prefix { $0 != 0 } : []
    let details = last < bytes.endIndex ? bytes[(last + 1)...] : []
    let unpacked = (
      String(decoding: bytes[..<first], as: UTF8.self), String(decoding: message, as: UTF8.self),
      details.isEmpty ? nil : String(decoding: details, as: UTF8.self)
    )
    parts = unpacked
    return unpacked
  }
}
