import Foundation
import GRDB

/// Leaves subjects out of what reports and rules speak of.
package struct SubjectSelection: Sendable {
  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// Every subject's name, sorted, once each.
  package func names() throws -> [String] {
    try database.writer.read { try String.fetchAll($0, sql: "SELECT DISTINCT name FROM subject ORDER BY name") }
  }

  /// How many subjects are judged, and how many there are.
  package func counts() throws -> (judged: Int, all: Int) {
    try database.writer.read { db in
      let row = try Row.fetchOne(db, sql: "SELECT coalesce(sum(judged), 0), count(*) FROM subject")
      return (row?[0] ?? 0, row?[1] ?? 0)
    }
  }

  /// Leaves out, before anything is judged, what `isWanted` does not name; returns whether it names anything at all.
  package func restrict(where isWanted: (String) -> Bool) throws -> Bool {
    try database.writer.write { db in
      var found = false
      let leaveOut = try db.cachedStatement(sql: "UPDATE subject SET judged = 0 WHERE id = ?")
      for row in try Row.fetchAll(db, sql: "SELECT id, name FROM subject") {
        if isWanted(row[1]) { found = true } else { try leaveOut.execute(arguments: [row[0] as Int64]) }
      }
      return found
    }
  }

  /// Subjects of a name, the versions that aliases among them point at, the runs that made these, and the data of the runs.
  private static let withInputs = """
    WITH named (id) AS (SELECT id FROM subject WHERE name = ?1),
    whole (id) AS (SELECT id FROM named UNION SELECT a.version FROM alias a WHERE a.subject IN (SELECT id FROM named)),
    made (id) AS (SELECT id FROM whole UNION SELECT v.run FROM version v WHERE v.subject IN (SELECT id FROM whole))
    SELECT id FROM made UNION SELECT u.dataset FROM dataset_use u WHERE u.run IN (SELECT id FROM made)
    """

  /// Keeps, in a judged database, only what is said of subjects with this name, and of what a version, an alias or a run
  /// rests on; when there is none, their names.
  package func restrict(toName name: String) throws -> [String] {
    guard
      try database.writer.read({
        try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM subject WHERE name = ?)", arguments: [name]) == true
      })
    else { return try names() }
    try database.writer.write { db in
      try db.execute(sql: "UPDATE subject SET judged = judged AND id IN (\(Self.withInputs))", arguments: [name])
      try db.execute(sql: HistoryTable.population)
      let ids = try Set(Int.fetchAll(db, sql: "SELECT id FROM subject WHERE judged"))
      let stores = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM subject WHERE judged AND kind = 'store')")
      guard let figures = try FileFigures.kept(db) else { return }
      try db.execute(
        sql: "UPDATE scan SET figures = ?",
        arguments: [try figures.restricted(to: ids, judgesStores: stores == true).json()])
    }
    return []
  }
}
