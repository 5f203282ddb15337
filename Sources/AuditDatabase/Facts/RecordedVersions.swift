import GRDB

/// Ties records of promotions, validations and reproductions to versions, and holds the digests they state against
/// the versions' models: once here, since nearly every rule about stages asks.
enum RecordedVersions {
  static func resolve(_ db: Database) throws {
    guard try isNeeded(db) else { return }
    for step in steps { try db.execute(sql: step) }
  }

  /// Registries without such records pay nothing.
  private static func isNeeded(_ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM promotion) OR EXISTS (SELECT 1 FROM validation) OR EXISTS (SELECT 1 FROM reproduction)
        """) ?? false
  }

  private static let kinds = ["promotion", "validation", "reproduction"]

  private static let steps: [String] =
    [
      // The digests of each version's model: as read, or else as claimed. A checksum file vouches for all its files.
      // What a pointer states is a claim too, and its own bytes are not the model's.
      """
      CREATE TEMP TABLE model_digest AS
      WITH pointer AS MATERIALIZED (
        SELECT file, algorithm, digest FROM observed_digest WHERE definition = 'pointer'
      ), model_file AS (
        SELECT v.subject AS version, v.model, a.file FROM version v JOIN artifact a ON a.subject = v.subject
        WHERE a.role IN ('model', 'checksum') AND v.model IN (
          SELECT model FROM promotion UNION SELECT model FROM validation UNION SELECT model FROM reproduction)
        UNION SELECT v.subject, v.model, a.file FROM version v JOIN artifact a ON a.subject = v.run
        WHERE a.role = 'model' AND v.model IN (
          SELECT model FROM promotion UNION SELECT model FROM validation UNION SELECT model FROM reproduction)
      )
      SELECT m.version, m.model, 'sha256:' || o.sha256 AS digest, 'sha256' AS algorithm, 1 AS read
      FROM model_file m JOIN observation o ON o.file = m.file
      WHERE o.sha256 IS NOT NULL AND m.file NOT IN (SELECT file FROM pointer)
      UNION SELECT m.version, m.model, d.algorithm || ':' || d.digest, d.algorithm, 1
      FROM model_file m JOIN observed_digest d ON d.file = m.file WHERE m.file NOT IN (SELECT file FROM pointer)
      UNION SELECT m.version, m.model, p.algorithm || ':' || p.digest, p.algorithm, 0
      FROM model_file m JOIN pointer p ON p.file = m.file
      UNION SELECT m.version, m.model, c.algorithm || ':' || c.digest, c.algorithm, 0
      FROM model_file m JOIN claim c ON c.file = m.file LEFT JOIN observation o ON o.file = m.file
      WHERE c.digest IS NOT NULL AND o.state IS NOT 'present'
      """,
      "CREATE INDEX temp.model_digest_version ON model_digest (version, algorithm, digest)",
      "CREATE INDEX temp.model_digest_digest ON model_digest (model, digest)",
      "DELETE FROM record_version",
    ] + kinds.map(byName) + kinds.filter { $0 != "promotion" }.map(byDigest) + ["DROP TABLE temp.model_digest"]

  private static func byName(_ kind: String) -> String {
    """
    INSERT INTO record_version (kind, record, version, digest_state, digest_read)
    SELECT '\(kind)', id, version,
      CASE
        WHEN digest_text IS NULL THEN 'absent'
        WHEN digest IS NULL THEN 'malformed'
        WHEN same IS NOT NULL THEN 'same'
        WHEN known IS NOT NULL THEN 'different'
        ELSE 'unknown'
      END,
      coalesce(same, known, 0)
    FROM (
      SELECT c.id, v.subject AS version, c.digest, c.digest_text,
        (SELECT max(d.read) FROM model_digest d WHERE d.version = v.subject
          AND d.algorithm = substr(c.digest, 1, instr(c.digest, ':') - 1) AND d.digest = c.digest) AS same,
        (SELECT max(d.read) FROM model_digest d WHERE d.version = v.subject
          AND d.algorithm = substr(c.digest, 1, instr(c.digest, ':') - 1)) AS known
      FROM \(kind) c JOIN version v ON v.model = c.model AND v.name = c.version_name
    )
    """
  }

  private static func byDigest(_ kind: String) -> String {
    """
    INSERT INTO record_version (kind, record, version, digest_state, digest_read)
    SELECT '\(kind)', c.id, d.version, 'same', max(d.read)
    FROM \(kind) c JOIN model_digest d ON d.model = c.model AND d.digest = c.digest WHERE c.version_name IS NULL
    GROUP BY c.id, d.version
    """
  }
}
