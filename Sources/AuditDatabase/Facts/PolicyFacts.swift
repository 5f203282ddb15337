import GRDB

/// The effective policy as facts, so that rules need no parameters of their own.
package struct PolicyFacts: Sendable {
  package var parameters: [(rule: String, name: String, value: String)] = []
  /// In promotion order.
  package var stages: [StageFacts] = []
  /// The policy's schema of run records, with its digest.
  package var runSchema: (path: String, digest: String)?
  /// Which seed names cover which package.
  package var frameworks: [(package: String, seed: String)] = []

  package init() {}

  package func write(to database: AuditDatabase) throws {
    try database.writer.write { db in
      if let runSchema {
        try db.execute(
          sql: "INSERT INTO run_schema (path, digest) VALUES (?, ?)", arguments: [runSchema.path, runSchema.digest])
      }
      for item in parameters {
        try db.execute(
          sql: "INSERT INTO parameter (rule, name, value) VALUES (?, ?, ?)",
          arguments: [item.rule, item.name, item.value])
      }
      for (position, stage) in stages.enumerated() { try stage.write(at: position, db) }
      for item in frameworks {
        try db.execute(
          sql: "INSERT INTO framework (package, seed) VALUES (?, ?)", arguments: [item.package, item.seed])
      }
    }
  }
}
