import GRDB
import Records

/// What settling results asks of the facts, once for all rules.
package struct SubjectFacts: Sendable {
  private let database: AuditDatabase

  package init(_ database: AuditDatabase) { self.database = database }

  /// Gives every subject but waivers to `body`, in no order.
  package func forEachSubject(_ body: (Int64, SubjectKind, String) throws -> Void) throws {
    try database.read { db in
      let rows = try StatementRows(db, "SELECT id, kind, name FROM subject WHERE kind <> 'waiver'")
      while try rows.next() {
        guard let id = rows.integer(0), let kind = rows.text(1).flatMap(SubjectKind.init) else { continue }
        try body(id, kind, rows.text(2) ?? "")
      }
    }
  }

  /// Names of the aliases that reach a subject, without their model, by subject id.
  package func aliases() throws -> [Int64: [String]] {
    try database.read { db in
      var names: [Int64: [String]] = [:]
      let rows = try StatementRows(
        db, "SELECT DISTINCT c.subject, a.name FROM reach c JOIN alias a ON a.subject = c.alias ORDER BY 1, 2")
      while try rows.next() { names[rows.integer(0) ?? 0, default: []].append(rows.text(1) ?? "") }
      return names
    }
  }

  package func aliasNames() throws -> Set<String> {
    try database.read { db in Set(try String.fetchAll(db, sql: "SELECT DISTINCT name FROM alias")) }
  }

  /// Whether this scan read any file, so that digests can be told.
  package func hasReadFiles() throws -> Bool {
    try database.read { db in
      try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM observation WHERE sha256 IS NOT NULL)") ?? false
    }
  }

  /// Subjects with a file of one of `digests`, by `algorithm:hex`: what a version, run or dataset declares or uses, and
  /// for an alias, what its version does.
  package func owners(of digests: Set<Digest>) throws -> [String: Set<Int64>] {
    guard !digests.isEmpty else { return [:] }
    let hexes = Set(digests.map(\.hex)).sorted()
    let marks = databaseQuestionMarks(count: hexes.count)
    return try database.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          WITH seen (file, digest) AS MATERIALIZED (
            SELECT file, 'sha256:' || sha256 FROM observation WHERE sha256 IN (\(marks))
            UNION SELECT file, algorithm || ':' || digest FROM observed_digest
            -- What a pointer states was not read.
            WHERE digest IN (\(marks)) AND definition <> 'pointer'
          ), owned (subject, digest) AS MATERIALIZED (
            SELECT o.subject, s.digest FROM seen s JOIN artifact o ON o.file = s.file
            UNION SELECT o.dataset, s.digest FROM seen s JOIN dataset_file o ON o.file = s.file
            UNION SELECT o.subject, s.digest FROM seen s JOIN dataset o ON o.file = s.file
            UNION SELECT o.run, s.digest FROM seen s JOIN run_requirements o ON o.file = s.file
            UNION SELECT o.run, s.digest FROM seen s JOIN config o ON o.file = s.file
          )
          SELECT subject, digest FROM owned
          UNION SELECT a.subject, o.digest FROM owned o JOIN alias a ON a.version = o.subject
          """, arguments: StatementArguments(hexes) + StatementArguments(hexes))
      var owners: [String: Set<Int64>] = [:]
      while let row = try rows.next() { owners[row[1], default: []].insert(row[0]) }
      return owners
    }
  }
}

/// Looks single subjects up.
package struct SubjectLookup {
  private let database: AuditDatabase

  package init(_ database: AuditDatabase) { self.database = database }

  package func subject(_ id: Int64) throws -> Subject {
    try database.read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT t.name, s.kind, s.name FROM subject s JOIN store t ON t.id = s.store WHERE s.id = ?")
      let row = try Row.fetchOne(statement, arguments: [id])
      let kind: String = row?[1] ?? ""
      return Subject(store: row?[0] ?? "", kind: SubjectKind(rawValue: kind) ?? .store, name: row?[2] ?? "")
    }
  }

  /// Whether a registered version reaches the subject.
  package func isPublished(_ id: Int64) throws -> Bool {
    try database.read { db in
      let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM publication WHERE subject = ?)")
      return try Bool.fetchOne(statement, arguments: [id]) ?? false
    }
  }

  /// Whether any store has a subject of this kind and name.
  package func exists(_ kind: SubjectKind, _ name: String) throws -> Bool {
    try database.read { db in
      let statement = try db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM subject WHERE name = ? AND kind = ?)")
      return try Bool.fetchOne(statement, arguments: [name, kind.rawValue]) ?? false
    }
  }

  /// Whether this scan judged a subject of this kind and name.
  package func isJudged(_ kind: SubjectKind, _ name: String) throws -> Bool {
    try database.read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM subject WHERE name = ? AND kind = ? AND judged)")
      return try Bool.fetchOne(statement, arguments: [name, kind.rawValue]) ?? false
    }
  }
}
