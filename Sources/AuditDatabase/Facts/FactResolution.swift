import GRDB

/// Ties facts together once all are loaded: what refers to what, and the order of reports.
package enum FactResolution {
  package static func resolve(_ database: AuditDatabase) throws {
    try database.writer.write { db in
      try db.execute(sql: SchemaText.indexes)
      for step in steps { try db.execute(sql: step) }
    }
    try database.writer.writeWithoutTransaction { db in
      try db.execute(sql: analysis)
      try db.execute(sql: emptiness, arguments: StatementArguments(filledLater))
      try db.execute(sql: "ANALYZE sqlite_schema")
    }
  }

  /// Ties the same facts together again, from nothing that was tied before; claims of lists are facts already.
  static func repeatSteps(_ db: Database) throws {
    try db.execute(
      sql: """
        DELETE FROM reach; DELETE FROM publication; UPDATE dataset_use SET dataset = NULL; UPDATE version SET run = NULL;
        UPDATE subject SET position = NULL
        """)
    for step in steps.dropFirst() { try db.execute(sql: step) }
  }

  /// Gives every subject its place in reports; places are handed out as rows arrive in order, which is quicker than to
  /// number them.
  static let ranking = """
    CREATE TEMP TABLE ranked (place INTEGER PRIMARY KEY, id INTEGER NOT NULL);
    INSERT INTO temp.ranked (id)
    SELECT s.id FROM subject s JOIN store t ON t.id = s.store ORDER BY t.name, s.kind, s.name;
    UPDATE subject SET position = ranked.place FROM temp.ranked WHERE ranked.id = subject.id;
    DROP TABLE temp.ranked
    """

  /// What the planner needs to know; a thousand rows of an index tell it enough.
  static let analysis = "PRAGMA analysis_limit = 1000; ANALYZE"

  /// Of an empty table ANALYZE notes nothing, and the planner takes a million rows for granted: it would rather walk all
  /// subjects than the versions that a store of runs does not have.
  private static let emptiness = """
    INSERT INTO sqlite_stat1 (tbl, idx, stat)
    SELECT name, NULL, '0' FROM sqlite_schema
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'history_%'
      AND name NOT IN (\(databaseQuestionMarks(count: filledLater.count))) AND name NOT IN (SELECT tbl FROM sqlite_stat1)
    """

  /// Tables that get their rows when files are read.
  static let readings = ["observation", "observed_digest", "file_check", "file_change", "record_version"]
  /// Tables that get their rows when what earlier scans found is looked at, git is asked and rules judge.
  static let judgements = [
    "commit_tree", "large_blob", "result", "cover", "rule_run", "vanished_version", "earlier_scan",
  ]
  private static let filledLater = readings + judgements + ["scan", "ledger", "policy_text", "waiver"]

  private static let steps = [
    // A list above the versions vouches for files that something owns; what else it names is nobody's.
    """
    INSERT INTO claim (file, algorithm, digest, text, definition, document, line, evidence)
    SELECT f.id, l.algorithm, l.digest, l.text, l.definition, l.document, l.line, 'self-referential'
    FROM listed_digest l JOIN file f ON f.path = l.path AND f.store = l.store ORDER BY l.document, l.line
    """,
    // What the registry says itself decides.
    """
    UPDATE version SET run = (
      SELECT r.subject FROM run r JOIN subject s ON s.id = r.subject
      WHERE r.run_id = version.run_id AND s.store = (SELECT store FROM subject WHERE id = version.subject)
      ORDER BY s.path, s.name LIMIT 1)
    WHERE run_id IS NOT NULL
    """,
    // Else the record in a version's folder made it; of several, the first by path.
    """
    UPDATE version SET run = (
      SELECT r.subject FROM subject v JOIN run r ON r.folder = v.path JOIN subject s ON s.id = r.subject AND s.store = v.store
      WHERE v.id = version.subject ORDER BY s.path LIMIT 1)
    WHERE run_id IS NULL
    """,
    // Otherwise a record elsewhere that names model and version.
    """
    UPDATE version SET run = (
      SELECT r.subject FROM run r JOIN subject s ON s.id = r.subject
      JOIN subject v ON v.id = version.subject AND v.store = s.store JOIN model m ON m.subject = version.model
      WHERE r.version = version.name AND r.model = m.name ORDER BY s.path LIMIT 1)
    WHERE run IS NULL AND run_id IS NULL AND EXISTS (SELECT 1 FROM run WHERE version IS NOT NULL)
    """,
    """
    UPDATE dataset_use SET dataset = (
      SELECT d.dataset FROM dataset_document d JOIN subject s ON s.id = d.dataset
      WHERE d.path = dataset_use.manifest AND s.store = (SELECT store FROM subject WHERE id = dataset_use.run))
    WHERE manifest IS NOT NULL
    """,
    """
    UPDATE dataset_use SET dataset = (
      SELECT d.subject FROM dataset d JOIN subject s ON s.id = d.subject
      WHERE d.name = dataset_use.name AND s.store = (SELECT store FROM subject WHERE id = dataset_use.run)
      GROUP BY d.name HAVING count(*) = 1)
    WHERE dataset IS NULL AND name IS NOT NULL
    """,
    """
    UPDATE upstream SET version = coalesce(
      (SELECT v.id FROM subject v WHERE v.kind = 'version' AND v.name = upstream.declared
        AND v.store = (SELECT store FROM subject WHERE id = upstream.run)),
      (SELECT a.version FROM alias a JOIN subject s ON s.id = a.subject WHERE s.name = upstream.declared
        AND s.store = (SELECT store FROM subject WHERE id = upstream.run)))
    """,
    ranking,
    // Which aliases reach what: version, its run, that run's datasets, parents and upstream versions.
    """
    INSERT OR IGNORE INTO reach (subject, alias)
    WITH RECURSIVE reached (subject, alias) AS (
      SELECT version, subject FROM alias WHERE version IS NOT NULL
      UNION
      SELECT l.parent_id, r.alias FROM reached r JOIN (
        SELECT subject AS child_id, run AS parent_id FROM version WHERE run IS NOT NULL
        UNION ALL SELECT run, dataset FROM dataset_use WHERE dataset IS NOT NULL
        UNION ALL SELECT run, version FROM upstream WHERE version IS NOT NULL
      ) l ON l.child_id = r.subject
    )
    SELECT subject, alias FROM reached UNION SELECT subject, subject FROM alias
    """,
    """
    INSERT OR IGNORE INTO publication (subject)
    SELECT subject FROM version
    UNION SELECT run FROM version WHERE run IS NOT NULL
    UNION SELECT u.dataset FROM version v JOIN dataset_use u ON u.run = v.run WHERE u.dataset IS NOT NULL
    """,
  ]
}
