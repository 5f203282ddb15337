import GRDB
import Records

extension FactWriter {
  func write(_ run: RunFact, _ db: Database) throws {
    let name = run.runID ?? (run.folder.isEmpty ? run.path : run.folder)
    let id = try subject(.run, "run:\(name)", path: run.path, line: run.line, db)
    let subjectName = lastName
    let environment = try run.environment.map { try write($0, db) }
    let log = try run.logFile.map { try file($0, db) }
    try insert(
      db,
      """
      INSERT INTO run (subject, store, name, path, line, run_id, recorded_at, status, command, model, version, parent_run,
        deterministic, environment, folder, log, log_file, log_line, started_at, finished_at, nondeterminism,
        parent_groups)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      id, storeName, subjectName, run.path, run.line, run.runID, run.recordedAt, run.status, run.command, run.model,
      run.version, run.parentRun, run.deterministic, environment, run.folder, run.log?.text, log, run.log?.line,
      run.startedAt, run.finishedAt, run.nondeterminism, run.parentGroups)
    let commit = run.commit
    try insert(
      db,
      "INSERT INTO commit_claim (run, hash, repository, repository_root, dirty, line, guessed) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ).run(id, commit.hash, commit.repository, commit.repositoryRoot, commit.dirty, commit.line, commit.isGuess)
    if let serving = run.inferenceCommit {
      try insert(db, "INSERT INTO inference_commit (run, hash, line) VALUES (?, ?, ?)").run(
        id, serving.text, serving.line)
    }
    try writeInputs(of: run, id, db)
    for artifact in run.artifacts { try write(artifact, of: id, db) }
    for item in run.unlocated {
      try insert(db, "INSERT INTO unlocated_artifact (run, item, line) VALUES (?, ?, ?)").run(id, item.name, item.line)
    }
    for metric in run.metrics { try write(metric, of: id, db) }
    for metric in run.metricsBeside {
      try insert(
        db, "INSERT OR IGNORE INTO metric_beside (run, name, value, text, path, line) VALUES (?, ?, ?, ?, ?, ?)"
      ).run(id, metric.name, metric.value, metric.text, metric.path, metric.line)
    }
    for placeholder in run.placeholders { try write(placeholder, of: id, db) }
    for secret in run.secrets { try write(secret, of: id, db) }
    for problem in run.schemaProblems {
      try insert(db, "INSERT INTO schema_problem (run, item, message, line) VALUES (?, ?, ?, ?)").run(
        id, problem.item, problem.message, problem.line)
    }
  }

  private func writeInputs(of run: RunFact, _ id: Int64, _ db: Database) throws {
    if let config = run.config {
      if let artifact = config.artifact { try write(artifact, of: id, db) }
      let file = try config.artifact.map { try self.file($0.file, db) }
      try insert(db, "INSERT INTO config (run, form, declared, file, line) VALUES (?, ?, ?, ?, ?)").run(
        id, file == nil ? "inline" : "file", config.declared, file, config.line)
    }
    if let source = run.requirements {
      let file = try source.file.map { try self.file($0, db) }
      if let file, let claim = source.claim { try write(claim, on: file, db) }
      try insert(db, "INSERT INTO run_requirements (run, file, declared, digest, line) VALUES (?, ?, ?, ?, ?)").run(
        id, file, source.declared, source.claim?.text, source.line)
    }
    for seed in run.seeds {
      try insert(db, "INSERT OR IGNORE INTO seed (run, framework, value, line) VALUES (?, ?, ?, ?)").run(
        id, seed.name, seed.text, seed.line)
    }
    for param in run.params {
      try insert(db, "INSERT OR IGNORE INTO param (run, name, value, line) VALUES (?, ?, ?, ?)").run(
        id, param.name, param.text, param.line)
    }
    for (position, use) in run.datasets.enumerated() {
      let digest = use.digest.flatMap { Digest(text: $0) }
      let manifest = try use.manifestFile.map { try file($0, db) }
      try insert(
        db,
        """
        INSERT INTO dataset_use (run, position, role, declared, manifest, name, digest, reason, line, manifest_file,
          digest_of, algorithm, hex)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
      ).run(
        id, position, use.role, use.declared, use.manifest, use.name, use.digest, use.reason, use.line, manifest,
        use.digestOf?.rawValue, digest?.algorithm.rawValue, digest?.hex)
    }
    for upstream in run.upstream {
      try insert(db, "INSERT OR IGNORE INTO upstream (run, declared, line) VALUES (?, ?, ?)").run(
        id, upstream.name, upstream.line)
    }
  }
}
