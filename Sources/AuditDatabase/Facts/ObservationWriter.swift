import GRDB
import Records

/// Records what reading files gave, and says what it means for each claim.
package struct ObservationWriter: Sendable {
  let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  package func write(_ observations: [Observation]) throws {
    try database.writer.write { db in
      let insert = try Insert(
        db,
        """
        INSERT OR REPLACE INTO observation (file, state, size, modified, sha256, message, changed, inode, tabular)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
      for item in observations {
        try insert.run(
          item.file, item.state.rawValue, item.size, item.modified, item.sha256, item.message, item.changed, item.inode,
          try item.table?.json())
        let found =
          item.others.map { ($0, $0.definition?.rawValue ?? "") } + (item.pointer.map { [($0, "pointer")] } ?? [])
        for (digest, definition) in found {
          try Insert(
            db, "INSERT OR REPLACE INTO observed_digest (file, algorithm, definition, digest) VALUES (?, ?, ?, ?)"
          ).run(item.file, digest.algorithm.rawValue, definition, digest.hex)
        }
        if let table = item.table { try write(table, file: item.file, db) }
      }
    }
  }

  func write(_ table: TableObservation, file: Int64, _ db: Database) throws {
    let datasets = try Row.fetchAll(
      db, sql: "SELECT subject, schema_hash, declared_columns, declared_types FROM dataset WHERE file = ?",
      arguments: [file])
    for row in datasets {
      let dataset: Int64 = row[0]
      let declared = SchemaCheck.declared(columns: row[2], types: row[3])
      let check = SchemaCheck(claim: row[1], found: table.schema, declared: declared)
      try Insert(
        db,
        """
        UPDATE dataset SET counted_records = ?, found_schema_hash = ?, schema_verdict = ?, tabular_message = ?
        WHERE subject = ?
        """
      ).run(table.records, check?.found, check?.verdict.rawValue, table.message ?? check?.message, dataset)
    }
  }

  /// Turns claims and observations into checks: in SQL, since `swapped` and `moved` need all files.
  ///
  /// A kept database tells more, from what earlier scans found. `finishChecks` comes next.
  package func writeChecks() throws {
    try database.writer.write { db in
      for step in CheckStatements.all { try db.execute(sql: step) }
      if database.isKept { try FileMemory(db: db).compare() }
      try db.execute(sql: "CREATE INDEX IF NOT EXISTS file_check_file ON file_check (file)")
    }
  }

  /// Ties to versions what was read, once nothing of it changes any more.
  package func finishChecks() throws {
    try database.writer.write { db in try RecordedVersions.resolve(db) }
    try database.writer.writeWithoutTransaction { db in
      for table in ["observation", "file_check", "record_version"] {
        try db.execute(sql: "\(FactResolution.analysis) \(table)")
      }
    }
  }
}

/// Each claim against what was read.
enum CheckStatements {
  static let all = [
    // What is not read has a state too, so that nothing is absent in silence.
    """
    INSERT OR IGNORE INTO observation (file, state, message)
    SELECT id, CASE WHEN exclusion IS NOT NULL THEN 'not-read' WHEN location = 'remote' THEN 'unreachable' ELSE 'outside' END,
      coalesce(exclusion, reason)
    FROM file WHERE wanted AND (location <> 'local' OR exclusion IS NOT NULL)
    """,
    """
    INSERT INTO file_check (file, claim, found, size, verdict, evidence, verified_at, message)
    SELECT k.file, k.claim, CASE WHEN k.state = 'present' THEN coalesce(k.algorithm, 'sha256') || ':' || k.found END, k.size,
      CASE
        WHEN k.state = 'missing' THEN 'missing'
        WHEN k.state = 'changing' THEN 'changing'
        WHEN k.state IN ('unreachable', 'not-read') THEN 'unreachable'
        WHEN k.state IS NULL OR k.state <> 'present' THEN 'unreadable'
        WHEN k.claim IS NULL THEN 'unclaimed'
        WHEN k.definition = 'contradicted' THEN 'contradicted'
        WHEN k.digest IS NULL THEN 'malformed-claim'
        WHEN k.found = k.digest THEN 'matched'
        WHEN EXISTS (SELECT 1 FROM observed_digest d WHERE d.file = k.file AND d.algorithm = k.algorithm
          AND d.definition = 'pointer' AND d.digest = k.digest) THEN 'pointer'
        WHEN k.form = 'directory' AND k.definition IS NULL THEN 'unknown-definition'
        WHEN k.claimed_size IS NOT NULL AND k.size < k.claimed_size THEN 'truncated'
        ELSE 'mismatched'
      END,
      k.evidence, CASE WHEN k.state = 'present' THEN coalesce(k.read_at, (SELECT now FROM current)) END,
      CASE
        WHEN k.state = 'present' AND k.form = 'directory' AND k.definition IS NULL AND k.found IS NOT k.digest
          AND k.digest IS NOT NULL THEN 'definition unknown; tried repro-audit/directory/1'
        WHEN k.definition = 'contradicted' THEN k.text
        ELSE k.message
      END
    FROM (
      SELECT f.id AS file, f.form, o.state, o.size, o.read_at, o.message,
        c.id AS claim, c.algorithm, c.definition, c.digest, c.text, c.size AS claimed_size,
        coalesce(c.evidence, 'none') AS evidence,
        CASE WHEN coalesce(c.algorithm, 'sha256') = 'sha256' THEN o.sha256 ELSE (
          SELECT d.digest FROM observed_digest d WHERE d.file = f.id AND d.algorithm = c.algorithm
            AND d.definition = coalesce(c.definition, '')) END AS found
      FROM file f LEFT JOIN claim c ON c.file = f.id LEFT JOIN observation o ON o.file = f.id WHERE f.wanted
    ) k
    """,
    """
    UPDATE file_check SET verdict = 'moved', message = 'its content is at ' || elsewhere.path
    FROM (
      SELECT k.rowid AS row, min(g.path) AS path
      FROM file_check k JOIN claim c ON c.id = k.claim AND c.algorithm = 'sha256' JOIN file f ON f.id = k.file
      JOIN observation o ON o.sha256 = c.digest AND o.state = 'present' JOIN file g ON g.id = o.file AND g.store = f.store
      WHERE k.verdict = 'missing' GROUP BY k.rowid
    ) elsewhere WHERE elsewhere.row = file_check.rowid
    """,
    """
    UPDATE file_check SET verdict = 'swapped', message = 'its content and that of ' || partner.path || ' are exchanged'
    FROM (
      SELECT a.rowid AS row, min(g.path) AS path
      FROM file_check a JOIN claim ca ON ca.id = a.claim JOIN file f ON f.id = a.file
      JOIN file_check b ON b.found = ca.algorithm || ':' || ca.digest AND b.verdict IN ('mismatched', 'truncated')
      JOIN claim cb ON cb.id = b.claim AND cb.algorithm || ':' || cb.digest = a.found
      JOIN file g ON g.id = b.file AND g.store = f.store AND g.id <> f.id
      WHERE a.verdict IN ('mismatched', 'truncated') GROUP BY a.rowid
    ) partner WHERE partner.row = file_check.rowid
    """,
    // Read only to find where content went: nothing is said of it.
    "DELETE FROM file_check WHERE file IN (SELECT id FROM file WHERE wanted = 2)",
  ]
}
