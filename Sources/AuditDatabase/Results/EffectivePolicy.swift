import GRDB

extension AuditDatabase {
  /// The effective policy with this digest, in one spelling; nil when it is not kept.
  package func policyText(digest: String) throws -> String? {
    try reader().read { db in
      try String.fetchOne(db, sql: "SELECT text FROM policy_text WHERE digest = ?", arguments: [digest])
    }
  }
}
