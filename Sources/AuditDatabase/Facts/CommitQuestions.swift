import GRDB

/// Which commits to look for where, and what was found.
package struct CommitQuestions: Sendable {
  /// What a repository says of a commit.
  package enum Resolution: String, Sendable {
    case found, absent, ambiguous, malformed, shallow, unreadable
    case noRepository = "no-repository"
  }

  /// An answer for every run that names `hash` in the repository.
  package struct Answer: Sendable, Hashable {
    package let hash: String
    package let resolution: Resolution
    package let message: String?

    package init(hash: String, resolution: Resolution, message: String? = nil) {
      self.hash = hash
      self.resolution = resolution
      self.message = message
    }
  }

  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// The repositories that runs name or lie in, sorted.
  package func repositories() throws -> [String] {
    try database.writer.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT DISTINCT repository_root FROM commit_claim
          WHERE repository_root IS NOT NULL AND hash IS NOT NULL ORDER BY 1
          """)
    }
  }

  /// The distinct commits that runs name in a repository, sorted.
  package func hashes(in repository: String) throws -> [String] {
    try database.writer.read { db in
      try String.fetchAll(
        db,
        sql: "SELECT DISTINCT hash FROM commit_claim WHERE repository_root = ? AND hash IS NOT NULL ORDER BY 1",
        arguments: [repository])
    }
  }

  package func write(_ answers: [Answer], repository: String) throws {
    try database.writer.write { db in
      try db.execute(
        sql:
          "CREATE TEMP TABLE IF NOT EXISTS answer (hash TEXT PRIMARY KEY, resolution TEXT, message TEXT) WITHOUT ROWID")
      try db.execute(sql: "DELETE FROM answer")
      let insert = try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO answer (hash, resolution, message) VALUES (?, ?, ?)")
      for answer in answers {
        try insert.execute(arguments: [answer.hash, answer.resolution.rawValue, answer.message])
      }
      try db.execute(
        sql: """
          -- A repository that only lies near may be another one: what it does not hold is not known to be lost.
          UPDATE commit_claim SET
            resolution = CASE WHEN guessed AND a.resolution = 'absent' THEN 'no-repository' ELSE a.resolution END,
            message = CASE WHEN guessed AND a.resolution = 'absent' THEN NULL ELSE a.message END
          FROM answer a
          WHERE a.hash = commit_claim.hash AND commit_claim.repository_root = ?
          """, arguments: [repository])
    }
  }

  /// The large files of one commit; nil when they could not be listed.
  package struct LargeFiles: Sendable, Hashable {
    package let hash: String
    package let files: [LargeFile]?

    package init(hash: String, files: [LargeFile]?) {
      self.hash = hash
      self.files = files
    }
  }

  package struct LargeFile: Sendable, Hashable {
    package let path: String
    /// Bytes.
    package let size: Int64

    package init(path: String, size: Int64) {
      self.path = path
      self.size = size
    }
  }

  package func write(_ commits: [LargeFiles], repository: String) throws {
    try database.writer.write { db in
      for commit in commits {
        try Insert(db, "INSERT OR REPLACE INTO commit_tree (repository, hash, state) VALUES (?, ?, ?)").run(
          repository, commit.hash, commit.files == nil ? "unreadable" : "read")
        for file in commit.files ?? [] {
          try Insert(db, "INSERT INTO large_blob (repository, hash, path, size) VALUES (?, ?, ?, ?)").run(
            repository, commit.hash, file.path, file.size)
        }
      }
    }
  }

  /// Says of the runs without a repository that there is none at hand.
  package func writeUnasked() throws {
    try database.writer.write { db in
      try db.execute(
        sql: """
          UPDATE commit_claim SET resolution = 'no-repository' WHERE repository_root IS NULL AND hash IS NOT NULL
          """)
    }
  }
}
