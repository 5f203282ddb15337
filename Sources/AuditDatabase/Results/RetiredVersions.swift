import GRDB

/// What is recorded of the retirement of versions.
package struct RetiredVersions {
  private let database: AuditDatabase

  package init(_ database: AuditDatabase) { self.database = database }

  /// Whether the last record of the version of this name says that it is retired, wherever its files are.
  package func contains(_ version: String, ofModel model: Int64) throws -> Bool {
    try database.read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT action = 'retire' FROM promotion WHERE model = ? AND version_name = ? AND action IN ('retire', 'restore')
          ORDER BY id DESC LIMIT 1
          """, arguments: [model, version]) ?? false
    }
  }

  /// The versions of a model that are there, and the aliases that point at one of them, sorted.
  package func versions(ofModel model: Int64) throws -> [String] {
    try database.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM version WHERE model = ? ORDER BY name", arguments: [model])
    }
  }

  /// Names of the aliases that point at a version, sorted.
  package func aliases(at version: String, ofModel model: Int64) throws -> [String] {
    try database.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT s.name FROM alias a JOIN subject s ON s.id = a.subject JOIN version v ON v.subject = a.version
          WHERE v.model = ? AND v.name = ? ORDER BY s.name
          """, arguments: [model, version])
    }
  }
}
