import GRDB
import Records

/// What is on record of a version or run: what went into it, and what came out.
package struct Provenance: Sendable {
  /// The record of the run.
  package struct Run: Sendable, Hashable {
    package let name: String
    /// As the record states it.
    package let identity: String?
    package let path: String
    package let recordedAt: String?
    package let finishedAt: String?
    package let status: String?
    package let command: String?
    package let isDeterministic: Bool?
  }

  /// The commit that the run names, and the repository it was looked for in.
  package struct Commit: Sendable, Hashable {
    package let hash: String?
    package let repository: String?
    package let root: String?
    package let isDirty: Bool?
    package let resolution: String
  }

  /// A dataset that the run read.
  package struct Dataset: Sendable, Hashable {
    package let role: String?
    /// The dataset's name, or the reference as written where that leads nowhere.
    package let name: String
    package let location: String?
    /// As the manifest claims it, or else as the run does.
    package let claimed: String?
    /// Hexadecimal SHA-256 of each file of the data that was read, sorted.
    package let found: [String]
    package let records: Int?
    package let schema: String?
    /// Why nothing is known of it; nil when its manifest is there.
    package let gap: String?
  }

  /// The configuration of the run.
  package struct Config: Sendable, Hashable {
    package let isInline: Bool
    package let declared: String?
    /// Relative to the store: the file, or the record that holds it.
    package let path: String?
    /// From 1; where an inline one begins.
    package let line: Int?
    /// Hexadecimal, of the bytes at `path`; nil when this scan did not read them.
    package let sha256: String?
  }

  package struct Named: Sendable, Hashable {
    package let name: String
    package let value: String?

    package init(name: String, value: String?) {
      self.name = name
      self.value = value
    }
  }

  package struct Metric: Sendable, Hashable {
    package let name: String
    /// Nil when it is not a finite number.
    package let value: Double?
    package let text: String?
  }

  /// A file that came out, or lies with the version.
  package struct Artifact: Sendable, Hashable {
    /// Relative to the folder of the version or the run.
    package let path: String
    package let role: String
    package let state: String
    package let size: Int64?
    /// `sha256:…` as found, or else as a record claims it.
    package let digest: String?
    package let isRead: Bool
  }

  package var run: Run?
  package var commit: Commit?
  package var datasets: [Dataset] = []
  package var config: Config?
  package var params: [Named] = []
  package var seeds: [Named] = []
  package var metrics: [Metric] = []
  /// Python, operating system, hardware and images, as far as they are recorded.
  package var platform: [Named] = []
  /// Requirements by name, each as written.
  package var requirements: [Named] = []
  package var artifacts: [Artifact] = []

  /// The version and the run that a subject stands for: an alias for its version, a version for its run.
  package struct Members: Sendable, Hashable {
    package let version: Int64?
    package let run: Int64?

    package init(version: Int64?, run: Int64?) {
      self.version = version
      self.run = run
    }
  }

  /// What a subject stands for; nil for a dangling alias and for what is neither alias, version nor run.
  package static func members(of id: Int64, kind: SubjectKind, in database: AuditDatabase) throws -> Members? {
    try database.read { db in
      switch kind {
      case .run: return Members(version: nil, run: id)
      case .version: return Members(version: id, run: try Self.run(of: id, db))
      case .alias:
        let version = try Int64.fetchOne(
          db, sql: "SELECT version_id FROM aliases WHERE subject_id = ?", arguments: [id])
        return try version.map { Members(version: $0, run: try Self.run(of: $0, db)) }
      case .dataset, .model, .store, .waiver: return nil
      }
    }
  }

  private static func run(of version: Int64, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT run_subject_id FROM versions WHERE subject_id = ?", arguments: [version])
  }

  package init(of members: Members, in database: AuditDatabase) throws {
    self = try database.read { db in
      var facts = Provenance()
      if let run = members.run { try facts.read(run: run, db) }
      let subjects = [members.version, members.run].compactMap(\.self)
      facts.metrics = try Self.metrics(of: subjects, db)
      facts.artifacts = try Self.artifacts(of: subjects, db)
      return facts
    }
  }

  /// Of nothing yet.
  init() {}
}
