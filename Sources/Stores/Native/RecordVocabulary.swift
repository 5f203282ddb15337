/// What a key of a run record or data manifest means; teams name keys differently.
package enum RecordKey: String, Sendable, CaseIterable {
  case runID = "run_id"
  case timestamp, status, command
  case gitCommit = "git_commit"
  case gitRepository = "git_repository"
  case gitDirty = "git_dirty"
  case dataManifest = "data_manifest"
  case dataDigest = "data_digest"
  case dataSnapshot = "data_snapshot"
  case config
  case configDigest = "config_digest"
  case python, os, hardware, requirements
  case requirementsDigest = "requirements_digest"
  case dockerImage = "docker_image"
  case dockerfile
  case seeds, deterministic, params, metrics, artifacts, log
  case parentRun = "parent_run"
  case upstreamModels = "upstream_models"
  case model, version
  case datasetName = "dataset_name"
  case storageURI = "storage_uri"
  case recordCount = "record_count"
  case schemaHash = "schema_hash"
  case contentHash = "content_hash"
  case createdAt = "created_at"
  case schema, files
}

/// The one table of synonyms; a policy can add to it.
package struct RecordVocabulary: Sendable {
  private var meanings: [String: (key: RecordKey, rank: Int)]

  /// Keys whose maps are looked into: `git.commit` is `commit` under `git`.
  private static let sections: Set<String> = [
    "run", "git", "code", "source", "data", "dataset", "config", "environment", "env", "container", "docker", "seeds",
    "reproducibility", "tracking",
  ]

  package static let standard = RecordVocabulary(run: runSynonyms)
  package static let manifest = RecordVocabulary(run: manifestSynonyms)

  private init(run synonyms: [RecordKey: [String]]) {
    meanings = [:]
    for (key, names) in synonyms {
      for (rank, name) in ([key.rawValue] + names).enumerated() { meanings[name] = (key, rank) }
    }
  }

  /// The table with a policy's own synonyms, which come first.
  package func adding(_ synonyms: [RecordKey: [String]]) -> RecordVocabulary {
    var table = self
    for (key, names) in synonyms {
      for name in names { table.meanings[Self.normalised(name)] = (key, -1) }
    }
    return table
  }

  /// The entries of a record by meaning; of several synonyms the one named first in the table wins.
  package func read(_ record: [DocumentEntry]) -> [RecordKey: DocumentEntry] {
    var found: [RecordKey: (entry: DocumentEntry, rank: Int)] = [:]
    func note(_ name: String, _ entry: DocumentEntry) {
      guard !entry.node.isNull, let (key, rank) = meanings[name] else { return }
      if let known = found[key], known.rank <= rank { return }
      found[key] = (entry, rank)
    }
    for entry in record {
      let name = Self.normalised(entry.key)
      note(name, entry)
      guard Self.sections.contains(name), let inner = entry.node.entries else { continue }
      for entry in inner { note("\(name).\(Self.normalised(entry.key))", entry) }
    }
    return found.mapValues(\.entry)
  }

  /// `runId`, `run-id` and `Run ID` are `run_id`.
  package static func normalised(_ key: String) -> String {
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
}

extension RecordVocabulary {
  private static let runSynonyms: [RecordKey: [String]] = [
    .runID: ["run.run_id", "run.id", "tracking.run_id", "id", "run_uuid", "run_name", "run"],
    .timestamp: ["started_at", "start_time", "created_at", "date", "time", "run.timestamp", "run.started_at"],
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
    .params: ["parameters", "hyperparameters", "hyper_parameters", "hparams"],
    .metrics: ["results", "scores", "evaluation"],
    .artifacts: ["outputs", "output_files", "artifact", "output"],
    .log: ["run_log", "log_file", "log_path", "log_uri", "logs"],
    .parentRun: ["parent_run_id", "parent", "run.parent", "parent_id"],
    .upstreamModels: ["upstream", "base_model", "base_models", "parent_models", "parent_model"],
    .model: ["model_name", "registered_model"],
    .version: ["model_version"],
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
