import GRDB
import Records

/// What reaches each alias: the findings and undecided results of everything it stands on.
package struct AliasReaches: Sendable {
  package struct Row: Sendable, Hashable {
    package let alias: Subject
    /// `fraud-detector@1.2.0`; nil when the alias points at no version.
    package let version: String?
    package let counts: FindingCounts
  }

  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// Every alias in report order.
  package func all() throws -> [Row] {
    try database.read { db in
      let rows = try GRDB.Row.fetchAll(
        db,
        sql: """
          SELECT t.name, s.name, v.name, \(FindingCounts.columns)
          FROM alias a JOIN subject s ON s.id = a.subject JOIN store t ON t.id = s.store
          LEFT JOIN subject v ON v.id = a.version LEFT JOIN reach c ON c.alias = a.subject
          LEFT JOIN result r ON r.subject = c.subject WHERE s.judged GROUP BY a.subject ORDER BY s.position
          """)
      return rows.map { row in
        Row(
          alias: Subject(store: row[0], kind: .alias, name: row[1]), version: row[2],
          counts: FindingCounts(row, at: 3))
      }
    }
  }
}
