import GRDB

/// How many files of each store no record states a digest of.
package enum UnclaimedFiles {
  /// By the store's name; stores without such files are absent.
  package static func counts(_ database: AuditDatabase) throws -> [String: Int] {
    try database.writer.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT t.name, count(*) FROM file_check k JOIN file f ON f.id = k.file JOIN store t ON t.id = f.store
          JOIN observation o ON o.file = f.id
          WHERE k.claim IS NULL AND o.state = 'present' GROUP BY t.name
          """)
      return Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }, uniquingKeysWith: +)
    }
  }
}
