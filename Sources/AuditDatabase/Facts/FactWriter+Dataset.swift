import GRDB
import Records

extension FactWriter {
  /// Adds a dataset; a manifest that says the same as a known one is another document of it.
  func write(_ dataset: DatasetFact, _ db: Database) throws {
    let name = dataset.name ?? dataset.path
    let storage = try dataset.storage.map { try file($0.file, db) }
    if let known = try subject(named: "dataset:\(name)", .dataset, db), try isSame(dataset, storage, as: known, db) {
      try addDocument(dataset.path, to: known, db)
      // The other document may list further files, and expose secrets of its own.
      try write(dataset.files, of: known, areItsOwn: !dataset.isExtract, db)
      for secret in dataset.secrets { try write(secret, of: known, db) }
      return
    }
    let id = try subject(.dataset, "dataset:\(name)", path: dataset.path, line: dataset.line, db)
    try insert(
      db,
      """
      INSERT INTO dataset (subject, name, storage_uri, storage_line, format, record_count, record_count_line,
        schema_hash, schema_hash_line, content_hash, content_hash_line, created_at, file, declared_columns, declared_types,
        mutability)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      id, name, dataset.storageURI?.text, dataset.storageURI?.line, dataset.format,
      dataset.recordCount?.value.flatMap { Int64(exactly: $0) }, dataset.recordCount?.line, dataset.schemaHash?.text,
      dataset.schemaHash?.line, dataset.contentHash?.text, dataset.contentHash?.line, dataset.createdAt, storage,
      dataset.declaredSchema.map { $0.columns.joined(separator: "\u{1F}") },
      dataset.declaredSchema.map { $0.types.joined(separator: "\u{1F}") }, dataset.mutability)
    try addDocument(dataset.path, to: id, db)
    try write((dataset.storage.map { [$0] } ?? []) + dataset.files, of: id, areItsOwn: !dataset.isExtract, db)
    for placeholder in dataset.placeholders { try write(placeholder, of: id, db) }
    for secret in dataset.secrets { try write(secret, of: id, db) }
  }

  /// Adds files of a dataset with what is claimed of each; those that are not its own are only claimed of.
  func write(_ files: [Artifact], of dataset: Int64, areItsOwn: Bool = true, _ db: Database) throws {
    for part in files {
      let file = try file(part.file, db)
      if areItsOwn {
        try insert(db, "INSERT OR IGNORE INTO dataset_file (dataset, file) VALUES (?, ?)").run(dataset, file)
      }
      for claim in part.claims { try write(claim, on: file, db) }
    }
  }

  private func addDocument(_ path: String, to dataset: Int64, _ db: Database) throws {
    try insert(db, "INSERT OR IGNORE INTO dataset_document (dataset, path) VALUES (?, ?)").run(dataset, path)
  }

  private func isSame(_ dataset: DatasetFact, _ storage: Int64?, as known: Int64, _ db: Database) throws -> Bool {
    // The same file may be written in different ways, from manifests at different depths.
    let sql = """
      SELECT 1 FROM dataset WHERE subject = ?1 AND file IS ?2 AND (?2 IS NOT NULL OR storage_uri IS ?7) AND record_count IS ?3
        AND schema_hash IS ?4 AND content_hash IS ?5 AND created_at IS ?6
      """
    return try Int.fetchOne(
      db, sql: sql,
      arguments: [
        known, storage, dataset.recordCount?.value.flatMap { Int64(exactly: $0) }, dataset.schemaHash?.text,
        dataset.contentHash?.text, dataset.createdAt, dataset.storageURI?.text,
      ]) != nil
  }
}
