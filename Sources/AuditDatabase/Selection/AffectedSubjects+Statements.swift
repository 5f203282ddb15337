extension AffectedSubjects {
  static let storeItself = """
    INSERT OR IGNORE INTO temp.affected SELECT id FROM subject WHERE store = :store AND kind = 'store'
    """

  static let everything = "INSERT OR IGNORE INTO temp.affected SELECT id FROM subject WHERE store = :store"

  static let everythingIfAny = """
    \(everything) AND (EXISTS (SELECT 1 FROM temp.affected a JOIN subject s ON s.id = a.subject WHERE s.store = :store)
      OR EXISTS (SELECT 1 FROM temp.touched_file t JOIN file f ON f.id = t.file WHERE f.store = :store))
    """

  /// Whether `column` lies in a folder that changed as a whole.
  private static func below(_ column: String) -> String {
    "EXISTS (SELECT 1 FROM temp.touched_folder t WHERE \(column) > t.path || '/' AND \(column) < t.path || '0')"
  }

  static let seeds = [
    // Its own record, or something in its folder.
    """
    INSERT OR IGNORE INTO temp.affected
    SELECT id FROM subject WHERE store = :store AND kind <> 'store' AND (path IN temp.touched OR \(below("path")))
    UNION SELECT id FROM subject WHERE store = :store AND kind IN ('model', 'version', 'alias') AND path IN temp.above
    -- Aliases of one model are judged by each other and by the versions that were promoted before.
    UNION SELECT a.subject FROM alias a JOIN subject m ON m.id = a.model WHERE m.store = :store AND m.path IN temp.above
    -- Versions are judged by the records in the model's folder, and by the names beside theirs: when a folder is gone
    -- there, nobody knows any more which name it had in common with others.
    UNION SELECT v.subject FROM version v JOIN subject m ON m.id = v.model WHERE m.store = :store AND m.path IN temp.above
      AND (m.path IN temp.beside OR EXISTS (
        SELECT 1 FROM temp.above p WHERE p.path > m.path || '/' AND p.path < m.path || '0'
          AND instr(substr(p.path, length(m.path) + 2), '/') = 0
          AND NOT EXISTS (SELECT 1 FROM subject q WHERE q.store = :store AND q.path = p.path)))
    UNION SELECT w.subject FROM version v JOIN subject s ON s.id = v.subject JOIN version w ON w.model = v.model
      AND (w.rank = v.rank OR lower(w.name) = lower(v.name)) WHERE s.store = :store AND s.path IN temp.above
    UNION SELECT r.subject FROM run r JOIN subject s ON s.id = r.subject
      WHERE s.store = :store AND (r.folder IN temp.beside OR r.path IN temp.mentioning)
    UNION SELECT d.dataset FROM dataset_document d JOIN subject s ON s.id = d.dataset
      WHERE s.store = :store AND (d.path IN temp.touched OR d.path IN temp.mentioning OR \(below("d.path"))
        OR rtrim(rtrim(d.path, replace(d.path, '/', '')), '/') IN temp.beside)
    """,
    // An alias that moved weighs what it reached before and reaches now: some version of the model, and what that stands on.
    """
    INSERT OR IGNORE INTO temp.affected
    WITH RECURSIVE edges AS MATERIALIZED (SELECT child_id, parent_id FROM lineage WHERE parent_id IS NOT NULL),
    below (subject) AS (
      SELECT v.subject FROM version v JOIN subject m ON m.id = v.model WHERE m.store = :store AND m.path IN temp.beside
      UNION SELECT e.parent_id FROM below b JOIN edges e ON e.child_id = b.subject
    ) SELECT subject FROM below
    """,
    // Files that changed, and those of which another digest is claimed.
    """
    INSERT OR IGNORE INTO temp.touched_file
    SELECT id FROM file WHERE store = :store AND (path IN temp.touched OR path IN temp.former_file
      OR form = 'directory' AND path IN temp.above OR \(below("path")))
    UNION SELECT c.file FROM claim c JOIN file f ON f.id = c.file
      WHERE f.store = :store AND (c.document IN temp.touched OR \(below("c.document")))
    UNION SELECT a.file FROM artifact a JOIN subject s ON s.id = a.subject
      WHERE s.store = :store AND a.subject IN (SELECT v.subject FROM version v JOIN subject w ON w.id = v.subject
        WHERE EXISTS (SELECT 1 FROM temp.touched t WHERE t.path LIKE '%sum%'
          -- What stands before its last slash is a folder, and lists speak of all below theirs.
          AND substr(w.path || '/', 1, length(rtrim(t.path, replace(t.path, '/', ''))))
            = rtrim(t.path, replace(t.path, '/', ''))))
    """,
    """
    INSERT OR IGNORE INTO temp.affected
    SELECT subject FROM artifact WHERE file IN (SELECT file FROM temp.touched_file) OR document IN temp.touched
      AND subject IN (SELECT id FROM subject WHERE store = :store)
    UNION SELECT dataset FROM dataset_file WHERE file IN (SELECT file FROM temp.touched_file)
    UNION SELECT subject FROM dataset WHERE file IN (SELECT file FROM temp.touched_file)
    UNION SELECT run FROM run_requirements WHERE file IN (SELECT file FROM temp.touched_file)
    UNION SELECT run FROM config WHERE file IN (SELECT file FROM temp.touched_file)
    UNION SELECT subject FROM run WHERE log_file IN (SELECT file FROM temp.touched_file)
    UNION SELECT m.run FROM metric_beside m JOIN subject s ON s.id = m.run
      WHERE s.store = :store AND m.path IN temp.touched
    UNION SELECT m.subject FROM metric m JOIN subject s ON s.id = m.subject
      WHERE s.store = :store AND m.path IN temp.touched
    UNION SELECT r.subject FROM run r JOIN subject s ON s.id = r.subject WHERE s.store = :store AND r.environment IN (
      SELECT environment FROM requirement WHERE path IN temp.touched
      UNION SELECT environment FROM image WHERE path IN temp.touched
      UNION SELECT environment FROM python_pin WHERE path IN temp.touched
      UNION SELECT environment FROM install WHERE path IN temp.touched)
    """,
    // Who is named as changed records are, or were: names are given by path, and references go by name.
    """
    INSERT OR IGNORE INTO temp.affected
    SELECT r.subject FROM run r JOIN subject s ON s.id = r.subject WHERE s.store = :store AND (
      r.run_id IN temp.former_run OR r.parent_run IN temp.former_run
      OR r.run_id IN (SELECT q.run_id FROM run q WHERE q.path IN temp.touched)
      OR r.parent_run IN (SELECT q.run_id FROM run q WHERE q.path IN temp.touched))
    UNION SELECT v.subject FROM version v JOIN model m ON m.subject = v.model JOIN subject s ON s.id = v.subject
      JOIN temp.former_version f ON f.model = m.name AND f.version = v.name WHERE s.store = :store
    UNION SELECT u.run FROM dataset_use u JOIN subject s ON s.id = u.run WHERE s.store = :store AND (
      u.manifest IN temp.touched OR u.manifest IN temp.former_manifest OR u.name IN temp.former_dataset
      OR u.name IN (SELECT d.name FROM dataset d JOIN dataset_document p ON p.dataset = d.subject
        WHERE p.path IN temp.touched))
    UNION SELECT d.subject FROM dataset d JOIN subject s ON s.id = d.subject WHERE s.store = :store AND (
      d.name IN temp.former_dataset OR d.name IN (SELECT e.name FROM dataset e JOIN dataset_document p
        ON p.dataset = e.subject WHERE p.path IN temp.touched))
    """,
    // What could not be read is the store's.
    """
    INSERT OR IGNORE INTO temp.affected SELECT s.id FROM subject s JOIN problem p ON p.store = s.store
    WHERE s.store = :store AND s.kind = 'store' AND (p.path IN temp.above OR \(below("p.path")))
    """,
  ]

  static let conclusion = [
    """
    CREATE TEMP TABLE stands_on AS SELECT DISTINCT parent_id AS parent, child_id AS child FROM lineage
    WHERE parent_id IS NOT NULL
    """,
    "CREATE INDEX temp.stands_on_parent ON stands_on (parent)",
    """
    INSERT OR IGNORE INTO temp.affected
    WITH RECURSIVE above (subject) AS (
      SELECT subject FROM temp.affected
      UNION SELECT o.child FROM above a JOIN temp.stands_on o ON o.parent = a.subject
    ) SELECT subject FROM above
    """,
    "UPDATE subject SET judged = 0 WHERE id NOT IN (SELECT subject FROM temp.affected)",
    "DROP TABLE temp.stands_on", "DROP TABLE temp.affected",
  ]
}
