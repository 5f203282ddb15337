import GRDB
import Records

extension Provenance {
  /// What the record of a run says of what went into it.
  mutating func read(run id: Int64, _ db: Database) throws {
    run = try Row.fetchOne(
      db,
      sql: """
        SELECT name, run_id, path, recorded_at, finished_at, status, command, deterministic FROM run WHERE subject = ?
        """, arguments: [id]
    ).map {
      Run(
        name: $0[0], identity: $0[1], path: $0[2], recordedAt: $0[3], finishedAt: $0[4], status: $0[5], command: $0[6],
        isDeterministic: $0[7])
    }
    commit = try Row.fetchOne(
      db, sql: "SELECT hash, repository, repository_root, dirty, resolution FROM commit_claim WHERE run = ?",
      arguments: [id]
    ).map { Commit(hash: $0[0], repository: $0[1], root: $0[2], isDirty: $0[3], resolution: $0[4]) }
    datasets = try Self.datasets(of: id, db)
    config = try Row.fetchOne(
      db,
      sql: """
        SELECT c.form = 'inline', c.declared, coalesce(f.path, r.path), c.line, o.sha256
        FROM config c JOIN run r ON r.subject = c.run JOIN subject s ON s.id = c.run
        LEFT JOIN file f ON f.id = coalesce(c.file, (
          SELECT g.id FROM file g WHERE g.path = r.path AND g.store = s.store))
        LEFT JOIN observation o ON o.file = f.id AND o.state = 'present'
        WHERE c.run = ?
        """, arguments: [id]
    ).map { Config(isInline: $0[0], declared: $0[1], path: $0[2], line: $0[3], sha256: $0[4]) }
    params = try Self.named("SELECT name, value FROM param WHERE run = ? ORDER BY name", id, db)
    seeds = try Self.named("SELECT framework, value FROM seed WHERE run = ? ORDER BY framework", id, db)
    guard
      let environment = try Int64.fetchOne(db, sql: "SELECT environment FROM run WHERE subject = ?", arguments: [id])
    else { return }
    if let row = try Row.fetchOne(
      db, sql: "SELECT python, os, hardware FROM environment WHERE id = ?", arguments: [environment])
    {
      platform = zip(["python", "os", "hardware"], row.databaseValues).compactMap { name, value in
        String.fromDatabaseValue(value).map { Named(name: name, value: $0) }
      }
    }
    platform += try Self.named(
      """
      SELECT CASE role WHEN 'run' THEN 'image' ELSE role || ' image' END, text FROM image
      WHERE environment = ? AND role IN ('run', 'base') ORDER BY role DESC, position
      """, environment, db)
    requirements = try Self.named(
      "SELECT coalesce(name, text), text FROM requirement WHERE environment = ? ORDER BY name, position", environment,
      db)
  }

  private static func named(_ sql: String, _ id: Int64, _ db: Database) throws -> [Named] {
    try Row.fetchAll(db, sql: sql, arguments: [id]).map { Named(name: $0[0], value: $0[1]) }
  }

  private static func datasets(of run: Int64, _ db: Database) throws -> [Dataset] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT u.role, coalesce(d.name, u.name, u.declared), d.storage_uri,
          coalesce(d.content_hash, CASE WHEN u.digest_of IS NOT 'manifest' OR d.subject IS NULL THEN u.digest END),
          (SELECT group_concat(sha256, ' ') FROM (
            SELECT o.sha256 FROM (
              SELECT d.file UNION SELECT p.file FROM dataset_file p WHERE p.dataset = u.dataset
            ) f JOIN observation o ON o.file = f.file WHERE o.sha256 IS NOT NULL ORDER BY o.sha256)),
          coalesce(d.counted_records, d.record_count), coalesce(d.found_schema_hash, d.schema_hash),
          CASE WHEN u.dataset IS NULL THEN coalesce(u.reason, 'the data manifest is not there') END
        FROM dataset_use u LEFT JOIN dataset d ON d.subject = u.dataset WHERE u.run = ? ORDER BY u.position
        """, arguments: [run]
    ).map { row in
      let found: String? = row[4]
      return Dataset(
        role: row[0], name: row[1] ?? "", location: row[2], claimed: row[3],
        found: found?.split(separator: " ").map(String.init) ?? [], records: row[5], schema: row[6], gap: row[7])
    }
  }

  /// The first subject that states a metric has the word.
  static func metrics(of subjects: [Int64], _ db: Database) throws -> [Metric] {
    var metrics: [String: Metric] = [:]
    for subject in subjects {
      for row in try Row.fetchAll(
        db, sql: "SELECT name, value, text FROM metric WHERE subject = ?", arguments: [subject])
      {
        let metric = Metric(name: row[0], value: row[1], text: row[2])
        if metrics[metric.name] == nil { metrics[metric.name] = metric }
      }
    }
    return metrics.values.sorted { $0.name < $1.name }
  }

  /// Files of the subjects, each under the folder that it lies in; what only describes the others is left out.
  static func artifacts(of subjects: [Int64], _ db: Database) throws -> [Artifact] {
    var seen: Set<Int64> = []
    var artifacts: [Artifact] = []
    for subject in subjects {
      let folder = try String.fetchOne(
        db,
        sql: """
          SELECT coalesce((SELECT folder FROM run WHERE subject = s.id), s.path) FROM subject s WHERE s.id = ?
          """, arguments: [subject])
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT f.id, f.path, a.role, coalesce(o.state, 'not-read'), o.size, o.sha256,
            (SELECT min(c.algorithm || ':' || c.digest) FROM claim c WHERE c.file = f.id AND c.digest IS NOT NULL)
          FROM artifact a JOIN file f ON f.id = a.file LEFT JOIN observation o ON o.file = f.id
          WHERE a.subject = ? ORDER BY f.path
          """, arguments: [subject])
      for row in rows where seen.insert(row[0]).inserted {
        let sha256: String? = row[5]
        let claim: String? = row[6]
        let path: String = row[1]
        let inside = folder.flatMap { $0.isEmpty ? nil : path.hasPrefix($0 + "/") ? path.dropFirst($0.count + 1) : nil }
        artifacts.append(
          Artifact(
            path: inside.map(String.init) ?? path, role: row[2], state: row[3], size: row[4],
            digest: sha256.map { "sha256:\($0)" } ?? claim, isRead: sha256 != nil))
      }
    }
    return artifacts.sorted { ($0.path, $0.role) < ($1.path, $1.role) }
  }
}
