import GRDB
import Records

/// Everything that is known of one subject beside what the rules say.
package struct SubjectEvidence: Sendable {
  /// A subject by its place in one database.
  package struct Found: Sendable, Hashable {
    package let id: Int64
    package let subject: Subject
    /// The store's directory, as it was given.
    package let storePath: String
    package let path: String?
    package let line: Int?
    /// Whether the scan judged it.
    package let isJudged: Bool
  }

  /// A digest that a record states, and what re-hashing made of it.
  package struct Claim: Sendable, Hashable {
    package let text: String
    package let algorithm: String?
    package let document: String?
    package let line: Int?
    package let evidence: String
    package let verdict: String?
    package let found: String?
    package let verifiedAt: String?
    package let message: String?
  }

  /// A file that belongs to the subject.
  package struct File: Sendable, Hashable {
    package let path: String
    package let role: String
    package let location: String
    package let isDirectory: Bool
    package let state: String
    package let size: Int64?
    package let sha256: String?
    /// Why it was not read.
    package let message: String?
    /// When its bytes were read; earlier than the scan where that left it to memory.
    package let readAt: String?
    package var claims: [Claim]
  }

  /// A step of lineage; `other` is the parent or the child.
  package struct Relation: Sendable, Hashable {
    package let relation: String
    package let kind: String
    /// Nil for a gap without a name.
    package let other: String?
    /// Why there is no parent.
    package let gap: String?

    init(relation: String, kind: String, other: String?, gap: String?) {
      self.relation = relation
      self.kind = kind
      self.other = other
      self.gap = gap
    }
  }

  /// The commit that a run names, and the repository it was looked for in.
  package struct Commit: Sendable, Hashable {
    package let hash: String
    package let repository: String?
    package let resolution: String
  }

  package let files: [File]
  package let parents: [Relation]
  package let children: [Relation]
  /// Names of aliases, sorted.
  package let reaches: [String]
  package let commit: Commit?

  /// Every subject with this name, in report order.
  package static func find(_ name: String, in database: AuditDatabase) throws -> [Found] {
    try database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT s.id, t.name, s.kind, s.name, t.path, s.path, s.line, s.judged FROM subject s
          JOIN store t ON t.id = s.store WHERE s.name = ? ORDER BY s.position
          """, arguments: [name]
      ).map { row in
        let kind: String = row[2]
        return Found(
          id: row[0], subject: Subject(store: row[1], kind: SubjectKind(rawValue: kind) ?? .store, name: row[3]),
          storePath: row[4], path: row[5], line: row[6], isJudged: row[7])
      }
    }
  }

  package init(of subject: Int64, in database: AuditDatabase) throws {
    (files, parents, children, reaches, commit) = try database.read { db in
      (
        try Self.files(subject, db), try Self.relations(subject, db, areParents: true),
        try Self.relations(subject, db, areParents: false),
        try String.fetchAll(
          db, sql: "SELECT a.name FROM reach r JOIN subject a ON a.id = r.alias WHERE r.subject = ? ORDER BY a.name",
          arguments: [subject]),
        try Row.fetchOne(
          db, sql: "SELECT hash, repository_root, resolution FROM commit_claim WHERE run = ? AND hash IS NOT NULL",
          arguments: [subject]
        ).map { Commit(hash: $0[0], repository: $0[1], resolution: $0[2]) }
      )
    }
  }

  private static func files(_ subject: Int64, _ db: Database) throws -> [File] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT f.file_id, f.path, min(o.role), f.location, f.form = 'directory', f.state, f.size, f.sha256,
          coalesce(f.exclusion, f.message),
          (SELECT coalesce(b.read_at, (SELECT now FROM current)) FROM observation b WHERE b.file = f.file_id)
        FROM (
          SELECT file, role FROM artifact WHERE subject = ?1 UNION SELECT file, 'data' FROM dataset_file WHERE dataset = ?1
          UNION SELECT file, 'data' FROM dataset WHERE subject = ?1 AND file IS NOT NULL
          UNION SELECT file, 'requirements' FROM run_requirements WHERE run = ?1 AND file IS NOT NULL
          UNION SELECT file, 'config' FROM config WHERE run = ?1 AND file IS NOT NULL
          UNION SELECT log_file, 'log' FROM run WHERE subject = ?1 AND log_file IS NOT NULL
        ) o JOIN files f ON f.file_id = o.file GROUP BY f.file_id ORDER BY f.path
        """, arguments: [subject])
    return try rows.map { row in
      File(
        path: row[1], role: row[2], location: row[3], isDirectory: row[4], state: row[5], size: row[6], sha256: row[7],
        message: row[8], readAt: row[9], claims: try claims(row[0], db))
    }
  }

  private static func claims(_ file: Int64, _ db: Database) throws -> [Claim] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.text, c.algorithm, c.document, c.line, c.evidence, k.verdict, k.found, k.verified_at, k.message
          FROM claim c LEFT JOIN file_check k ON k.claim = c.id AND k.file = c.file WHERE c.file = ?
          ORDER BY c.document, c.line, c.text
          """), arguments: [file]
    ).map {
      Claim(
        text: $0[0], algorithm: $0[1], document: $0[2], line: $0[3], evidence: $0[4], verdict: $0[5], found: $0[6],
        verifiedAt: $0[7], message: $0[8])
    }
  }

  private static func relations(_ subject: Int64, _ db: Database, areParents: Bool) throws -> [Relation] {
    let (own, other, kind) =
      areParents ? ("child_id", "parent_id", "parent_kind") : ("parent_id", "child_id", "s.kind")
    return try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT l.relation, \(kind), coalesce(s.name, \(areParents ? "l.parent_name" : "NULL")), l.gap
        FROM lineage l LEFT JOIN subject s ON s.id = l.\(other) WHERE l.\(own) = ? ORDER BY 1, 2, 3, 4
        """, arguments: [subject]
    ).map { Relation(relation: $0[0], kind: $0[1], other: $0[2], gap: $0[3]) }
  }
}
