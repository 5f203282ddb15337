import GRDB
import Testing

@testable import AuditDatabase

/// What the files of a scan come to, without any file.
@Suite struct FileFiguresTests {
  /// One version that failed for one of its files, and another file of it that was checked with `verdict`.
  private func figures(_ verdict: String, isClaimed: Bool) throws -> FileFigures {
    let database = try AuditDatabase(path: nil)
    return try database.writer.write { db in
      try db.execute(
        sql: """
          INSERT INTO store (id, name, kind, path) VALUES (1, 's', 'native', '.');
          INSERT INTO subject (id, store, kind, name) VALUES (1, 1, 'version', 'm@1.0.0');
          INSERT INTO file (id, store, path, location) VALUES (1, 1, 'a', 'local'), (2, 1, 'b', 'local');
          INSERT INTO artifact (subject, file, role) VALUES (1, 1, 'model'), (1, 2, 'other');
          INSERT INTO file_check (file, claim, verdict, evidence) VALUES (1, 1, 'mismatched', 'none');
          INSERT INTO result (rule, subject, outcome, severity, message)
          VALUES ('artifact-digest-mismatch', 1, 'fail', 'error', 'm');
          """)
      try db.execute(
        sql: "INSERT INTO file_check (file, claim, verdict, evidence) VALUES (2, ?, ?, 'none')",
        arguments: [isClaimed ? 2 : nil, verdict])
      return try FileFigures(db)
    }
  }

  @Test(arguments: [
    ("unreadable", true, 1), ("unstable-read", true, 1), ("unstable-read", false, 1), ("unreadable", false, 0),
    ("matched", true, 0), ("unclaimed", false, 0),
  ])
  func `what could not be checked beside a finding leaves the audit incomplete`(
    verdict: String, isClaimed: Bool, count: Int
  ) throws {
    #expect(try figures(verdict, isClaimed: isClaimed).undecided == count)
  }
}
