import GRDB
import Records

extension FactWriter {
  /// The id of an environment, which is added when it is new.
  func write(_ environment: EnvironmentFact, _ db: Database) throws -> Int64 {
    if let known = knownEnvironments[environment.fingerprint] { return known }
    let id = try find(environment, db)
    if knownEnvironments.count < 4096 { knownEnvironments[environment.fingerprint] = id }
    return id
  }

  private func find(_ environment: EnvironmentFact, _ db: Database) throws -> Int64 {
    let find = try db.cachedStatement(sql: "SELECT id FROM environment WHERE fingerprint = ?")
    if let known = try Int64.fetchOne(find, arguments: [environment.fingerprint]) { return known }
    try insert(
      db, "INSERT INTO environment (fingerprint, python, os, hardware, requirements_state) VALUES (?, ?, ?, ?, ?)"
    ).run(
      environment.fingerprint, environment.python, environment.os, environment.hardware,
      environment.requirementsState.rawValue)
    let id = db.lastInsertedRowID
    for (position, item) in environment.requirements.enumerated() {
      try insert(db, "INSERT INTO requirement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
        id, position, item.name, item.text, item.pin, item.pinned, item.hashed, item.path, item.line)
    }
    for (position, image) in environment.images.enumerated() {
      try insert(db, "INSERT INTO image VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
        id, position, image.role.rawValue, image.text, image.registry, image.repository, image.tag, image.digest,
        image.pin, image.reason, image.path, image.line)
    }
    for (position, item) in environment.pythons.enumerated() {
      try insert(db, "INSERT INTO python_pin VALUES (?, ?, ?, ?, ?, ?, ?, ?)").run(
        id, position, item.source.rawValue, item.text, item.version, item.isRange, item.path, item.line)
    }
    for (position, item) in environment.installs.enumerated() {
      try insert(db, "INSERT INTO install VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)").run(
        id, position, item.tool, item.name, item.text, item.pin, item.pinned, item.path, item.line)
    }
    return id
  }
}
