import Records

/// How the states of files go from one scan to the next; `?1` is the scan that ends.
enum FileMemorySteps {
  static let all = [
    // States of before that were not looked at. Nearly always there are none, and counting is quicker than to look for them.
    "CREATE TEMP TABLE unread (state INTEGER PRIMARY KEY)",
    """
    INSERT INTO temp.unread SELECT id FROM history_file_state
    WHERE valid_to IS NULL AND (SELECT count(*) FROM history_file_state WHERE valid_to IS NULL)
        > (SELECT count(*) FROM temp.remembered)
      AND store IN (SELECT id FROM store) AND id NOT IN (SELECT state FROM temp.remembered)
    """,
    // Files whose bytes are no good state: something speaks against them, or they stand for other bytes.
    "CREATE TEMP TABLE held (file INTEGER PRIMARY KEY)",
    """
    INSERT OR IGNORE INTO temp.held SELECT file FROM file_check
    WHERE verdict NOT IN ('matched', 'unclaimed', 'malformed-claim', 'unknown-definition', 'contradicted')
      AND NOT (claim IS NULL AND verdict = 'edited')
    """,
    // Work that nobody published may change; what is published stays changed, even if its record agrees.
    "INSERT OR IGNORE INTO temp.held SELECT file FROM file_change WHERE published",
    "INSERT OR IGNORE INTO temp.held SELECT file FROM observed_digest WHERE definition = 'pointer'",
    """
    UPDATE history_file_state SET valid_to = ?1 WHERE id IN (
      SELECT r.state FROM temp.remembered r CROSS JOIN observation o ON o.file = r.file
      WHERE (r.content IS NULL OR r.content = 'other') AND o.state = 'present'
        AND r.file NOT IN (SELECT file FROM temp.held))
    """,
    // What no record names any more; where a record could not be read, nobody knows what it names. A store that was not
    // scanned keeps its states.
    """
    UPDATE history_file_state SET valid_to = ?1
    WHERE id IN (SELECT state FROM temp.unread)
      AND store NOT IN (SELECT store FROM problem WHERE kind IN (\(gaps)))
    """,
    """
    UPDATE history_file_state
    SET modified = now.modified, changed = now.changed, inode = now.inode, tabular = coalesce(now.tabular, history_file_state.tabular)
    FROM (
      SELECT r.state, o.modified, o.changed, o.inode, o.tabular
      FROM temp.remembered r JOIN observation o ON o.file = r.file
      WHERE r.content = 'touched' AND o.read_at IS NULL
    ) now WHERE now.state = history_file_state.id
    """,
    """
    INSERT INTO history_file_state (store, path, size, modified, sha256, others, valid_from, changed, inode, tabular)
    SELECT f.store, f.path, o.size, o.modified, o.sha256, \(ReadingProgress.others), ?1, o.changed, o.inode, o.tabular
    FROM observation o CROSS JOIN file f ON f.id = o.file
    WHERE o.state = 'present' AND NOT EXISTS (
        SELECT 1 FROM temp.remembered r WHERE r.file = o.file AND r.content IN ('same', 'touched'))
      AND o.file NOT IN (SELECT file FROM temp.held)
    """,
    "CREATE TEMP TABLE carrying (store INTEGER PRIMARY KEY)",
    """
    INSERT INTO temp.carrying SELECT DISTINCT f.store FROM observation o JOIN file f ON f.id = o.file
    WHERE o.read_at IS NOT NULL
    """,
    // When the states that stand were last found: of most files, now.
    "CREATE TEMP TABLE unconfirmed (state INTEGER PRIMARY KEY)",
    """
    INSERT INTO temp.unconfirmed SELECT r.state FROM temp.remembered r JOIN history_file_state h ON h.id = r.state
    WHERE (r.content IS NULL OR r.content = 'other') AND h.valid_to IS NULL
    """,
    """
    INSERT OR IGNORE INTO temp.unconfirmed SELECT u.state FROM temp.unread u JOIN history_file_state h ON h.id = u.state
    WHERE h.valid_to IS NULL
    """,
    """
    DELETE FROM history_verification WHERE state NOT IN (SELECT state FROM temp.unconfirmed) AND NOT EXISTS (
      SELECT 1 FROM history_file_state h WHERE h.id = history_verification.state AND h.valid_to IS NULL
        AND (h.store NOT IN (SELECT id FROM store) OR h.store IN (SELECT store FROM temp.carrying)))
    """,
    """
    INSERT OR IGNORE INTO history_verification (state, scan)
    SELECT u.state, s.scan FROM temp.unconfirmed u JOIN history_file_state h ON h.id = u.state
    JOIN history_store_scan s ON s.store = h.store
    """,
    // Where not everything was read, what was has a time of its own, and that of the others stands.
    """
    INSERT OR REPLACE INTO history_verification (state, scan)
    SELECT r.state, ?1 FROM temp.carrying c CROSS JOIN file f ON f.store = c.store
    CROSS JOIN observation o ON o.file = f.id AND o.read_at IS NULL
    CROSS JOIN temp.remembered r ON r.file = f.id AND r.content IN ('same', 'touched')
    -- By a scan that was killed, and is taken up by this one.
    UNION SELECT r.state, s.id FROM temp.carrying c CROSS JOIN file f ON f.store = c.store
    CROSS JOIN observation o ON o.file = f.id AND o.read_at IS NOT NULL
    CROSS JOIN temp.remembered r ON r.file = f.id AND r.content IN ('same', 'touched')
    JOIN (SELECT now, max(id) AS id FROM scan GROUP BY now) s ON s.now = o.read_at
      AND s.id IS NOT (SELECT g.scan FROM history_store_scan g WHERE g.store = c.store)
    UNION SELECT h.id, coalesce((SELECT max(s.id) FROM scan s WHERE s.now = o.read_at), ?1)
    FROM temp.carrying c CROSS JOIN history_file_state h ON h.store = c.store AND h.valid_from = ?1 AND h.valid_to IS NULL
    JOIN file f ON f.path = h.path AND f.store = h.store JOIN observation o ON o.file = f.id
    """,
    """
    INSERT OR REPLACE INTO history_store_scan (store, scan)
    SELECT id, ?1 FROM store WHERE id NOT IN (SELECT store FROM temp.carrying)
    """,
    // What was found wrong is read in every scan until it is well; what this one did not look at is as it was.
    """
    DELETE FROM history_held WHERE store IN (SELECT id FROM store) AND (
      EXISTS (
        SELECT 1 FROM file f JOIN observation o ON o.file = f.id WHERE f.store = history_held.store
          AND f.path = history_held.path AND o.state NOT IN ('not-read', 'unreachable', 'outside'))
      OR store NOT IN (SELECT store FROM problem WHERE kind IN (\(gaps))) AND NOT EXISTS (
        SELECT 1 FROM file f WHERE f.store = history_held.store AND f.path = history_held.path))
    """,
    """
    INSERT OR IGNORE INTO history_held (store, path)
    SELECT f.store, f.path FROM temp.held h CROSS JOIN file f ON f.id = h.file JOIN observation o ON o.file = h.file
    WHERE o.state NOT IN ('not-read', 'unreachable', 'outside')
    """,
    // A scan of other stores, or one that read nothing, leaves what was killed to be taken up.
    """
    DELETE FROM history_progress WHERE store IN (
        SELECT f.store FROM observation o JOIN file f ON f.id = o.file WHERE o.state = 'present')
      OR scan NOT IN (SELECT id FROM scan
        WHERE julianday((SELECT now FROM current)) - julianday(now) BETWEEN 0 AND \(ReadingPlan.resumableDays))
    """,
    """
    DROP TABLE temp.unread; DROP TABLE temp.carrying; DROP TABLE temp.held; DROP TABLE temp.unconfirmed; DROP TABLE temp.remembered
    """,
  ]

  private static let gaps = Problem.Kind.allCases.filter(\.leavesGap).map { "'\($0.rawValue)'" }
    .joined(separator: ", ")
}
