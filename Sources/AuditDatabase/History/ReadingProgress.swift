import GRDB

/// What a scan that was killed had read, so that the next one goes on from there.
struct ReadingProgress {
  let db: Database

  /// The digests of the file `o.file` other than SHA-256, one a line, as `history_file_state` keeps them.
  static let others = """
    (SELECT group_concat(line, char(10)) FROM (
      SELECT algorithm || '/' || definition || ':' || digest AS line FROM observed_digest d WHERE d.file = o.file
      ORDER BY algorithm, definition))
    """

  /// Saves it before the facts make room. What an older scan left stays beside it until a scan ends.
  func keep() throws {
    let last = try Row.fetchOne(db, sql: "SELECT id, finished FROM scan ORDER BY id DESC LIMIT 1")
    guard let last, last[1] == 0 else { return }
    // A pointer stands for other bytes, and is small.
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO history_progress
          (store, path, size, modified, changed, inode, sha256, others, tabular, scan)
        SELECT f.store, f.path, o.size, o.modified, o.changed, o.inode, o.sha256, \(Self.others), o.tabular, ?
        FROM observation o JOIN file f ON f.id = o.file
        WHERE o.state = 'present' AND o.read_at IS NULL AND o.message IS NULL
        """, arguments: [last[0] as Int64])
  }
}
