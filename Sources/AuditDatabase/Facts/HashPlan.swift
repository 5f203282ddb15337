import Foundation
import GRDB
import Records

/// One file to read, with the digests that its claims need.
package struct HashTask: Sendable {
  package let file: Int64
  /// Where the plan has it; pages go by it.
  package let place: Int64
  /// Bytes, where it was looked at before; else 0.
  package let size: Int64
  /// Whether it is read whatever the limits of the scan are.
  package let isUrgent: Bool
  package let store: String
  package let path: String
  package let raw: [UInt8]?
  package let isDirectory: Bool
  package let algorithms: Set<DigestAlgorithm>
  /// Of the digests that are not simply of the bytes.
  package let definitions: Set<DigestDefinition>
  /// csv, tsv or jsonl, when records are to be counted.
  package let table: String?
  /// Whether column types are to be found too, for a claimed schema hash.
  package let wantsSchema: Bool
}

/// What reading a file gave.
package struct Observation: Sendable {
  /// How the reading ended.
  package enum State: String, Sendable {
    case present, missing, unreadable, changing, unreachable, outside
    case notRead = "not-read"
  }

  package let file: Int64
  package let state: State
  /// Bytes read.
  package let size: Int64?
  /// Nanoseconds since 1970.
  package let modified: Int64?
  /// When the inode was last changed, in nanoseconds since 1970; of a directory: the last of its files.
  package let changed: Int64?
  /// Nil of a directory.
  package let inode: Int64?
  /// Of a directory: its directory digest, version 1.
  package let sha256: String?
  package let others: [Digest]
  /// Of the file that a pointer stands for.
  package let pointer: Digest?
  package let table: TableObservation?
  package let message: String?

  package init(
    file: Int64, state: State, size: Int64? = nil, modified: Int64? = nil, changed: Int64? = nil, inode: Int64? = nil,
    sha256: String? = nil, others: [Digest] = [], pointer: Digest? = nil, table: TableObservation? = nil,
    message: String? = nil
  ) {
    self.file = file
    self.state = state
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.sha256 = sha256
    self.others = others
    self.pointer = pointer
    self.table = table
    self.message = message
  }
}

/// What reading a table found.
package struct TableObservation: Sendable, Hashable {
  package let records: Int64?
  /// Nil when the schema was not asked for or could not be found.
  package let schema: TableSchema?
  package let message: String?

  package init(records: Int64?, schema: TableSchema?, message: String? = nil) {
    self.records = records
    self.schema = schema
    self.message = message
  }
}

/// The files that are to be read, a page at a time.
package struct HashPlan: Sendable {
  /// Which files.
  package enum Selection: Sendable {
    /// Those that have not been read.
    case unread
    /// Those whose content is not what it should be, for a reason that may lie in the reading; see `ObservationWriter`.
    case doubtful
    /// Those that a `ReadingPlan` chose, in its order.
    case planned
  }

  private static let pageSize = 4096

  private let database: AuditDatabase
  private let selection: Selection

  package init(database: AuditDatabase, selection: Selection = .unread) {
    self.database = database
    self.selection = selection
  }

  /// Whether there is a file that has to be read a second time; only a kept database asks for that.
  package func isNeeded() throws -> Bool {
    guard database.isKept else { return false }
    return try database.writer.read { db in
      try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM file_check WHERE \(Self.isDoubtful))") == true
    }
  }

  private static let isDoubtful = "verdict IN ('corrupted', 'mismatched')"

  private var condition: String {
    switch selection {
    case .unread: "NOT EXISTS (SELECT 1 FROM observation o WHERE o.file = f.id)"
    case .doubtful: "f.id IN (SELECT file FROM file_check WHERE \(Self.isDoubtful))"
    case .planned: "TRUE"
    }
  }

  /// How many files there are to read, and how many bytes; 0 bytes when not every file has a stated size.
  package func size() throws -> (files: Int, bytes: Int) {
    let isPlanned = selection == .planned
    return try database.writer.read { db in
      let row = try Row.fetchOne(
        db,
        sql: isPlanned
          ? "SELECT count(*), coalesce(sum(size), 0), count(*) FROM temp.reading"
          : """
          SELECT count(*), coalesce(sum(c.size), 0), count(c.size)
          FROM file f LEFT JOIN (SELECT file, max(size) AS size FROM claim GROUP BY file) c ON c.file = f.id
          WHERE f.location = 'local' AND f.exclusion IS NULL AND f.wanted
          """)
      let files: Int = row?[0] ?? 0
      let stated: Int = row?[2] ?? 0
      return (files, stated == files ? row?[1] ?? 0 : 0)
    }
  }

  /// The next files after the one at the place `last`; empty at the end.
  package func page(after last: Int64) throws -> [HashTask] {
    let isPlanned = selection == .planned
    let place = isPlanned ? "r.place" : "f.id"
    let source = isPlanned ? "temp.reading r CROSS JOIN file f ON f.id = r.file" : "file f"
    return try database.writer.read { db in
      let rows = try Row.fetchCursor(
        db.cachedStatement(
          sql: """
            SELECT f.id, t.name, f.path, f.raw, f.form = 'directory',
              (SELECT group_concat(DISTINCT coalesce(c.definition, c.algorithm)) FROM claim c
                WHERE c.file = f.id AND (c.algorithm < 'sha256' OR c.algorithm > 'sha256')),
              d.format, d.schema_hash IS NOT NULL, \(Self.needsSHA256),
              \(place), \(isPlanned ? "r.size, r.rank = 0" : "0, 0")
            FROM \(source) JOIN store t ON t.id = f.store LEFT JOIN dataset d ON d.file = f.id
            WHERE \(place) > ? AND f.location = 'local' AND f.exclusion IS NULL AND f.wanted
              AND \(condition)
            ORDER BY \(place) LIMIT ?
            """), arguments: [last, Self.pageSize])
      var tasks: [HashTask] = []
      while let row = try rows.next() {
        let file: Int64 = row[0]
        // Several datasets may lie in one file: it is read once, and what any of them asks for is found.
        let wantsSchema = row[7] as Bool? ?? false
        if let previous = tasks.last, previous.file == file {
          if wantsSchema, !previous.wantsSchema { tasks[tasks.count - 1] = Self.task(row, wantsSchema: true) }
          continue
        }
        tasks.append(Self.task(row, wantsSchema: wantsSchema))
      }
      return tasks
    }
  }

  /// SHA-256 is what everything is remembered and compared by. It is spared only where the records state another digest
  /// and no run, version or check of overlap asks for the file: a cache of objects that are named by their digest.
  static let needsSHA256 = """
    NOT EXISTS (SELECT 1 FROM claim c WHERE c.file = f.id AND c.algorithm <> 'sha256' AND c.definition IS NOT 'contradicted')
      OR EXISTS (SELECT 1 FROM claim c WHERE c.file = f.id AND c.algorithm = 'sha256')
      OR EXISTS (SELECT 1 FROM dataset_file m JOIN dataset_use u ON u.dataset = m.dataset WHERE m.file = f.id)
      OR NOT EXISTS (SELECT 1 FROM dataset_file m WHERE m.file = f.id)
      OR EXISTS (SELECT 1 FROM artifact a WHERE a.file = f.id)
    """

  private static func task(_ row: Row, wantsSchema: Bool) -> HashTask {
    let names = (row[5] as String?)?.split(separator: ",").map(String.init) ?? []
    var algorithms = Set(names.compactMap { DigestAlgorithm(rawValue: $0) })
    if row[8] { algorithms.insert(.sha256) }
    return HashTask(
      file: row[0], place: row[9], size: row[10], isUrgent: row[11], store: row[1], path: row[2],
      raw: (row[3] as Data?).map { Array($0) }, isDirectory: row[4],
      algorithms: algorithms, definitions: Set(names.compactMap { DigestDefinition(rawValue: $0) }), table: row[6],
      wantsSchema: wantsSchema)
  }
}
