import Foundation
import GRDB
import Records

/// Counts over the files of a scan, and which published ones are lost.
package struct FileFigures: Sendable, Hashable {
  /// Checks by verdict.
  package private(set) var verdicts: [String: Int] = [:]
  package private(set) var examined = 0
  package private(set) var bytes: Int64 = 0
  /// Files that could not be checked of subjects that failed for another file.
  package private(set) var undecided = 0
  /// How many of them each subject has, by subject id.
  private var undecidedOf: [Int: Int] = [:]
  /// Records that could not be read.
  package private(set) var gaps = 0
  /// When the files were verified; nil where this scan read all of them.
  package private(set) var coverage: FileCoverage?
  /// Published files that are lost or not what was published, with the subjects they are lost to.
  private var losses: [Loss] = []

  private struct Loss: Codable, Hashable {
    let subject: Int
    let path: String
  }

  /// The paths of published files that are lost or not what was published, sorted.
  package var lost: [String] { Set(losses.map(\.path)).sorted() }

  /// Rules that say whether published bytes are what was published.
  package static let integrityRules = [
    "missing-artifact", "artifact-digest-mismatch", "dataset-digest-mismatch", "changed-config", "changed-requirements",
  ]

  /// The rule that says which published versions are gone whole, with every file.
  package static let vanishingRule = "vanished-version"

  init() {}

  init(_ db: Database) throws {
    try readFiles(db)
    try readLosses(db)
    try readGaps(db)
    coverage = try FileCoverage(db)
  }

  /// What the current scan left when it ended; nil while it has not.
  static func kept(_ db: Database) throws -> FileFigures? {
    let text = try String.fetchOne(db, sql: "SELECT figures FROM scan ORDER BY id DESC LIMIT 1")
    return try text.map { try JSONDecoder().decode(FileFigures.self, from: Data($0.utf8)) }
  }

  /// The same figures give the same text.
  func json() throws -> String { try CanonicalJSON.text(self) }

  private mutating func readFiles(_ db: Database) throws {
    for row in try Row.fetchAll(db, sql: "SELECT verdict, count(*) FROM file_check GROUP BY verdict") {
      verdicts[row[0]] = row[1]
    }
    let row = try Row.fetchOne(
      db,
      sql: "SELECT count(*), coalesce(sum(size), 0) FROM observation WHERE state = 'present' AND read_at IS NULL")
    examined = row?[0] ?? 0
    bytes = row?[1] ?? 0
  }

  /// Whether the result `r` flags the file `f`: what a waiver covers by item is no longer among the items, and those that
  /// are not listed may be any.
  private static let isFlagged = isFlagged(as: "f.path")

  private static func isFlagged(as item: String) -> String {
    """
    (json_extract(r.details, '$.count') > json_array_length(r.details, '$.items') OR EXISTS (
      SELECT 1 FROM json_each(r.details, '$.items') d WHERE json_extract(d.value, '$.item') = \(item)))
    """
  }

  private mutating func readLosses(_ db: Database) throws {
    let rules = Self.integrityRules
    // A finding on a subject hides that other files of it could not be checked; the audit is incomplete all the same.
    // From the few files that are not as they should be: nearly all are.
    let unchecked = """
      WITH doubtful AS MATERIALIZED (
        SELECT DISTINCT k.file FROM file_check k JOIN file f ON f.id = k.file AND f.exclusion IS NULL
        WHERE k.verdict = 'unstable-read'
          OR k.claim IS NOT NULL AND k.verdict IN ('unreadable', 'unreachable', 'changing', 'unknown-definition', 'pointer')
      ), owner AS (
        SELECT a.subject, d.file FROM doubtful d CROSS JOIN artifact a ON a.file = d.file
        UNION SELECT s.dataset, d.file FROM doubtful d CROSS JOIN dataset_file s ON s.file = d.file
      )
      SELECT DISTINCT owner.subject, owner.file FROM owner
      JOIN result r ON r.subject = owner.subject AND r.rule IN ('artifact-digest-mismatch', 'dataset-digest-mismatch')
        -- Who accepts some items, or what was known, says nothing of what could not be checked.
        AND (r.outcome IN ('fail', 'baselined') OR r.outcome = 'waived' AND NOT EXISTS (
          SELECT 1 FROM cover c JOIN waiver w ON w.subject = c.waiver
          WHERE c.subject = r.subject AND c.rule = r.rule AND w.item_globs IS NULL))
      """
    undecided = try Int.fetchOne(db, sql: "SELECT count(DISTINCT file) FROM (\(unchecked))") ?? 0
    for row in try Row.fetchAll(db, sql: "SELECT subject, count(*) FROM (\(unchecked)) GROUP BY subject") {
      undecidedOf[row[0]] = row[1]
    }
    losses = try Row.fetchAll(
      db,
      sql: """
        WITH bad AS MATERIALIZED (
          SELECT file, verdict FROM file_check
          WHERE verdict IN ('missing', 'moved', 'truncated', 'swapped', 'mismatched', 'edited', 'corrupted', 'claim-altered')
        ), owner AS (
          SELECT a.subject, b.file, b.verdict FROM bad b CROSS JOIN artifact a ON a.file = b.file
          UNION SELECT d.dataset, b.file, b.verdict FROM bad b CROSS JOIN dataset_file d ON d.file = b.file
          UNION SELECT q.run, b.file, b.verdict FROM bad b JOIN run_requirements q ON q.file = b.file
        )
        SELECT DISTINCT owner.subject, f.path FROM owner JOIN file f ON f.id = owner.file
        JOIN publication p ON p.subject = owner.subject
        JOIN result r ON r.subject = owner.subject AND r.outcome = 'fail'
          AND r.rule IN (\(databaseQuestionMarks(count: rules.count)))
          AND \(Self.isFlagged)
        WHERE NOT (owner.verdict IN ('missing', 'moved') AND owner.subject IN (
            SELECT subject_id FROM retirements
            UNION SELECT v.run FROM version v JOIN retirements g ON g.subject_id = v.subject WHERE v.run IS NOT NULL))
        UNION SELECT r.subject, f.path FROM result r JOIN artifact a ON a.subject = r.subject AND a.role = 'model'
        JOIN file f ON f.id = a.file WHERE r.rule = 'changed-after-publication' AND r.outcome = 'fail'
          -- Its items are digests that records of promotions state, and files that an earlier scan found otherwise.
          AND EXISTS (SELECT 1 FROM json_each(r.details, '$.items') d
            WHERE json_extract(d.value, '$.item') NOT IN (SELECT path FROM file_changes))
        UNION SELECT r.subject, f.path FROM file_change c JOIN file f ON f.id = c.file
        JOIN artifact a ON a.file = c.file JOIN result r ON r.subject = a.subject
        WHERE r.rule = 'changed-after-publication' AND r.outcome = 'fail'
          AND \(Self.isFlagged)
        UNION SELECT r.subject, f.path FROM (SELECT subject, name, path FROM vanished_version WHERE doubt IS NULL) f
        JOIN result r ON r.subject = f.subject AND r.rule = '\(Self.vanishingRule)' AND r.outcome = 'fail'
          AND \(Self.isFlagged(as: "f.name"))
        ORDER BY 2, 1
        """, arguments: StatementArguments(rules)
    ).map { Loss(subject: $0[0], path: $0[1]) }
  }

  /// The figures as far as they decide about some subjects; what was read stays that of the whole scan.
  func restricted(to subjects: Set<Int>, judgesStores: Bool) -> FileFigures {
    var figures = self
    figures.losses = losses.filter { subjects.contains($0.subject) }
    figures.undecidedOf = undecidedOf.filter { subjects.contains($0.key) }
    figures.undecided = figures.undecidedOf.values.reduce(0, +)
    if !judgesStores { figures.gaps = 0 }
    return figures
  }

  private mutating func readGaps(_ db: Database) throws {
    let kinds = Problem.Kind.allCases.filter(\.leavesGap).map(\.rawValue)
    gaps =
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM problem WHERE kind IN (\(databaseQuestionMarks(count: kinds.count)))
            AND store IN (SELECT store FROM subject WHERE kind = 'store' AND judged)
          """, arguments: StatementArguments(kinds)) ?? 0
  }
}

extension FileFigures: Codable {
  /// What a newer version counts besides is nothing in older figures.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    verdicts = try values.decodeIfPresent([String: Int].self, forKey: .verdicts) ?? [:]
    examined = try values.decodeIfPresent(Int.self, forKey: .examined) ?? 0
    bytes = try values.decodeIfPresent(Int64.self, forKey: .bytes) ?? 0
    undecided = try values.decodeIfPresent(Int.self, forKey: .undecided) ?? 0
    gaps = try values.decodeIfPresent(Int.self, forKey: .gaps) ?? 0
    undecidedOf = try values.decodeIfPresent([Int: Int].self, forKey: .undecidedOf) ?? [:]
    losses = try values.decodeIfPresent([Loss].self, forKey: .losses) ?? []
    coverage = try values.decodeIfPresent(FileCoverage.self, forKey: .coverage)
  }
}
