import Foundation
import GRDB

/// What has changed in one store, by the paths that facts know.
package struct TouchedStore: Sendable {
  package struct Path: Sendable, Hashable {
    /// Relative to the store, or absolute outside it; as facts write paths.
    package let text: String
    /// Everything below it may have changed too.
    package let isFolder: Bool

    package init(_ text: String, isFolder: Bool) {
      self.text = text
      self.isFolder = isFolder
    }
  }

  package let name: String
  package var paths: [Path] = []
  /// Records that name a changed path: what they refer to may be another file now.
  package var mentioning: [String] = []
  /// What changed records said before: who referred to them by these names may now refer to nothing.
  package var runIDs: [String] = []
  package var madeVersions: [(model: String, version: String)] = []
  package var datasets: [String] = []
  package var manifests: [String] = []
  package var files: [String] = []
  /// Whether a changed record could not be read before.
  package var hadProblem = false
  /// Whether everything in it counts as affected.
  package var isWhole = false
  /// Whether everything in it does as soon as anything is: its records refer to each other in ways that facts do not tell.
  package var isIndivisible = false

  package init(name: String) { self.name = name }
}

/// Finds the subjects that changes affect: their own record or files changed, or what they stand on did.
package struct AffectedSubjects: Sendable {
  private let database: AuditDatabase

  package init(database: AuditDatabase) { self.database = database }

  /// The paths of a store's records: runs, data manifests, and manifests that runs name.
  package func documents(of store: String) throws -> [String] {
    try database.writer.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT path FROM run WHERE store = ?1
          UNION SELECT d.path FROM dataset_document d JOIN subject s ON s.id = d.dataset
            JOIN store t ON t.id = s.store WHERE t.name = ?1
          UNION SELECT u.manifest FROM dataset_use u JOIN run r ON r.subject = u.run
            WHERE r.store = ?1 AND u.manifest IS NOT NULL
          ORDER BY 1
          """, arguments: [store])
    }
  }

  /// The paths of a store's files that may include others: requirements, Dockerfiles, what could not be read.
  package func lists(of store: String) throws -> [String] {
    try database.writer.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT path FROM requirement WHERE path IS NOT NULL UNION SELECT path FROM image WHERE path IS NOT NULL
          UNION SELECT path FROM install WHERE path IS NOT NULL UNION SELECT path FROM python_pin WHERE path IS NOT NULL
          UNION SELECT f.path FROM run_requirements r JOIN file f ON f.id = r.file JOIN store t ON t.id = f.store
            WHERE t.name = ?1
          UNION SELECT p.path FROM problem p JOIN store t ON t.id = p.store WHERE t.name = ?1
          ORDER BY 1
          """, arguments: [store])
    }
  }

  /// Leaves out of the audit what none of `stores` affects.
  package func restrict(to stores: [TouchedStore]) throws {
    try database.writer.write { db in
      try db.execute(
        sql: """
          CREATE TEMP TABLE affected (subject INTEGER PRIMARY KEY);
          CREATE TEMP TABLE touched_file (file INTEGER PRIMARY KEY)
          """)
      for store in stores {
        guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM store WHERE name = ?", arguments: [store.name])
        else { continue }
        try fill(store, db)
        for step in Self.seeds { try db.execute(sql: step, arguments: ["store": id]) }
        if store.isWhole { try db.execute(sql: Self.everything, arguments: ["store": id]) }
        if store.hadProblem { try db.execute(sql: Self.storeItself, arguments: ["store": id]) }
        try addByPlace(store, id, db)
        if store.isIndivisible { try db.execute(sql: Self.everythingIfAny, arguments: ["store": id]) }
        for table in Self.lists { try db.execute(sql: "DROP TABLE temp.\(table)") }
      }
      for step in Self.conclusion { try db.execute(sql: step) }
    }
  }

  private static let lists = [
    "touched", "touched_folder", "above", "beside", "mentioning", "former_run", "former_version", "former_dataset",
    "former_manifest", "former_file",
  ]

  private func fill(_ store: TouchedStore, _ db: Database) throws {
    for table in Self.lists where table != "former_version" {
      try db.execute(sql: "CREATE TEMP TABLE \(table) (path TEXT PRIMARY KEY) WITHOUT ROWID")
    }
    try db.execute(sql: "CREATE TEMP TABLE former_version (model TEXT, version TEXT)")
    func insert(_ table: String, _ text: String) throws {
      try Insert(db, "INSERT OR IGNORE INTO temp.\(table) (path) VALUES (?)").run(text)
    }
    for path in store.paths {
      try insert("touched", path.text)
      if path.isFolder { try insert("touched_folder", path.text) }
      var folder = path.text[...]
      var isParent = true
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        try insert("above", String(folder))
        if isParent { try insert("beside", String(folder)) }
        isParent = false
      }
      try insert("above", path.text)
      if !path.text.hasPrefix("/") { try insert("above", "") }
      if isParent { try insert("beside", "") }
    }
    for (table, texts) in [
      ("mentioning", store.mentioning), ("former_run", store.runIDs), ("former_dataset", store.datasets),
      ("former_manifest", store.manifests), ("former_file", store.files),
    ] {
      for text in texts { try insert(table, text) }
    }
    for made in store.madeVersions {
      try Insert(db, "INSERT INTO temp.former_version (model, version) VALUES (?, ?)").run(made.model, made.version)
    }
  }

  /// Aliases and upstream references hold names that lead to places: those of what is gone lead nowhere in the facts.
  private func addByPlace(_ store: TouchedStore, _ id: Int64, _ db: Database) throws {
    let places = Set(try String.fetchAll(db, sql: "SELECT path FROM temp.above"))
    let aliases = try Row.fetchAll(
      db,
      sql: "SELECT s.id, s.path, a.target FROM alias a JOIN subject s ON s.id = a.subject WHERE s.store = ?",
      arguments: [id])
    let add = try db.makeStatement(sql: "INSERT OR IGNORE INTO temp.affected VALUES (?)")
    for row in aliases {
      guard let path = row[1] as String?, let target = row[2] as String? else { continue }
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      let name = target.split(separator: "/").last ?? ""
      if places.contains("\(folder)\(name)") { try add.execute(arguments: [row[0] as Int64]) }
    }
    let named = Set(
      places.compactMap { place -> String? in
        let parts = place.split(separator: "/")
        return parts.count >= 2 ? "\(parts[parts.count - 2])@\(parts[parts.count - 1])" : nil
      })
    let upstreams = try Row.fetchAll(
      db, sql: "SELECT u.run, u.declared FROM upstream u JOIN subject s ON s.id = u.run WHERE s.store = ?",
      arguments: [id])
    for row in upstreams {
      let last = (row[1] as String).split(separator: "/").last.map(String.init) ?? ""
      if named.contains(last) { try add.execute(arguments: [row[0] as Int64]) }
    }
  }
}
