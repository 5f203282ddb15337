import Foundation
import GRDB
import Records

/// Which files a scan that remembers reads, in which order; what it does not read is carried from memory.
///
/// In this order: `begin`, `note` for every page of `candidates`, `order`, the reading, `carry`.
package struct ReadingPlan: Sendable {
  /// What of the files that memory could vouch for is read again all the same.
  package enum Rotation: Sendable, Hashable {
    case nothing
    /// All, those first whose verification is oldest; what an alias reaches ages quicker.
    case oldest
    /// So many of so many parts of them, those first whose verification is oldest; at most some 100,000 parts.
    case share(Int, of: Int)
  }

  /// What the file system said of a file, when its bytes were read.
  package struct State: Sendable, Hashable {
    package let size: Int64?
    package let modified: Int64?
    package let changed: Int64?
    package let inode: Int64?

    package init(size: Int64?, modified: Int64?, changed: Int64?, inode: Int64?) {
      self.size = size
      self.modified = modified
      self.changed = changed
      self.inode = inode
    }
  }

  /// A file that is to be looked at, with what may spare its reading.
  package struct Candidate: Sendable {
    package let file: Int64
    package let store: String
    package let path: String
    package let raw: [UInt8]?
    package let isDirectory: Bool
    /// The last good state, when it answers all that is asked of the file.
    package let remembered: State?
    /// What a scan read that was killed.
    package let resumable: State?
    /// Whether it was found wrong, and is read until it is well.
    package let isHeld: Bool
  }

  /// What becomes of a file.
  package enum Rank: Int64, Sendable {
    /// Read first, whatever the limits are.
    case urgent = 0
    /// Read, since nothing vouches for it.
    case unknown = 1
    /// Read when it is its turn, carried otherwise.
    case known = 2
    /// Read by the scan that was killed.
    case resumed = 3
  }

  private static let pageSize = 4096
  /// Twice the promised four times: turns are whole scans, and rounding must not break the promise.
  private static let stagedWeight = 8
  /// Days for which a scan that was killed can be taken up.
  static let resumableDays = 1

  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// Whether there is a scan to take up.
  package func isResumable() throws -> Bool {
    guard database.isKept else { return false }
    return try database.writer.read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM history_progress)") }
      == true
  }

  package func begin() throws {
    try database.writer.write { db in for step in Self.preparation { try db.execute(sql: step) } }
  }

  /// The next files that were not read yet, after the one with id `last`; empty at the end.
  package func candidates(after last: Int64) throws -> [Candidate] {
    try database.writer.read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT f.id, t.name, f.path, f.raw, f.form = 'directory', k.answers, k.size, k.modified, k.changed, k.inode,
              p.answers, p.size, p.modified, p.changed, p.inode,
              EXISTS (SELECT 1 FROM history_held w WHERE w.store = f.store AND w.path = f.path)
            FROM file f JOIN store t ON t.id = f.store LEFT JOIN temp.known k ON k.file = f.id
            LEFT JOIN temp.progress p ON p.file = f.id
            WHERE f.id > ? AND f.location = 'local' AND f.exclusion IS NULL AND f.wanted
              AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.file = f.id)
            ORDER BY f.id LIMIT ?
            """), arguments: [last, Self.pageSize]
      ).map { row -> Candidate in
        func state(from column: Int) -> State? {
          guard row[column] as Bool? == true else { return nil }
          return State(
            size: row[column + 1], modified: row[column + 2], changed: row[column + 3], inode: row[column + 4])
        }
        return Candidate(
          file: row[0], store: row[1], path: row[2], raw: (row[3] as Data?).map { Array($0) }, isDirectory: row[4],
          remembered: state(from: 5), resumable: state(from: 10), isHeld: row[15])
      }
    }
  }

  /// Takes what was decided of files; `size` is in bytes, 0 for one that is not there.
  package func note(_ decisions: [(file: Int64, size: Int64, rank: Rank)]) throws {
    try database.writer.write { db in
      let insert = try Insert(db, "INSERT INTO temp.candidate (file, size, rank) VALUES (?, ?, ?)")
      for decision in decisions { try insert.run(decision.file, decision.size, decision.rank.rawValue) }
    }
  }

  /// Puts the files that are read in their order, for `HashPlan`.
  package func order(_ rotation: Rotation) throws {
    try database.writer.write { db in
      try db.execute(sql: Self.resumption)
      try writeTables(db)
      try db.execute(
        sql: """
          INSERT INTO temp.reading (file, size, rank)
          SELECT c.file, c.size, c.rank FROM temp.candidate c JOIN file f ON f.id = c.file JOIN store t ON t.id = f.store
          WHERE c.rank < 2
          ORDER BY c.rank, c.file IN (SELECT file FROM temp.staged) DESC, t.name, f.path
          """)
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM temp.candidate WHERE rank = 2") ?? 0
      let (weight, limit) =
        switch rotation {
        case .nothing: (1, 0)
        case .oldest: (Self.stagedWeight, count)
        case .share(let part, let whole): (1, (count * part + whole - 1) / whole)
        }
      try db.execute(
        sql: """
          INSERT INTO temp.reading (file, size, rank)
          SELECT c.file, c.size, c.rank FROM (
            SELECT c.*, c.file IN (SELECT file FROM temp.staged) AS staged,
              coalesce(round((julianday((SELECT now FROM current)) - julianday(k.verified_at)) * 86400), 1e12) AS age
            FROM temp.candidate c JOIN temp.known k ON k.file = c.file WHERE c.rank = 2
          ) c JOIN file f ON f.id = c.file JOIN store t ON t.id = f.store
          ORDER BY c.age * CASE WHEN c.staged THEN ?1 ELSE 1 END DESC, c.staged AND ?1 > 1 DESC, t.name, f.path
          LIMIT ?2
          """, arguments: [weight, limit])
    }
  }

  /// After the reading: what was left is taken from memory, and what memory does not hold is said to be unread.
  package func carry() throws {
    try database.writer.write { db in
      try db.execute(sql: Self.carrying)
      try writeTables(db)
      try db.execute(
        sql: """
          INSERT INTO observation (file, state, message)
          SELECT c.file, 'not-read', 'not read within the limits of this scan' FROM temp.candidate c
          WHERE NOT EXISTS (SELECT 1 FROM observation o WHERE o.file = c.file)
          """)
      for table in Self.tables { try db.execute(sql: "DROP TABLE temp.\(table)") }
    }
  }

  /// Counts of records and schemas are facts of datasets, which begin anew with every scan.
  private func writeTables(_ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT o.file, o.tabular FROM temp.candidate c JOIN observation o ON o.file = c.file
        WHERE o.tabular IS NOT NULL AND c.rank >= 2 AND (o.read_at IS NOT NULL OR c.rank = 3)
        """)
    let writer = ObservationWriter(database: database)
    for row in rows { try writer.write(TableObservation(json: row[1]), file: row[0], db) }
  }
}
