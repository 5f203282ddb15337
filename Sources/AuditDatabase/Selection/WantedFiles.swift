import GRDB

/// Which files a partial audit reads: those that its subjects and what they stand on speak of.
package struct WantedFiles: Sendable {
  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// Leaves alone what no judged subject needs. A store that is judged needs all of its files.
  package func restrict() throws {
    try database.writer.write { db in
      try db.execute(
        sql: """
          CREATE TEMP TABLE needed (subject INTEGER PRIMARY KEY);
          CREATE TEMP TABLE comes_from AS SELECT DISTINCT child_id AS child, parent_id AS parent FROM lineage
            WHERE parent_id IS NOT NULL;
          CREATE INDEX temp.comes_from_child ON comes_from (child);
          INSERT INTO temp.needed WITH RECURSIVE below (subject) AS (
            SELECT id FROM subject WHERE judged
            UNION SELECT c.parent FROM below b JOIN temp.comes_from c ON c.child = b.subject
          ) SELECT subject FROM below;
          UPDATE file SET wanted = 0 WHERE id NOT IN (
            \(SubjectFiles.select(of: "SELECT subject FROM temp.needed"))
          ) AND store NOT IN (SELECT store FROM subject WHERE kind = 'store' AND judged);
          DROP TABLE temp.needed; DROP TABLE temp.comes_from
          """)
    }
  }

  /// After the wanted files were read: wants those that say where missing or foreign content is, as a whole audit would.
  ///
  /// Returns whether there are any.
  package func widen() throws -> Bool {
    try database.writer.write { db in
      guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM file WHERE wanted = 0)") == true else {
        return false
      }
      // A changed file that cannot be read is the store's trouble, and a store is judged by all of its files.
      if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = 'touched_file')")
        == true
      {
        try db.execute(
          sql: """
            UPDATE subject SET judged = 1 WHERE kind = 'store' AND store IN (
              SELECT f.store FROM temp.touched_file t JOIN file f ON f.id = t.file
              JOIN observation o ON o.file = f.id WHERE o.state IN ('unreadable', 'changing'));
            UPDATE file SET wanted = 1 WHERE wanted = 0
              AND store IN (SELECT store FROM subject WHERE kind = 'store' AND judged)
            """)
      }
      try db.execute(
        sql: """
          UPDATE file SET wanted = 2 WHERE wanted = 0 AND store IN (
            SELECT f.store FROM observation o JOIN file f ON f.id = o.file JOIN claim c ON c.file = f.id
            WHERE o.state = 'missing' AND c.algorithm = 'sha256');
          UPDATE file SET wanted = 2 WHERE wanted = 0 AND id IN (
            SELECT b.file FROM observation o JOIN claim a ON a.file = o.file
            LEFT JOIN observed_digest d ON d.file = o.file AND d.algorithm = a.algorithm
              AND d.definition = coalesce(a.definition, '')
            JOIN claim b ON b.algorithm = a.algorithm
              AND b.digest = CASE a.algorithm WHEN 'sha256' THEN o.sha256 ELSE d.digest END
            WHERE o.state = 'present' AND a.digest IS NOT b.digest)
          """)
      return try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM file f WHERE f.wanted AND f.location = 'local' AND f.exclusion IS NULL
            AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.file = f.id))
          """) == true
    }
  }
}
