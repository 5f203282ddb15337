import GRDB
import Records

extension ObservationWriter {
  /// Takes what a second reading gave of files that are not as they should be.
  ///
  /// Where it differs from the first, neither says anything of the file: what the first said is taken back.
  package func settle(_ second: [Observation]) throws {
    try database.writer.write { db in
      for item in second where try !confirms(item, db) { try replaceFirst(by: item, db) }
    }
  }

  /// Whether the second reading found the same bytes as the first.
  private func confirms(_ second: Observation, _ db: Database) throws -> Bool {
    guard second.state == .present else { return false }
    let first = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT size, sha256 FROM observation WHERE file = ?"), arguments: [second.file])
    guard let first, first[0] as Int64? == second.size, first[1] as String? == second.sha256 else { return false }
    return try second.others.allSatisfy { digest in
      let found = try String.fetchOne(
        db.cachedStatement(
          sql: "SELECT digest FROM observed_digest WHERE file = ? AND algorithm = ? AND definition = ?"),
        arguments: [second.file, digest.algorithm.rawValue, digest.definition?.rawValue ?? ""])
      return found == digest.hex
    }
  }

  private func replaceFirst(by second: Observation, _ db: Database) throws {
    let state = second.state == .present ? "unstable" : second.state.rawValue
    let verdict: CheckVerdict =
      switch second.state {
      case .present: .unstableRead
      case .missing: .missing
      case .changing: .changing
      case .unreadable, .unreachable, .outside, .notRead: .unreadable
      }
    let message = second.state == .present ? "two reads gave different bytes" : second.message
    let file = second.file
    try Insert(db, "UPDATE observation SET state = ?, sha256 = NULL, message = ? WHERE file = ?")
      .run(state, message, file)
    try Insert(db, "DELETE FROM observed_digest WHERE file = ?").run(file)
    try Insert(db, "DELETE FROM file_change WHERE file = ?").run(file)
    try Insert(db, "UPDATE temp.remembered SET content = NULL WHERE file = ?").run(file)
    try Insert(db, "UPDATE file_check SET verdict = ?, message = ?, found = NULL, verified_at = NULL WHERE file = ?")
      .run(verdict.rawValue, message, file)
  }
}
