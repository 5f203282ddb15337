import GRDB
import Records

/// What two complete scans of one database do not share, read from the rows that began or ended between them.
package struct ScanDifference: Sendable {
  /// A finding, as one of the two scans has it.
  package struct Finding: Sendable, Hashable {
    package let rule: String
    package let severity: Severity
    package let subject: Subject
    package let path: String?
    package let message: String
    /// Items that only the later scan lists, and that only the earlier one lists, sorted; of findings that go on.
    package var newItems: [String] = []
    package var fixedItems: [String] = []
  }

  /// The good state of a file.
  package struct State: Sendable, Hashable {
    /// `sha256:…`, or another digest where that was not computed.
    package let digest: String?
    package let size: Int64?
  }

  /// A file whose good state began, ended or is another one.
  package struct File: Sendable, Hashable {
    package let store: String
    package let path: String
    package let before: State?
    package let after: State?
  }

  package let new: [Finding]
  package let fixed: [Finding]
  package let continuing: [Finding]
  /// By store and path.
  package let files: [File]

  package var isEmpty: Bool {
    new.isEmpty && fixed.isEmpty && files.isEmpty
      && continuing.allSatisfy { $0.newItems.isEmpty && $0.fixedItems.isEmpty }
  }

  /// `from` and `to` are the numbers of complete scans, `from` the earlier one.
  init(_ db: Database, from: Int64, to: Int64) throws {
    new = try Self.findings(FindingChanges.appeared, from, to, shownAt: "?2", db)
    fixed = try Self.findings(FindingChanges.vanished, from, to, shownAt: "?1", db)
    continuing = try Self.continuing(from, to, db)
    files = try Self.files(from, to, db)
  }

  private static let columns = "r.rule, r.severity, t.name, s.kind, s.name, s.path, r.message"

  private static func names(at scan: String) -> String {
    """
    JOIN history_subject s ON s.id = r.subject AND \(FindingChanges.held("s", at: scan))
    JOIN history_store t ON t.id = s.store AND \(FindingChanges.held("t", at: scan))
    """
  }

  /// What weighs most first.
  private static let order = """
    ORDER BY CASE r.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, r.rule, t.name, s.kind, s.name
    """

  private static func findings(
    _ changes: String, _ from: Int64, _ to: Int64, shownAt scan: String, _ db: Database
  ) throws -> [Finding] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(columns) FROM (\(changes)) c
        JOIN history_result r ON r.rule = c.rule AND r.subject = c.subject AND \(FindingChanges.held("r", at: scan))
        \(names(at: scan)) \(order)
        """, arguments: [from, to]
    ).map(Self.finding)
  }

  /// A row that held at both scans says the same at both; only one that was replaced between can list other items.
  private static func continuing(_ from: Int64, _ to: Int64, _ db: Database) throws -> [Finding] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(columns), CASE WHEN r.valid_from > ?1 THEN r.details END, CASE WHEN r.valid_from > ?1 THEN o.details END
        FROM history_result r \(names(at: "?2"))
        LEFT JOIN history_result o ON o.rule = r.rule AND o.subject = r.subject AND o.outcome = 'fail'
          AND r.valid_from > ?1 AND \(FindingChanges.held("o", at: "?1"))
        WHERE r.outcome = 'fail' AND \(FindingChanges.held("r", at: "?2")) AND (r.valid_from <= ?1 OR o.rule IS NOT NULL)
        \(order)
        """, arguments: [from, to]
    ).map { row in
      var finding = Self.finding(row)
      let (now, before) = (Self.items(row[7]), Self.items(row[8]))
      finding.newItems = now.subtracting(before).sorted()
      finding.fixedItems = before.subtracting(now).sorted()
      return finding
    }
  }

  private static func items(_ json: String?) -> Set<String> {
    Set((json.flatMap { DetailList(json: $0) }?.items ?? []).compactMap(\.item))
  }

  private static func finding(_ row: Row) -> Finding {
    let (severity, kind): (String, String) = (row[1], row[3])
    return Finding(
      rule: row[0], severity: Severity(rawValue: severity) ?? .error,
      subject: Subject(store: row[2], kind: SubjectKind(rawValue: kind) ?? .store, name: row[4]), path: row[5],
      message: row[6])
  }

  private static func files(_ from: Int64, _ to: Int64, _ db: Database) throws -> [File] {
    try Row.fetchAll(
      db,
      sql: """
        WITH ended AS MATERIALIZED (
          SELECT * FROM history_file_state h WHERE valid_to <= ?2 AND \(FindingChanges.held("h", at: "?1"))
        ), begun AS MATERIALIZED (
          SELECT * FROM history_file_state h WHERE valid_from > ?1 AND \(FindingChanges.held("h", at: "?2"))
        )
        SELECT (SELECT name FROM history_store t WHERE t.id = c.store), c.path, c.was, \(FileMemory.digest(of: "a")), a.size,
          c.will, \(FileMemory.digest(of: "b")), b.size
        FROM (
          SELECT e.store, e.path, e.id AS was, n.id AS will FROM ended e
            LEFT JOIN begun n ON n.path = e.path AND n.store = e.store
          UNION ALL SELECT n.store, n.path, NULL, n.id FROM begun n
            WHERE NOT EXISTS (SELECT 1 FROM ended e WHERE e.path = n.path AND e.store = n.store)
        ) c LEFT JOIN history_file_state a ON a.id = c.was LEFT JOIN history_file_state b ON b.id = c.will
        ORDER BY 1, 2
        """, arguments: [from, to]
    ).compactMap { row in
      let before = row[2] == nil ? nil : State(digest: row[3], size: row[4])
      let after = row[5] == nil ? nil : State(digest: row[6], size: row[7])
      // It was away in between, and is back as it was.
      return before == after ? nil : File(store: row[0] ?? "", path: row[1], before: before, after: after)
    }
  }
}

extension AuditHistory {
  /// What the complete scan `to` has otherwise than the earlier complete scan `from`.
  package func difference(from: Scan, to: Scan) throws -> ScanDifference {
    try reader.read { db in try ScanDifference(db, from: from.number, to: to.number) }
  }
}
