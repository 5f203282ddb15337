import GRDB
import Records

/// Writes the facts of one store.
package final class FactWriter: FactSink {
  /// A run is some twenty rows: this many facts are written in about 20 ms.
  private static let batchSize = 512

  private let database: AuditDatabase
  private var waiting: [[Fact]] = []
  private var waitingCount = 0
  /// The name that the last subject got.
  private(set) var lastName = ""
  /// Ids of files that were named before: many runs share requirements, data and logs.
  var knownFiles: [String: Int64] = [:]
  /// Ids of environments that were written: nearly all runs share a few.
  var knownEnvironments: [String: Int64] = [:]
  let store: Int64
  let storeName: String
  let exclusion: (String) -> String?
  private let ids: StableIDs
  var nextSubject: Int64
  /// How many subjects have a name that another place has too, by kind, name and place.
  private var namesakes: [String: Int] = [:]
  /// Statements of the batch that is written, by where their text lies in the program.
  private var inserts: [UnsafePointer<UInt8>: Insert] = [:]
  var nextFile: Int64

  /// `exclusion` gives the policy's reason for a location that is declared out of scope.
  package init(
    database: AuditDatabase, name: String, kind: String, path: String, exclusion: @escaping (String) -> String?
  ) throws {
    self.database = database
    self.exclusion = exclusion
    storeName = name
    (store, nextSubject, nextFile) = try database.writer.write { db in
      let ids = StableIDs(database)
      let store = try ids.store(name, db)
      try Insert(db, "INSERT INTO store (id, name, kind, path) VALUES (?, ?, ?, ?)").run(store, name, kind, path)
      let subject = try ids.firstFree("subject", db)
      let file = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM file") ?? 1
      let own = try ids.subject(.store, name, store: store, db) ?? subject
      try Insert(db, "INSERT INTO subject (id, store, kind, name, path) VALUES (?, ?, 'store', ?, '')").run(
        own, store, name)
      return (store, own == subject ? subject + 1 : subject, file)
    }
    ids = StableIDs(database)
  }

  /// The statement of `sql`, looked for once a batch: a run is some twenty rows, and to look for each by its text would take as long
  /// as some rows.
  func insert(_ db: Database, _ sql: StaticString) throws -> Insert {
    if let known = inserts[sql.utf8Start] { return known }
    let insert = try Insert(db, sql.description)
    inserts[sql.utf8Start] = insert
    return insert
  }

  /// Takes facts; they are written some hundreds at a time, and the rest by `finish()`.
  package func receive(_ facts: [Fact]) throws {
    waiting.append(facts)
    waitingCount += facts.count
    if waitingCount >= Self.batchSize { try finish() }
  }

  /// Writes what has been received and not yet written.
  package func finish() throws {
    guard waitingCount > 0 else { return }
    let batches = waiting
    waiting.removeAll(keepingCapacity: true)
    waitingCount = 0
    // A statement that somebody holds keeps the database from being closed.
    defer { inserts.removeAll(keepingCapacity: true) }
    try database.writer.write { db in
      for fact in batches.joined() {
        switch fact {
        case .model(let model): try write(model, db)
        case .version(let version): try write(version, db)
        case .alias(let alias): try write(alias, db)
        case .run(let run): try write(run, db)
        case .dataset(let dataset): try write(dataset, db)
        case .datasetFiles(let dataset, let files):
          if let id = try subject(named: "dataset:\(dataset)", .dataset, db) { try write(files, of: id, db) }
        case .promotion(let promotion): try write(promotion, db)
        case .validation(let validation): try write(validation, db)
        case .reproduction(let reproduction): try write(reproduction, db)
        case .rollbackPlan(let plan): try write(plan, db)
        case .problem(let problem): try write(problem, db)
        case .listedDigests(let digests): for digest in digests { try write(digest, db) }
        }
      }
    }
  }

  /// Adds a subject; a name that another place already has gets the place behind a `#`.
  func subject(
    _ kind: SubjectKind, _ name: String, path: String, line: Int? = nil, _ db: Database
  ) throws -> Int64 {
    let addition = try insert(
      db, "INSERT OR IGNORE INTO subject (id, store, kind, name, path, line) VALUES (?, ?, ?, ?, ?, ?)")
    for candidate in [name, "\(name)#\(path)"] {
      lastName = candidate
      let known = try ids.subject(kind, candidate, store: store, db)
      try addition.run(known ?? nextSubject, store, kind.rawValue, candidate, path, line)
      if let known, db.changesCount > 0 { return known }
      if db.changesCount > 0 {
        nextSubject += 1
        return nextSubject - 1
      }
    }
    // Several of one name at one place, as the materials of a statement can be, are numbered.
    let taken = "\(kind.rawValue) \(name)#\(path)"
    namesakes[taken, default: 1] += 1
    lastName = "\(name)#\(path)#\(namesakes[taken, default: 1])"
    let id = try ids.subject(kind, lastName, store: store, db) ?? nextSubject
    try addition.run(id, store, kind.rawValue, lastName, path, line)
    if id == nextSubject { nextSubject += 1 }
    return id
  }

  func subject(named name: String, _ kind: SubjectKind, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM subject WHERE store = ? AND kind = ? AND name = ?"),
      arguments: [store, kind.rawValue, name])
  }

  func write(_ model: ModelFact, _ db: Database) throws {
    if try subject(named: model.subject, .model, db) != nil { return }
    let id = try subject(.model, model.subject, path: model.path, db)
    try insert(db, "INSERT INTO model (subject, project, name) VALUES (?, ?, ?)").run(id, model.project, model.name)
    for document in model.documents {
      try insert(db, "INSERT INTO model_document (model, kind, path) VALUES (?, ?, ?)").run(
        id, document.kind.rawValue, document.path)
    }
  }

  func write(_ version: VersionFact, _ db: Database) throws {
    guard let model = try subject(named: version.model, .model, db) else { return }
    let id = try subject(.version, version.subject, path: version.path, db)
    try insert(db, "INSERT INTO version (subject, model, name, rank, conforming, run_id) VALUES (?, ?, ?, ?, ?, ?)")
      .run(id, model, version.name, version.rank, version.conforming, version.runID)
    for artifact in version.artifacts { try write(artifact, of: id, db) }
    for metric in version.metrics { try write(metric, of: id, db) }
    for placeholder in version.placeholders { try write(placeholder, of: id, db) }
  }

  func write(_ alias: AliasFact, _ db: Database) throws {
    guard let model = try subject(named: alias.model, .model, db) else { return }
    let id = try subject(.alias, alias.subject, path: alias.path, db)
    let version = try alias.version.flatMap { try subject(named: "\(alias.model)@\($0)", .version, db) }
    try insert(db, "INSERT INTO alias (subject, model, name, target, form, version) VALUES (?, ?, ?, ?, ?, ?)").run(
      id, model, alias.name, alias.target, alias.form.rawValue, version)
  }

  func write(_ problem: Problem, _ db: Database) throws {
    try insert(
      db,
      """
      INSERT INTO problem (store, kind, path, line, message)
      SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (
        SELECT 1 FROM problem WHERE store = ?1 AND kind = ?2 AND path = ?3 AND line IS ?4 AND message = ?5)
      """
    ).run(store, problem.kind.rawValue, problem.path, problem.line, problem.message)
  }
}
