/// The SQL of a reading plan.
extension ReadingPlan {
  static let tables = ["known", "progress", "staged", "candidate", "reading"]

  static let preparation = [
    tables.map { "DROP TABLE IF EXISTS temp.\($0)" }.joined(separator: ";"),
    """
    CREATE TEMP TABLE known (
      file INTEGER PRIMARY KEY, state INTEGER NOT NULL, answers INTEGER NOT NULL, size INTEGER, modified INTEGER,
      changed INTEGER, inode INTEGER, verified_at TEXT)
    """,
    """
    INSERT INTO temp.known
    -- What nobody knows the date of is read.
    SELECT f.id, h.id, (\(answers("h"))) AND \(FileMemory.lastFound) IS NOT NULL, h.size, h.modified, h.changed, h.inode,
      \(FileMemory.lastFound)
    FROM history_file_state h CROSS JOIN file f ON f.path = h.path AND f.store = h.store WHERE h.valid_to IS NULL
    """,
    """
    CREATE TEMP TABLE progress (
      file INTEGER PRIMARY KEY, answers INTEGER NOT NULL, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER)
    """,
    """
    INSERT INTO temp.progress
    SELECT f.id, \(answers("h")), h.size, h.modified, h.changed, h.inode
    FROM history_progress h CROSS JOIN file f ON f.path = h.path AND f.store = h.store
    JOIN scan s ON s.id = h.scan
    WHERE julianday((SELECT now FROM current)) - julianday(s.now) BETWEEN 0 AND \(resumableDays)
    """,
    "CREATE TEMP TABLE staged (file INTEGER PRIMARY KEY)",
    """
    INSERT OR IGNORE INTO temp.staged \(stagedFiles)
    """,
    "CREATE TEMP TABLE candidate (file INTEGER PRIMARY KEY, size INTEGER NOT NULL, rank INTEGER NOT NULL)",
    """
    CREATE TEMP TABLE reading (
      place INTEGER PRIMARY KEY, file INTEGER NOT NULL, size INTEGER NOT NULL, rank INTEGER NOT NULL)
    """,
  ]

  /// Files that an alias reaches.
  static let stagedFiles = SubjectFiles.select(of: "SELECT subject FROM reach")

  /// Whether the row `h` holds all that is asked of the file `f`, and every claim agrees with it: what does not agree is
  /// read before it is said. Without a time of change it was last read by a program that did not keep what was wrong.
  private static func answers(_ h: String) -> String {
    """
    \(h).changed IS NOT NULL AND (\(h).sha256 IS NOT NULL OR NOT (\(HashPlan.needsSHA256)))
    AND NOT EXISTS (
      SELECT 1 FROM claim c WHERE c.file = f.id AND c.digest IS NOT NULL AND c.definition IS NOT 'contradicted'
        AND NOT (f.form = 'directory' AND c.definition IS NULL)
        AND CASE WHEN c.algorithm = 'sha256' THEN \(h).sha256 IS NOT c.digest ELSE NOT instr(
          coalesce(\(h).others, ''), c.algorithm || '/' || coalesce(c.definition, '') || ':' || c.digest) END)
    AND NOT EXISTS (
      SELECT 1 FROM dataset d WHERE d.file = f.id AND d.format IS NOT NULL AND (\(h).tabular IS NULL
        OR d.schema_hash IS NOT NULL AND json_extract(\(h).tabular, '$.columns') IS NULL
          AND json_extract(\(h).tabular, '$.message') IS NULL))
    """
  }

  static let carrying = observing(
    from: "temp.known k ON k.file = c.file JOIN history_file_state h ON h.id = k.state",
    rank: .known, readAt: "k.verified_at")

  /// Where the killed scan had the clock of this one, it is as if this one had read it.
  static let resumption = observing(
    from: """
      file f ON f.id = c.file JOIN history_progress h ON h.store = f.store AND h.path = f.path
      JOIN scan s ON s.id = h.scan
      """, rank: .resumed, readAt: "nullif(s.now, (SELECT now FROM current))")

  private static func observing(from source: String, rank: Rank, readAt: String) -> String {
    let rows = """
      FROM temp.candidate c JOIN \(source)
      WHERE c.rank = \(rank.rawValue) AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.file = c.file)
      """
    // A line of `others` is `algorithm/definition:digits`; a definition may hold a colon, digits hold none.
    return """
      INSERT OR IGNORE INTO observed_digest (file, algorithm, definition, digest)
      SELECT file, substr(line, 1, slash - 1), substr(line, slash + 1, length(head) - slash - 1),
        substr(line, length(head) + 1)
      FROM (
        SELECT c.file, e.value AS line, rtrim(e.value, '0123456789abcdef') AS head, instr(e.value, '/') AS slash
        FROM (SELECT c.file, h.others \(rows) AND h.others IS NOT NULL) c,
          json_each('["' || replace(c.others, char(10), '","') || '"]') e
      );
      INSERT INTO observation (file, state, size, modified, sha256, changed, inode, tabular, read_at)
      SELECT c.file, 'present', h.size, h.modified, h.sha256, h.changed, h.inode, h.tabular, \(readAt) \(rows)
      """
  }
}
