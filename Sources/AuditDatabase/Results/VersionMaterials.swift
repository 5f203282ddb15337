import GRDB
import Records

/// What one registered version is made of, as the facts have it: for a bill of materials.
package struct VersionMaterials: Sendable {
  /// A file with what reading it gave.
  package struct File: Sendable, Hashable {
    package let path: String
    package let role: String
    package let isDirectory: Bool
    package let size: Int64?
    /// Of the bytes that were read, as `algorithm:hex`, sorted; empty when nothing was read.
    package let digests: [String]
  }

  package struct Requirement: Sendable, Hashable {
    /// Normalised; nil when the line could not be parsed.
    package let name: String?
    package let text: String
    package let pin: String
    package let isPinned: Bool
    package let isHashed: Bool
    package let path: String?
  }

  package struct Image: Sendable, Hashable {
    package let role: String
    package let text: String
    package let registry: String?
    package let repository: String?
    package let tag: String?
    /// As `sha256:hex`.
    package let digest: String?
  }

  package struct Dataset: Sendable, Hashable {
    package let subject: String
    package let name: String
    /// What the run uses it for, as written.
    package let roles: [String]
    package let location: String?
    package let records: Int?
    /// As the manifest claims it, and as written.
    package let contentHash: String?
    package let files: [File]
  }

  package struct Metric: Sendable, Hashable {
    package let name: String
    /// As written.
    package let text: String
  }

  package private(set) var project: String?
  package private(set) var model = ""
  package private(set) var version = ""
  package private(set) var aliases: [String] = []
  package private(set) var files: [File] = []
  /// Cards and licences of the model: `card` or `licence`, and the path.
  package private(set) var documents: [(kind: String, path: String)] = []
  package private(set) var metrics: [Metric] = []
  package private(set) var run: String?
  package private(set) var commit: String?
  package private(set) var repository: String?
  package private(set) var python: String?
  package private(set) var system: String?
  package private(set) var hardware: String?
  package private(set) var requirements: [Requirement] = []
  package private(set) var images: [Image] = []
  package private(set) var seeds: [(framework: String, value: String)] = []
  package private(set) var datasets: [Dataset] = []
  /// Versions of other models that its run built on.
  package private(set) var upstream: [String] = []
  /// What is not recorded, in words.
  package private(set) var gaps: [String] = []

  /// `version` is the subject's id in `database`.
  package init(of version: Int64, in database: AuditDatabase) throws {
    try database.read { db in
      let head = try Row.fetchOne(
        db,
        sql: """
          SELECT m.project, m.model, v.version, v.run_subject_id, v.model_id
          FROM versions v JOIN models m ON m.subject_id = v.model_id WHERE v.subject_id = ?
          """, arguments: [version])
      guard let head else { return }
      (project, model, self.version) = (head[0], head[1], head[2])
      let (run, model): (Int64?, Int64) = (head[3], head[4])
      aliases = try String.fetchAll(
        db, sql: "SELECT alias FROM aliases WHERE version_id = ? ORDER BY alias", arguments: [version])
      files = try Self.files(
        db, "SELECT file_id, role FROM artifacts WHERE subject_id = ?1 AND role <> 'folder'", version)
      documents = try Row.fetchAll(
        db, sql: "SELECT kind, path FROM model_documents WHERE subject_id = ? ORDER BY kind, path", arguments: [model]
      ).map { ($0[0], $0[1]) }
      metrics = try Self.metrics(db, [version, run].compactMap { $0 })
      gaps = try String.fetchAll(
        db,
        sql: "SELECT DISTINCT gap FROM lineage WHERE child_id IN (?1, ?2) AND gap IS NOT NULL ORDER BY gap",
        arguments: [version, run])
      if let run { try readRun(run, db) }
    }
  }

  /// Metrics of the version, and those that its run has besides.
  private static func metrics(_ db: Database, _ subjects: [Int64]) throws -> [Metric] {
    var metrics: [Metric] = []
    for subject in subjects {
      for row in try Row.fetchAll(
        db, sql: "SELECT name, coalesce(text, value, '') FROM metrics WHERE subject_id = ? ORDER BY name",
        arguments: [subject])
      {
        let metric = Metric(name: row[0], text: row[1])
        if !metrics.contains(metric) { metrics.append(metric) }
      }
    }
    return metrics.sorted { ($0.name, $0.text) < ($1.name, $1.text) }
  }

  /// `chosen` gives the ids of files and their roles.
  private static func files(_ db: Database, _ chosen: String, _ subject: Int64) throws -> [File] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT f.path, c.role, f.form = 'directory', o.size, o.sha256, (
          SELECT group_concat(d.algorithm || ':' || d.digest, char(10)) FROM observed_digest d
          WHERE d.file = f.id AND d.definition = '')
        FROM (\(chosen)) c JOIN file f ON f.id = c.file_id
        LEFT JOIN observation o ON o.file = f.id AND o.state = 'present' ORDER BY f.path, c.role
        """, arguments: [subject]
    ).map { row in
      let isDirectory: Bool = row[2]
      let sha256 = (row[4] as String?).map { ["sha256:\($0)"] } ?? []
      let others = (row[5] as String?)?.split(separator: "\n").map(String.init) ?? []
      // The digest of a directory is of a list, and of no bytes that anybody has.
      return File(
        path: row[0], role: row[1], isDirectory: isDirectory, size: row[3],
        digests: isDirectory ? [] : Set(sha256 + others).sorted())
    }
  }

  private mutating func readRun(_ run: Int64, _ db: Database) throws {
    var provenance = Provenance()
    try provenance.read(run: run, db)
    func platform(_ name: String) -> String? { provenance.platform.first { $0.name == name }?.value }
    (self.run, commit, repository) = (provenance.run?.name, provenance.commit?.hash, provenance.commit?.repository)
    (python, system, hardware) = (platform("python"), platform("os"), platform("hardware"))
    seeds = provenance.seeds.map { ($0.name, $0.value ?? "") }
    upstream = try String.fetchAll(
      db,
      sql: """
        SELECT DISTINCT s.name FROM upstream u JOIN subject s ON s.id = u.version WHERE u.run = ? ORDER BY s.name
        """, arguments: [run])
    try readDatasets(run, db)
    let environment = try Int64.fetchOne(
      db, sql: "SELECT environment_id FROM runs WHERE subject_id = ?", arguments: [run])
    guard let environment else { return }
    requirements = try Row.fetchAll(
      db,
      sql: "SELECT name, text, pin, pinned, hashed, path FROM requirements WHERE environment_id = ? ORDER BY position",
      arguments: [environment]
    ).map {
      Requirement(name: $0[0], text: $0[1], pin: $0[2], isPinned: $0[3], isHashed: $0[4], path: $0[5])
    }
    images = try Row.fetchAll(
      db,
      sql: """
        SELECT role, text, registry, repository, tag, digest FROM images
        WHERE environment_id = ? AND role IN ('run', 'base') ORDER BY position
        """, arguments: [environment]
    ).map { Image(role: $0[0], text: $0[1], registry: $0[2], repository: $0[3], tag: $0[4], digest: $0[5]) }
  }

  private mutating func readDatasets(_ run: Int64, _ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT d.subject_id, d.subject, d.dataset, d.storage_uri, d.record_count, d.content_hash,
          (SELECT group_concat(role, char(10)) FROM (
            SELECT DISTINCT coalesce(role, '') AS role FROM run_datasets
            WHERE subject_id = ?1 AND dataset_id = d.subject_id ORDER BY 1))
        FROM datasets d WHERE d.subject_id IN (SELECT dataset_id FROM run_datasets WHERE subject_id = ?1)
        ORDER BY d.subject
        """, arguments: [run])
    datasets = try rows.map { row in
      let roles = (row[6] as String?)?.split(separator: "\n").map(String.init) ?? []
      return Dataset(
        subject: row[1], name: row[2], roles: roles, location: row[3], records: row[4], contentHash: row[5],
        files: try Self.files(
          db, "SELECT file_id, 'data' AS role FROM dataset_files WHERE subject_id = ?1", row[0] as Int64))
    }
  }
}
