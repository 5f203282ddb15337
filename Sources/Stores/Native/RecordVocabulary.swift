import Documents

/// What a key of a run record or data manifest means; teams name keys differently.
///
/// The raw value is the key's place in `RecordValues`.
package enum RecordKey: Int, Sendable, CaseIterable {
  case runID, timestamp, startedAt, finishedAt, status, command
  case gitCommit, gitRepository, gitDirty
  case dataManifest, dataDigest, dataSnapshot
  case config, configDigest
  case python, os, hardware, requirements, requirementsDigest, dockerImage, dockerfile
  case seeds, deterministic, nondeterminism, params, metrics, artifacts, log
  case parentRun, upstreamModels, model, version
  case datasetName, storageURI, recordCount, schemaHash, contentHash, createdAt, schema, files
  case inferenceCommit
  case action, stage, replaces, fromStage, by, approvedBy, reason, modelDigest
  case check, kind, result, value, threshold, statistic, dataset, referenceDataset, currentDataset, tool
  case reproducedDigest, owner, tested, target

  /// As records write it: `run_id`.
  package var name: String { RecordVocabulary.normalised(String(describing: self)) }

  /// The key that records write as `name`.
  package init?(name: String) {
    guard let key = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = key
  }
}

/// The entries of a record by what they mean.
package struct RecordValues: Sendable {
  private var entries: [(entry: DocumentEntry, rank: Int)?] = Array(repeating: nil, count: RecordKey.allCases.count)

  /// The entry that means `key`; nil when the record has none.
  package subscript(key: RecordKey) -> DocumentEntry? { entries[key.rawValue]?.entry }

  /// Of several entries with one meaning, the one of the lowest rank stays, and of equals the first.
  fileprivate mutating func note(_ entry: DocumentEntry, _ meaning: RecordVocabulary.Meaning) {
    if let known = entries[meaning.key.rawValue], known.rank <= meaning.rank { return }
    entries[meaning.key.rawValue] = (entry, meaning.rank)
  }
}

/// The one table of synonyms; a policy can add to it.
package struct RecordVocabulary: Sendable {
  fileprivate struct Meaning: Sendable {
    let key: RecordKey
    /// Its place among the synonyms.
    let rank: Int
  }

  private var meanings: [String: Meaning] = [:]
  /// The keys that records of this kind have.
  private let keys: Set<RecordKey>
  /// Keys whose maps are looked into, with what their keys mean: `git.commit` is `commit` under `git`.
  private var sections: [String: [String: Meaning]]

  private static let sectionNames = [
    "run", "git", "code", "source", "data", "dataset", "config", "environment", "env", "container", "docker", "seeds",
    "reproducibility", "tracking", "inference", "serving", "deployment",
  ]

  package static let standard = RecordVocabulary(run: runSynonyms)
  package static let manifest = RecordVocabulary(run: manifestSynonyms)
  /// Of what is recorded of a version after its training.
  package static let lifecycle = RecordVocabulary(run: lifecycleSynonyms)

  private init(run synonyms: [RecordKey: [String]]) {
    keys = Set(synonyms.keys)
    sections = Dictionary(uniqueKeysWithValues: Self.sectionNames.map { ($0, [:]) })
    for (key, names) in synonyms {
      for (rank, name) in ([key.name] + names).enumerated() { add(name, Meaning(key: key, rank: rank)) }
    }
  }

  /// The table with a policy's own synonyms, which come first; those of keys of other records are none here, where
  /// the same name may mean something else.
  package func adding(_ synonyms: [RecordKey: [String]]) -> RecordVocabulary {
    var table = self
    for (key, names) in synonyms where keys.contains(key) {
      for name in names { table.add(Self.normalised(name), Meaning(key: key, rank: -1)) }
    }
    return table
  }

  private mutating func add(_ name: String, _ meaning: Meaning) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    if parts.count == 2, sections[parts[0]] != nil {
      sections[parts[0]]?[parts[1]] = meaning
    } else {
      meanings[name] = meaning
    }
  }

  /// The entries of a record by meaning; of several synonyms the one named first in the table wins.
  package func read(_ record: [DocumentEntry]) -> RecordValues {
    var values = RecordValues()
    for entry in record where !entry.node.isNull {
      let name = Self.normalised(entry.key)
      if let meaning = meanings[name] { values.note(entry, meaning) }
      guard let inner = entry.node.entries, let section = sections[name] else { continue }
      for entry in inner where !entry.node.isNull {
        if let meaning = section[Self.normalised(entry.key)] { values.note(entry, meaning) }
      }
    }
    return values
  }

  /// `runId`, `run-id` and `Run ID` are `run_id`.
  package static func normalised(_ key: String) -> String {
    if isNormalised(key) { return key }
    var name: [UInt8] = []
    var afterLower = false
    for byte in key.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        if afterLower { name.append(UInt8(ascii: "_")) }
        name.append(byte | 0x20)
        afterLower = false
      case UInt8(ascii: "-"), UInt8(ascii: " "):
        name.append(UInt8(ascii: "_"))
        afterLower = false
      default:
        name.append(byte)
        afterLower = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// Nearly every key is; then no second string is made of it.
  private static func isNormalised(_ key: String) -> Bool {
    func isPlain(_ byte: UInt8) -> Bool { !(byte >= 0x41 && byte <= 0x5A) && byte != 0x2D && byte != 0x20 }
    return key.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isPlain) } ?? key.utf8.allSatisfy(isPlain)
  }
}

extension RecordVocabulary {
  private static let runSynonyms: [RecordKey: [String]] = [
    .runID: ["run.run_id", "run.id", "tracking.run_id", "id", "run_uuid", "run_name", "run"],
    .timestamp: ["created_at", "date", "time", "run.timestamp"],
    .startedAt: ["start_time", "started", "run.started_at", "run.start_time"],
    .finishedAt: [
      "end_time", "ended_at", "completed_at", "finish_time", "finished", "run.finished_at", "run.ended_at",
      "run.end_time",
    ],
    .status: ["state", "run.status"],
    .command: ["cmd", "command_line", "entrypoint", "run.command"],
    .gitCommit: [
      "commit", "git.commit", "git.sha", "git.hash", "git.revision", "git_sha", "git_hash", "git_revision",
      "commit_hash", "commit_sha", "commit_id", "code.commit", "code.git_commit", "code.revision", "source.commit",
      "source.git_commit", "code_version", "revision", "sha",
    ],
    .gitRepository: [
      "git_repo", "repository", "repo", "git.repository", "git.repo", "git.url", "git.remote", "git_url", "git_remote",
      "code.repository", "code.repo", "code.url", "source.repository", "source.repo", "source.url",
    ],
    .gitDirty: [
      "dirty", "git.dirty", "git.is_dirty", "git.uncommitted", "is_dirty", "code.dirty", "source.dirty",
      "uncommitted_changes",
    ],
    .dataManifest: [
      "data.manifest", "data.manifests", "data_manifests", "dataset_manifest", "dataset.manifest", "manifest",
      "datasets",
      "data.datasets", "dataset", "data",
    ],
    .dataDigest: [
      "data_manifest_sha256", "data_manifest_digest", "data_sha256", "data_hash", "data.content_hash", "data.sha256",
      "data.digest", "data.hash", "dataset_hash", "dataset_sha256", "dataset.content_hash", "dataset.sha256",
      "dataset.digest",
    ],
    .dataSnapshot: [
      "data.snapshot", "data.path", "data.uri", "data.storage_uri", "dataset.snapshot", "dataset.path", "dataset.uri",
      "data_path", "data_uri", "dataset_path", "dataset_uri",
    ],
    .config: ["config.path", "config.file", "config_path", "config_file", "configuration", "cfg"],
    .configDigest: [
      "config_sha256", "config_checksum", "config_hash", "config.sha256", "config.checksum", "config.digest",
      "config.hash",
    ],
    .python: [
      "python_version", "environment.python", "environment.python_version", "env.python", "env.python_version",
    ],
    .os: ["platform", "operating_system", "environment.os", "environment.platform", "env.os", "env.platform"],
    .hardware: [
      "environment.hardware", "environment.gpu", "environment.cpu", "env.hardware", "env.gpu", "gpu", "accelerator",
      "environment.accelerator", "environment.machine",
    ],
    .requirements: [
      "requirements_file", "requirements_path", "requirements_txt", "environment.requirements",
      "environment.requirements_file", "environment.requirements_path", "environment.lockfile", "environment.lock_file",
      "env.requirements", "env.requirements_file", "lock_file", "lockfile", "dependencies", "environment.dependencies",
    ],
    .requirementsDigest: [
      "requirements_sha256", "requirements_hash", "requirements_checksum", "environment.requirements_sha256",
      "environment.requirements_digest", "environment.requirements_hash", "environment.requirements_checksum",
      "env.requirements_sha256", "env.requirements_digest",
    ],
    .dockerImage: [
      "image", "container_image", "environment.docker_image", "environment.image", "environment.container_image",
      "environment.container", "env.docker_image", "env.image", "docker.image", "container.image", "container",
    ],
    .dockerfile: ["environment.dockerfile", "env.dockerfile", "docker.dockerfile", "container.dockerfile"],
    .seeds: [
      "seed", "random_seed", "random_seeds", "random_state", "rng_seed", "rng_seeds", "reproducibility.seeds",
      "reproducibility.seed",
    ],
    .deterministic: [
      "seeds.deterministic", "environment.deterministic", "reproducibility.deterministic", "deterministic_algorithms",
    ],
    .nondeterminism: [
      "nondeterministic_operations", "nondeterministic_ops", "nondeterministic", "seeds.nondeterminism",
      "seeds.nondeterministic", "seeds.nondeterministic_operations", "seeds.nondeterministic_ops", "seeds.notes",
      "seeds.note", "reproducibility.nondeterminism", "reproducibility.nondeterministic_operations",
      "reproducibility.notes",
    ],
    .params: ["parameters", "hyperparameters", "hyper_parameters", "hparams"],
    .metrics: ["results", "scores", "evaluation"],
    .artifacts: ["outputs", "output_files", "artifact", "output"],
    .log: ["run_log", "log_file", "log_path", "log_uri", "logs"],
    .parentRun: ["parent_run_id", "parent", "run.parent", "parent_id"],
    .upstreamModels: ["upstream", "base_model", "base_models", "parent_models", "parent_model"],
    .model: ["model_name", "registered_model"],
    .version: ["model_version"],
    .inferenceCommit: inferenceCommitNames,
  ]

  private static let manifestSynonyms: [RecordKey: [String]] = [
    .datasetName: ["name", "dataset", "dataset_id", "dataset.name", "id"],
    .storageURI: [
      "uri", "path", "location", "storage", "data_uri", "data_path", "file", "url", "storage_path", "dataset.uri",
      "dataset.path",
    ],
    .recordCount: ["records", "row_count", "rows", "num_rows", "n_rows", "num_records", "count", "n_records"],
    .schemaHash: ["schema_sha256", "schema_digest", "schema_checksum"],
    .contentHash: [
      "sha256", "digest", "checksum", "hash", "content_sha256", "data_hash", "content_digest", "content_checksum",
      "md5",
      "dataset.content_hash",
    ],
    .createdAt: ["created", "timestamp", "snapshot_date", "date"],
    .schema: ["data_schema"],
    .files: ["shards", "parts", "resources"],
  ]
}
