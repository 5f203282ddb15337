import GRDB
import Records

/// Published versions that an earlier complete scan with the same database found, and this one does not: whole, so that
/// no fact of this scan speaks of them. They are missed until they are back or retired.
package struct VanishedVersions {
  private let database: AuditDatabase

  package init(_ database: AuditDatabase) { self.database = database }

  /// Fills `vanished_version` and `earlier_scan`; `isExamined` says of a store's path whether the policy lets a scan look there.
  ///
  /// A database that is not kept has no earlier scan.
  package func write(isExamined: @escaping (_ path: String) -> Bool) throws {
    guard database.isKept else { return }
    try database.writer.write { db in
      for step in Self.steps { try db.execute(sql: step) }
      let paths = try String.fetchAll(db, sql: "SELECT DISTINCT path FROM vanished_version")
      // What the policy leaves out now was looked at under another one.
      for path in paths where !isExamined(path) {
        try db.execute(sql: "DELETE FROM vanished_version WHERE path = ?", arguments: [path])
      }
    }
  }

  static let gaps = Problem.Kind.allCases.filter(\.leavesGap).map { "'\($0.rawValue)'" }.joined(separator: ", ")

  /// The last complete scan of before that a row of the past held for.
  private static func lastScan(before end: String) -> String {
    "(SELECT max(s.id) FROM scan s WHERE s.finished AND s.selection IS NULL AND (\(end) IS NULL OR s.id < \(end)))"
  }

  private static let steps = [
    // A store is known by its name, as in all that is kept. Another directory of that name holds none of its versions, and
    // what another reader calls versions are others.
    """
    INSERT INTO earlier_scan (store, scan)
    WITH past AS (
      SELECT id, kind, path, valid_to, max(rowid) FROM history_store WHERE id IN (SELECT id FROM store) GROUP BY id
    )
    SELECT t.id, \(lastScan(before: "p.valid_to")) AS scan FROM past p JOIN store t ON t.id = p.id AND t.kind = p.kind
    WHERE scan IS NOT NULL AND (t.path = p.path OR EXISTS (
      SELECT 1 FROM history_subject h CROSS JOIN subject s ON s.id = h.id WHERE h.kind = 'version' AND h.store = t.id))
    """,
    """
    INSERT OR IGNORE INTO vanished_version (subject, model, version, name, path, scan, doubt)
    WITH past AS MATERIALIZED ( -- each as it was last
      SELECT h.id, h.store, h.name, h.path, h.valid_to, max(h.rowid)
      FROM history_subject h WHERE h.kind = 'version' AND h.store IN (SELECT store FROM earlier_scan) GROUP BY h.id
    ),
    gone AS MATERIALIZED (SELECT * FROM past p WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.subject = p.id)),
    named AS MATERIALIZED (
      SELECT g.*, v.name AS version, v.model AS model_id, max(v.rowid)
      FROM history_version v CROSS JOIN gone g ON g.id = v.subject GROUP BY g.id
    ),
    told AS (
      SELECT n.*, (SELECT h.name FROM history_subject h WHERE h.id = n.model_id AND h.kind = 'model'
        ORDER BY h.rowid DESC LIMIT 1) AS model
      FROM named n
    ),
    missed AS (
      SELECT t.*, (SELECT s.id FROM subject s WHERE s.store = t.store AND s.kind = 'model' AND s.name = t.model) AS present
      FROM told t WHERE t.model IS NOT NULL
    )
    SELECT coalesce(m.present, (SELECT s.id FROM subject s WHERE s.store = m.store AND s.kind = 'store')),
      m.model, m.version, m.name, m.path, \(lastScan(before: "m.valid_to")),
      -- What could not be read may hold it: itself, what is above it, or what lies in it.
      (SELECT min(p.path || ': ' || p.message) FROM problem p WHERE p.store = m.store AND p.kind IN (\(gaps))
        AND (p.path IN ('', '.', m.path) OR m.path > p.path || '/' AND m.path < p.path || '0'
          OR p.path > m.path || '/' AND p.path < m.path || '0'))
    FROM missed m
    -- Of two of one name the other one may be left, and goes by that name now.
    WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.model = m.present AND v.name = m.version)
      AND coalesce((SELECT p.action FROM promotion p WHERE p.model = m.present AND p.version_name = m.version
        AND p.action IN ('retire', 'restore') ORDER BY p.id DESC LIMIT 1), 'restore') <> 'retire'
    ORDER BY m.store, m.name
    """,
  ]
}
