import GRDB

extension EvidenceDatabase {
  /// A database of our own with the facts of the pack, nothing judged; what follows from other facts is made again.
  ///
  /// Returns what came out otherwise than the pack has it, for people.
  package func facts() throws -> (database: AuditDatabase, differences: [String]) {
    let database = try AuditDatabase(path: nil)
    var comparison = EvidenceComparison()
    do {
      try database.writer.writeWithoutTransaction { db in
        try db.execute(sql: "ATTACH ? AS packed", arguments: [path])
        try db.inTransaction {
          try copy(db)
          try db.execute(sql: SchemaText.indexes)
          try derive(db, &comparison)
          return .commit
        }
        try db.execute(sql: "DETACH packed; \(FactResolution.analysis)")
      }
    } catch let error as DatabaseError {
      throw Fault("its facts cannot be taken: \(error.message ?? "\(error.resultCode)")")
    }
    return (database, comparison.differences)
  }

  private func copy(_ db: Database) throws {
    for table in try EvidenceTable.all(db) where !EvidenceTable.results.contains(table.name) {
      // What became of waivers is found out anew.
      let fresh = table.name == "waiver" ? ["subjects": "0", "binding": "'none'", "matched": "0"] : [:]
      try table.copy(from: "packed", exchanging: fresh, db)
    }
    try db.execute(
      sql: """
        INSERT INTO main.scan SELECT * FROM packed.scan ORDER BY id;
        UPDATE main.scan SET digest = NULL, figures = NULL, finished = 0 WHERE id = \(scan.number);
        INSERT INTO main.policy_text SELECT * FROM packed.policy_text;
        INSERT INTO main.ledger SELECT * FROM packed.ledger ORDER BY number
        """)
  }

  /// Links, reach and ranks follow from records, checks from claims and from what was read.
  private func derive(_ db: Database, _ comparison: inout EvidenceComparison) throws {
    try FactResolution.repeatSteps(db)
    for name in ["subject", "version", "dataset_use", "upstream", "reach", "publication"] {
      try comparison.compare(table: name, db)
    }
    try db.execute(sql: "DELETE FROM file_check")
    for step in CheckStatements.all { try db.execute(sql: step) }
    try comparison.compareChecks(hasMemory: entry != nil, db)
    // With what an earlier scan knew of the files, which is not in the pack.
    try db.execute(sql: "DELETE FROM file_check")
    try EvidenceTable(name: "file_check", db).copy(from: "packed", db)
    try db.execute(sql: "CREATE INDEX IF NOT EXISTS file_check_file ON file_check (file); DELETE FROM record_version")
    try RecordedVersions.resolve(db)
    try comparison.compare(table: "record_version", db)
  }

  /// Holds what was judged in `database` against what the pack says.
  package func compareResults(with database: AuditDatabase) throws -> [String] {
    var comparison = EvidenceComparison()
    try database.writer.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS packed", arguments: [path])
      defer { try? db.execute(sql: "DETACH packed") }
      try comparison.compareRuns(db)
      try comparison.compareResults(db)
      for table in ["cover", "waiver"] { try comparison.compare(table: table, db) }
      try comparison.compareScan(db)
    }
    return comparison.differences
  }

  /// Holds what the policy says against what the pack has it say to rules; `except` names tables that are left alone.
  package func comparePolicy(with database: AuditDatabase, except: Set<String>) throws -> [String] {
    var comparison = EvidenceComparison()
    try database.writer.writeWithoutTransaction { db in
      try db.execute(sql: "ATTACH ? AS packed", arguments: [path])
      defer { try? db.execute(sql: "DETACH packed") }
      for table in EvidenceTable.policy.subtracting(except).sorted() { try comparison.compare(table: table, db) }
    }
    return comparison.differences
  }
}

extension AuditDatabase {
  /// Takes away what the policy says to rules, so that it can be said anew.
  package func forgetPolicy(except: Set<String>) throws {
    try writer.write { db in
      for table in EvidenceTable.policy.subtracting(except).sorted() { try db.execute(sql: "DELETE FROM \(table)") }
    }
  }
}
