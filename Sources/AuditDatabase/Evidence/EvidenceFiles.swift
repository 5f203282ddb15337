import GRDB

extension AuditDatabase {
  /// Gives every file that was looked for to `body` as one line of JSON, by store and path: its state, size and digests,
  /// and what its checks say.
  package func forEachEvidenceFile(_ body: (String) throws -> Void) throws {
    try reader().read { db in
      let lines = try String.fetchCursor(
        db,
        sql: """
          SELECT json_object('store', t.name, 'path', f.path, 'form', f.form, 'excluded', f.exclusion,
            'state', coalesce(o.state, 'not-read'), 'size', o.size, 'sha256', o.sha256,
            'digests', (SELECT json_group_array(d.text) FROM (
              SELECT CASE WHEN definition = '' THEN '' ELSE definition || ':' END || algorithm || ':' || digest AS text
              FROM observed_digest WHERE file = f.id ORDER BY algorithm, definition) d),
            'checks', (SELECT json_group_array(json(k.line)) FROM (
              SELECT json_object('claimed', (SELECT text FROM claim WHERE id = claim), 'found', found, 'verdict', verdict,
                'evidence', evidence, 'verified_at', verified_at) AS line
              FROM file_check WHERE file = f.id ORDER BY claim) k))
          FROM file f JOIN store t ON t.id = f.store LEFT JOIN observation o ON o.file = f.id
          ORDER BY t.name, f.path
          """)
      while let line = try lines.next() { try body(line) }
    }
  }
}
