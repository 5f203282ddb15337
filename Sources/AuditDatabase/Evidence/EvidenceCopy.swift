import GRDB

extension AuditDatabase {
  /// Writes facts, results and policy of the scan that ended into a new database at `path`, which needs nothing else.
  ///
  /// Of earlier scans it holds their entries in the ledger, and nothing that they found. What says where and when files
  /// lay on this machine's disk is left out: no rule reads it.
  package func writeEvidence(to path: String) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(
        sql: "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE")
    }
    let copy = try DatabaseQueue(path: path, configuration: configuration)
    try copy.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS scanned", arguments: [self.path])
      try db.inTransaction {
        try EvidenceSchema.make(db)
        try db.execute(sql: EvidenceSchema.identity)
        try db.execute(sql: EvidenceCopy.repositories)
        for table in try EvidenceTable.all(db) {
          try table.copy(from: "scanned", exchanging: EvidenceCopy.exchanged[table.name] ?? [:], db)
        }
        for step in EvidenceCopy.scans { try db.execute(sql: step) }
        return .commit
      }
      try db.execute(sql: "DETACH scanned; DROP TABLE temp.repository; \(FactResolution.analysis)")
    }
    try copy.close()
  }
}

/// What a pack has otherwise than the database of its scan.
private enum EvidenceCopy {
  /// Repositories are told apart by number: where they lie here is nobody's business.
  static let repositories = """
    CREATE TEMP TABLE repository (number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
    INSERT INTO temp.repository (path)
    SELECT repository_root FROM scanned.commit_claim WHERE repository_root IS NOT NULL
    UNION SELECT repository FROM scanned.commit_tree UNION SELECT repository FROM scanned.large_blob ORDER BY 1
    """

  private static func number(_ column: String) -> String {
    "(SELECT 'repository ' || n.number FROM temp.repository n WHERE n.path = t.\(column))"
  }

  static let exchanged = [
    "observation": ["modified": "NULL", "changed": "NULL", "inode": "NULL"],
    "commit_claim": ["repository_root": number("repository_root")],
    "commit_tree": ["repository": number("repository")],
    "large_blob": ["repository": number("repository")],
  ]

  static let scans = [
    """
    INSERT INTO main.scan (id, digest, now, policy, policy_digest, finished, tool, selection, found, figures, sources,
      ledger, kept, trusts)
    SELECT id, digest, now, policy, policy_digest, finished, tool, selection, found,
      CASE WHEN id = last.last THEN figures END, CASE WHEN id = last.last THEN sources END, ledger, kept, trusts
    FROM scanned.scan, (SELECT max(id) AS last FROM scanned.scan) last
    WHERE id = last.last OR ledger IS NOT NULL ORDER BY id
    """,
    """
    INSERT INTO main.policy_text (digest, text) SELECT digest, text FROM scanned.policy_text
    WHERE digest = (SELECT policy_digest FROM scanned.scan ORDER BY id DESC LIMIT 1)
    """,
    "INSERT INTO main.ledger SELECT * FROM scanned.ledger ORDER BY number",
  ]
}
