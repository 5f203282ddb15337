import Foundation
import GRDB
import Records

/// Reads what an audit knows of a scanned directory, path by path: files with their checks, aliases, and what was said of
/// the subjects that are recorded there.
package struct FileTreeCursor: Sendable {
  /// Everything at one path.
  package struct Entry: Sendable, Hashable {
    package struct Alias: Sendable, Hashable {
      package let name: String
      /// As written; nil when it could not be read.
      package let target: String?
      package let dangles: Bool
    }

    package struct Judged: Sendable, Hashable {
      package let subject: String
      package let kind: SubjectKind
      package let counts: FindingCounts
    }

    /// Relative to the scanned directory, or a URI.
    package let path: String
    package fileprivate(set) var isFile = false
    package fileprivate(set) var isDirectory = false
    /// Whether the audit read records or checksums from it.
    package fileprivate(set) var isRecord = false
    /// What the checks of the file said.
    package fileprivate(set) var verdicts: Set<CheckVerdict> = []
    /// The policy's reason for leaving it out.
    package fileprivate(set) var exclusion: String?
    package fileprivate(set) var aliases: [Alias] = []
    package fileprivate(set) var judged: [Judged] = []
    /// Why the record there could not be read.
    package fileprivate(set) var problems: [String] = []
  }

  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// Gives what lies in one scanned directory to `body`, every directory before what is in it; `stores` are the names of
  /// the stores that were found there.
  package func forEach(in stores: [String], _ body: (Entry) throws -> Void) throws {
    try read(Self.files(isLocal: true) + Self.subjects, stores, body)
  }

  /// Gives the files that records place elsewhere: remote ones by their URIs, and paths that lead out.
  package func forEachElsewhere(in stores: [String], _ body: (Entry) throws -> Void) throws {
    try read(Self.files(isLocal: false), stores, body)
  }

  private static func files(isLocal: Bool) -> String {
    let place = isLocal ? "= 'local'" : "<> 'local'"
    return """
      SELECT f.path AS path, 'file' AS what, f.form AS a, f.exclusion AS b,
        0 AS errors, 0 AS warnings, 0 AS notes, 0 AS undecided
      FROM file f WHERE f.location \(place) AND f.store IN (SELECT id FROM chosen)
      UNION ALL SELECT f.path, 'check', k.verdict, NULL, 0, 0, 0, 0
      FROM file_check k JOIN file f ON f.id = k.file WHERE f.location \(place) AND f.store IN (SELECT id FROM chosen)
      """
  }

  private static let subjects = """

    UNION ALL SELECT s.path, 'pointer', a.name, a.target, a.version IS NULL, 0, 0, 0
    FROM alias a JOIN subject s ON s.id = a.subject WHERE s.path IS NOT NULL AND s.store IN (SELECT id FROM chosen)
    UNION ALL SELECT s.path, s.kind, s.name, NULL, \(FindingCounts.columns)
    FROM subject s LEFT JOIN result r ON r.subject = s.id
    WHERE s.judged AND s.kind NOT IN ('waiver', 'store') AND s.path IS NOT NULL AND s.store IN (SELECT id FROM chosen)
    GROUP BY s.id
    UNION ALL SELECT path, 'record', NULL, NULL, 0, 0, 0, 0 FROM (
      SELECT DISTINCT c.document AS path FROM claim c JOIN file f ON f.id = c.file
        WHERE c.document IS NOT NULL AND f.store IN (SELECT id FROM chosen)
      UNION SELECT d.path FROM dataset_document d JOIN subject s ON s.id = d.dataset
        WHERE s.store IN (SELECT id FROM chosen)
      UNION SELECT r.path FROM (
        SELECT model, path FROM promotion UNION SELECT model, path FROM validation
        UNION SELECT model, path FROM reproduction
      ) r JOIN subject s ON s.id = r.model WHERE s.store IN (SELECT id FROM chosen)
    )
    UNION ALL SELECT path, 'problem', message, NULL, 0, 0, 0, 0 FROM problem WHERE store IN (SELECT id FROM chosen)
    """

  private func read(_ rows: String, _ stores: [String], _ body: (Entry) throws -> Void) throws {
    let names = String(decoding: try JSONEncoder().encode(stores), as: UTF8.self)
    try database.read { db in
      // With a separator before every other character, the first of them too, a directory is followed by what it holds.
      let cursor = try Row.fetchCursor(
        db,
        sql: """
          WITH chosen AS MATERIALIZED (SELECT id FROM store WHERE name IN (SELECT value FROM json_each(?)))
          SELECT path, what, a, b, errors, warnings, notes, undecided FROM (\(rows)) WHERE path <> ''
          ORDER BY replace(replace(path, char(1), char(1, 2)), '/', char(1, 1)), what, a, b
          """, arguments: [names])
      var entry: Entry?
      while let row = try cursor.next() {
        let path: String = row[0]
        if let last = entry, !last.path.hasSameBytes(as: path) {
          try body(last)
          entry = nil
        }
        var next = entry ?? Entry(path: path)
        Self.add(row, to: &next)
        entry = next
      }
      if let entry { try body(entry) }
    }
  }

  private static func add(_ row: Row, to entry: inout Entry) {
    let text: String = row[2] ?? ""
    switch row[1] as String {
    case "file":
      entry.isFile = true
      entry.isDirectory = entry.isDirectory || text == "directory"
      entry.exclusion = entry.exclusion ?? row[3]
    case "check": if let verdict = CheckVerdict(rawValue: text) { entry.verdicts.insert(verdict) }
    case "record": entry.isRecord = true
    case "problem": entry.problems.append(text)
    case "pointer":
      entry.aliases.append(Entry.Alias(name: text, target: row[3], dangles: row[4]))
    case let kind:
      entry.judged.append(
        Entry.Judged(
          subject: text, kind: SubjectKind(rawValue: kind) ?? .store, counts: FindingCounts(row, at: 4)))
    }
  }
}
