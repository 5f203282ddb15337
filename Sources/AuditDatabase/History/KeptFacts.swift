import GRDB

/// Facts of the last scan that hold for the next one too, since nothing that they were read from has changed.
///
/// One row says of which scan the facts are and what decided about them; it is void as soon as another scan begins.
package struct KeptFacts: Sendable {
  /// How much of the facts holds.
  package enum Extent: Sendable {
    /// What records say.
    case records
    /// Also what reading files gave: all were there and as they should be.
    case readings
  }

  package let extent: Extent
  /// What was given to `note` with the facts.
  package let stores: String
  /// The clock of the scan that read them.
  let now: String

  /// The facts of the last scan, if it read them from the same `inputs` and came to its end; nil otherwise.
  ///
  /// `trustsFiles` when what was read of unchanged files holds too.
  package static func find(_ database: AuditDatabase, inputs: String, trustsFiles: Bool) throws -> KeptFacts? {
    guard database.isKept else { return nil }
    return try database.writer.read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT k.stores, s.now FROM history_facts k JOIN scan s ON s.id = k.scan
          WHERE k.inputs = ? AND s.finished AND s.selection IS NULL AND s.id = (SELECT max(id) FROM scan)
          """, arguments: [inputs])
      guard let row else { return nil }
      let areWell = try trustsFiles && Bool.fetchOne(db, sql: wellness) == true
      return KeptFacts(extent: areWell ? .readings : .records, stores: row[0], now: row[1])
    }
  }

  /// Says that the facts of the scan, which has just ended, were read from `inputs`, and nothing else could change them; with
  /// nil that this cannot be told.
  package static func note(_ database: AuditDatabase, inputs: String?, stores: String) throws {
    guard database.isKept else { return }
    try database.writer.write { db in
      try db.execute(sql: "DELETE FROM history_facts")
      guard let inputs, try Bool.fetchOne(db, sql: containment) == true else { return }
      try db.execute(
        sql: "INSERT INTO history_facts (scan, inputs, stores) SELECT max(id), ?, ? FROM scan",
        arguments: [inputs, stores])
    }
  }

  static func prepare(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS history_facts (scan INTEGER PRIMARY KEY, inputs TEXT NOT NULL, stores TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS history_document (
          tree INTEGER NOT NULL, path BLOB NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (tree, path)) WITHOUT ROWID
        """)
  }

  /// Facts are about to be read anew.
  static func forget(_ db: Database) throws {
    try db.execute(sql: "DELETE FROM history_facts; DELETE FROM history_document")
  }

  /// Makes room for what the next scan finds, and leaves what holds.
  func clear(_ db: Database) throws {
    for table in FactResolution.judgements { try db.execute(sql: "DELETE FROM \(table)") }
    try db.execute(
      sql: """
        UPDATE waiver SET subjects = 0, binding = 'none', matched = 0;
        UPDATE commit_claim SET resolution = 'not-asked', message = NULL WHERE resolution <> 'not-asked'
        """)
    switch extent {
    case .records:
      for table in FactResolution.readings { try db.execute(sql: "DELETE FROM \(table)") }
      try db.execute(
        sql: """
          DROP INDEX IF EXISTS file_check_file;
          UPDATE dataset SET counted_records = NULL, found_schema_hash = NULL, schema_verdict = NULL, tabular_message = NULL
          """)
    case .readings:
      // The next scan has not read them itself.
      try db.execute(
        sql: "UPDATE observation SET read_at = ? WHERE state = 'present' AND read_at IS NULL", arguments: [now])
    }
  }

  /// Whether all that was read is as it should be: what is not is read in every scan. Nothing waits to be taken up.
  private static let wellness = """
    SELECT NOT EXISTS (SELECT 1 FROM history_held WHERE store IN (SELECT id FROM store))
      AND NOT EXISTS (SELECT 1 FROM history_progress)
      AND NOT EXISTS (SELECT 1 FROM file_change)
      AND NOT EXISTS (SELECT 1 FROM observation WHERE state NOT IN ('present', 'unreachable', 'outside')
        AND NOT (state = 'not-read' AND file IN (SELECT id FROM file WHERE exclusion IS NOT NULL)))
      AND NOT EXISTS (SELECT 1 FROM file_check
        WHERE verdict NOT IN ('matched', 'unclaimed', 'malformed-claim', 'unknown-definition', 'contradicted', 'unreachable'))
    """

  /// Whether all that facts were read from lies in the directories that were looked through.
  private static let containment = """
    SELECT NOT EXISTS (SELECT 1 FROM file WHERE location = 'local' AND path LIKE '/%')
      AND NOT EXISTS (SELECT 1 FROM commit_claim WHERE repository LIKE '/%' OR repository LIKE 'file:%')
      AND NOT EXISTS (SELECT 1 FROM problem WHERE kind IN (\(VanishedVersions.gaps)))
    """
}
