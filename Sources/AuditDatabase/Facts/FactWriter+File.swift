import GRDB
import Records

extension FactWriter {
  func write(_ metric: NamedNumber, of subject: Int64, _ db: Database) throws {
    try insert(db, "INSERT OR IGNORE INTO metric (subject, name, value, text, path, line) VALUES (?, ?, ?, ?, ?, ?)")
      .run(subject, metric.name, metric.value, metric.text, metric.path, metric.line)
  }

  func write(_ placeholder: Placeholder, of subject: Int64, _ db: Database) throws {
    try insert(db, "INSERT INTO placeholder (subject, key, value, reason, path, line) VALUES (?, ?, ?, ?, ?, ?)").run(
      subject, placeholder.key, placeholder.value, placeholder.reason, placeholder.path, placeholder.line)
  }

  func write(_ secret: ExposedSecret, of subject: Int64, _ db: Database) throws {
    try insert(db, "INSERT INTO secret (subject, key, path, line) VALUES (?, ?, ?, ?)").run(
      subject, secret.key, secret.path, secret.line)
  }

  func write(_ listed: ListedDigest, _ db: Database) throws {
    let claim = listed.claim
    try insert(
      db,
      """
      INSERT INTO listed_digest (store, path, algorithm, digest, text, definition, document, line)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      store, listed.path, claim.digest?.algorithm.rawValue, claim.digest?.hex, claim.text,
      claim.digest?.definition?.rawValue, claim.document, claim.line)
  }

  func write(_ artifact: Artifact, of subject: Int64, _ db: Database) throws {
    let file = try file(artifact.file, db)
    try insert(
      db, "INSERT OR IGNORE INTO artifact (subject, file, role, declared, document, line) VALUES (?, ?, ?, ?, ?, ?)"
    ).run(subject, file, artifact.role.rawValue, artifact.declared, artifact.document, artifact.line)
    for claim in artifact.claims { try write(claim, on: file, db) }
  }

  func write(_ claim: Claim, on file: Int64, _ db: Database) throws {
    try insert(
      db,
      """
      INSERT INTO claim (file, algorithm, digest, text, definition, size, document, line, evidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      file, claim.digest?.algorithm.rawValue, claim.digest?.hex, claim.text,
      claim.isContradicted ? "contradicted" : claim.digest?.definition?.rawValue, claim.size, claim.document,
      claim.line, claim.evidence.rawValue)
  }

  /// The id of a file, which is added when it is new.
  func file(_ file: FileReference, _ db: Database) throws -> Int64 {
    if let known = knownFiles[file.path] { return known }
    try insert(
      db,
      """
      INSERT OR IGNORE INTO file (id, store, path, raw, location, form, exclusion, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      nextFile, store, file.path, file.raw, file.location.rawValue, file.form.rawValue,
      exclusion(file.path), file.reason)
    if db.changesCount > 0 {
      nextFile += 1
      return nextFile - 1
    }
    let find = try db.cachedStatement(sql: "SELECT id FROM file WHERE store = ? AND path = ?")
    let id = try Int64.fetchOne(find, arguments: [store, file.path]) ?? 0
    // Only what comes again is worth keeping, and not more than fits in a little memory.
    if knownFiles.count < 4096 { knownFiles[file.path] = id }
    return id
  }
}
