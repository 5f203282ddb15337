import GRDB

/// The last good state of each file, kept between scans: what was found where nothing spoke against it.
///
/// A state is an interval of `history_file_state`; reading the same bytes again adds no row. When a file was last found
/// in its state is apart from it: by the last complete scan of its store, unless `history_verification` says otherwise.
/// A file that is not as it should be keeps the state of before, so that it stays wrong until it is mended.
struct FileMemory {
  let db: Database

  static func prepare(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS history_file_state (
          id INTEGER PRIMARY KEY, store INTEGER NOT NULL, path TEXT NOT NULL, size INTEGER, modified INTEGER,
          sha256 TEXT, others TEXT, valid_from INTEGER NOT NULL, valid_to INTEGER,
          changed INTEGER, inode INTEGER, tabular TEXT);
        CREATE TABLE IF NOT EXISTS history_verification (state INTEGER PRIMARY KEY, scan INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS history_store_scan (store INTEGER PRIMARY KEY, scan INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS history_held (
          store INTEGER NOT NULL, path TEXT NOT NULL, PRIMARY KEY (store, path)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS history_progress (
          store INTEGER NOT NULL, path TEXT NOT NULL, size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER,
          sha256 TEXT, others TEXT, tabular TEXT, scan INTEGER NOT NULL, PRIMARY KEY (store, path)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS history_reading (
          scan INTEGER PRIMARY KEY, files INTEGER NOT NULL, bytes INTEGER NOT NULL, seconds REAL NOT NULL)
        """)
    let columns = Set(try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('history_file_state')"))
    for column in ["changed INTEGER", "inode INTEGER", "tabular TEXT"]
    where !columns.contains(String(column.prefix { $0 != " " })) {
      try db.execute(sql: "ALTER TABLE history_file_state ADD COLUMN \(column)")
    }
  }

  /// Holds what was read now against the last good states, and says more of the checks than claims alone can.
  func compare() throws { for step in Self.comparison { try db.execute(sql: step) } }

  /// The scan that last found the state `h` as it is.
  static let lastFound = """
    (SELECT now FROM scan WHERE id = coalesce(
      (SELECT scan FROM history_verification WHERE state = h.id),
      (SELECT scan FROM history_store_scan WHERE store = h.store)))
    """

  private static let digest = digest(of: "h")

  /// What the state `h` is called by: its SHA-256, or else the first of its other digests.
  static func digest(of h: String) -> String {
    """
    coalesce('sha256:' || \(h).sha256,
      replace(substr(\(h).others, 1, instr(\(h).others || char(10), char(10)) - 1), '/:', ':'))
    """
  }

  /// Same bytes; where the file system says otherwise than before, that is to be noted.
  private static let same = """
    CASE WHEN o.modified IS h.modified AND o.changed IS h.changed AND o.inode IS h.inode
      AND (o.tabular IS NULL OR o.tabular IS h.tabular) THEN 'same' ELSE 'touched' END
    """

  private static let comparison = [
    "DROP TABLE IF EXISTS temp.remembered",
    // `content`: same, touched (the same bytes, another time), other, or NULL where nothing could be compared.
    "CREATE TEMP TABLE remembered (file INTEGER PRIMARY KEY, state INTEGER NOT NULL, content TEXT)",
    """
    INSERT INTO temp.remembered (file, state, content)
    SELECT f.id, h.id, CASE
        WHEN o.sha256 = h.sha256 THEN \(same)
        WHEN o.sha256 <> h.sha256 THEN 'other'
        WHEN h.others IS NULL OR o.file IS NULL THEN NULL
        WHEN EXISTS (SELECT 1 FROM observed_digest d WHERE d.file = f.id
          AND instr(h.others, d.algorithm || '/' || d.definition || ':' || d.digest)) THEN \(same)
        WHEN EXISTS (SELECT 1 FROM observed_digest d WHERE d.file = f.id
          AND instr(h.others, d.algorithm || '/' || d.definition || ':')) THEN 'other'
      END
    FROM history_file_state h CROSS JOIN file f ON f.path = h.path AND f.store = h.store
    LEFT JOIN observation o ON o.file = f.id
    WHERE h.valid_to IS NULL
    """,
    """
    INSERT INTO file_change (file, found_before, found_at, published)
    SELECT r.file, \(digest), \(lastFound),
      -- Records, lists and notes about a version are mended; the bytes it is made of are not.
      EXISTS (SELECT 1 FROM artifact a JOIN publication p ON p.subject = a.subject WHERE a.file = r.file
        AND a.role NOT IN ('record', 'checksum', 'log', 'folder')) AND lower(h.path) NOT LIKE '%.md'
      OR EXISTS (SELECT 1 FROM dataset_file m JOIN publication p ON p.subject = m.dataset WHERE m.file = r.file)
      OR EXISTS (SELECT 1 FROM dataset d JOIN publication p ON p.subject = d.subject WHERE d.file = r.file)
    FROM temp.remembered r JOIN history_file_state h ON h.id = r.state WHERE r.content = 'other'
    """,
    """
    UPDATE file_check SET verdict = told.verdict, message = told.message
    FROM (
      SELECT k.rowid AS row,
        CASE
          WHEN k.claim IS NULL AND EXISTS (SELECT 1 FROM observed_digest d
            WHERE d.file = k.file AND d.definition = 'pointer' AND d.digest = h.sha256) THEN 'pointer'
          -- The bytes are those of before, so that it is the record that changed.
          WHEN r.content <> 'other' THEN 'claim-altered'
          WHEN k.verdict IN ('swapped', 'truncated') THEN k.verdict
          WHEN k.claim IS NOT NULL AND o.size < h.size THEN 'truncated'
          WHEN o.size = h.size AND o.modified = h.modified THEN 'corrupted'
          ELSE 'edited'
        END AS verdict,
        CASE
          WHEN k.verdict = 'swapped' AND r.content = 'other' THEN k.message
          WHEN r.content <> 'other' THEN 'its bytes are what the scan of ' || \(lastFound) || ' found'
          WHEN \(digest) = (SELECT c.algorithm || ':' || c.digest FROM claim c WHERE c.id = k.claim)
            THEN 'it was as recorded in the scan of ' || \(lastFound)
          ELSE 'the scan of ' || \(lastFound) || ' found ' || \(digest)
        END AS message
      FROM file_check k CROSS JOIN temp.remembered r ON r.file = k.file
      JOIN history_file_state h ON h.id = r.state JOIN observation o ON o.file = k.file
      WHERE r.content IS NOT NULL AND (k.verdict IN ('mismatched', 'truncated', 'swapped')
        OR k.verdict = 'unclaimed' AND k.file IN (SELECT file FROM file_change))
    ) told WHERE told.row = file_check.rowid
    """,
    // What was not read now was read some time.
    """
    UPDATE file_check SET verified_at = past.found_at
    FROM (
      SELECT k.rowid AS row, \(lastFound) AS found_at FROM file_check k CROSS JOIN temp.remembered r ON r.file = k.file
      JOIN history_file_state h ON h.id = r.state WHERE k.verified_at IS NULL
    ) past WHERE past.row = file_check.rowid
    """,
  ]

  /// Keeps the states that a complete scan found, for the next one.
  func keep(scan: Int64) throws {
    guard try Self.isCompared(db) else { return }
    for step in FileMemorySteps.all { try db.execute(sql: step, arguments: step.contains("?1") ? [scan] : []) }
  }

  /// Whether this connection holds what `compare` found.
  private static func isCompared(_ db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = 'remembered')") == true
  }
}
