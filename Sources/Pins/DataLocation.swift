/// What a path or URI of data says about whether it always leads to the same bytes.
package enum DataLocation: Sendable, Hashable {
  /// It follows whatever is newest: why.
  case moving(String)
  /// Nothing in it tells one snapshot from the next.
  case undated
  case fixed

  private static let movingWords: Set<Substring> = ["latest", "current", "newest", "recent", "live", "head", "tip"]
  private static let branches: Set<Substring> = ["main", "master", "develop", "trunk"]
  private static let bucketSchemes: Set<String> = [
    "s3", "s3a", "s3n", "gs", "gcs", "az", "abfs", "abfss", "wasb", "wasbs", "oss", "r2", "minio", "swift", "b2",
  ]
  private static let tableSchemes: Set<String> = [
    "bigquery", "bq", "snowflake", "postgres", "postgresql", "mysql", "mariadb", "jdbc", "redshift", "hive", "delta",
    "iceberg", "hudi", "databricks", "clickhouse", "mongodb", "mssql", "oracle", "trino", "presto", "athena", "unity",
  ]
  private static let snapshotWords = [
    "snapshot", "version", "timestamp", "as_of", "asof", "as-of", "system_time", "commit", "generation", "at=",
  ]

  package init(_ text: String) {
    let scheme = text.firstRange(of: "://").map { text[..<$0.lowerBound].lowercased() }
    let rest = text.firstRange(of: "://").map { text[$0.upperBound...] } ?? Self.withoutFileScheme(text)
    let mark = rest.firstIndex { $0 == "?" || $0 == "#" } ?? rest.endIndex
    let query = rest[mark...].lowercased()
    let path = rest[..<mark].lowercased()
    let parts = path.split(separator: "/")
    let namesSnapshot = Self.snapshotWords.contains { query.contains($0) }
    if let scheme, Self.tableSchemes.contains(scheme) || scheme.hasPrefix("jdbc") || scheme.hasPrefix("postgresql") {
      let isFixed = namesSnapshot || Self.snapshotWords.contains { path.contains($0) } || path.contains("@")
      self = isFixed ? .fixed : .moving("a table without a snapshot changes")
      return
    }
    if let scheme, Self.bucketSchemes.contains(scheme), parts.count <= 1 {
      self = .moving("a bucket's root holds whatever is put there")
      return
    }
    // What is fixed by the query, such as `versionId=`, may have any path.
    if namesSnapshot {
      self = .fixed
      return
    }
    if let reason = Self.movement(in: parts, scheme: scheme) {
      self = .moving(reason)
      return
    }
    self = parts.contains(where: Self.tellsSnapshots) ? .fixed : .undated
  }

  private static func withoutFileScheme(_ text: String) -> Substring {
    text.hasPrefix("file:") ? text.dropFirst(5) : text[...]
  }

  private static func movement(in parts: [Substring], scheme: String?) -> String? {
    let isRepository =
      ["hf", "git", "git+https", "git+ssh", "dvc", "lakefs", "github"].contains(scheme ?? "")
      || ["github.com", "raw.githubusercontent.com", "huggingface.co", "gitlab.com"].contains(parts.first ?? "")
    for part in parts {
      let words = part.split { !$0.isLetter && !$0.isNumber }
      if let word = words.first(where: movingWords.contains) { return "`\(word)` follows whatever is newest" }
      let revision = part.split(separator: "@").last ?? part
      if branches.contains(revision), isRepository || part.contains("@") { return "the branch `\(revision)` moves" }
    }
    let isNamed = parts.contains { $0.contains("@") } || parts.contains(where: isHexadecimal)
    if scheme == "hf", !isNamed { return "no revision is named, so that the default branch is read" }
    return nil
  }

  /// `2024-06-01`, `20240601`, `v3`, `1.2.0`, a digest or a UUID, anywhere in one part of the path.
  private static func tellsSnapshots(_ part: Substring) -> Bool {
    if part.contains("=") && part.contains(where: \.isNumber) { return true }
    // Numbers of shards say nothing of when.
    guard !part.hasPrefix("part-"), !part.hasPrefix("shard"), !part.hasPrefix("chunk") else { return false }
    for word in part.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      let digits = word.drop { $0 == "v" || $0 == "r" || $0 == "q" }
      if digits.count < word.count, !digits.isEmpty, digits.allSatisfy(\.isNumber) { return true }
      if word.count >= 4, word.allSatisfy(\.isNumber) { return true }
      if isHexadecimal(word) { return true }
    }
    let numbers = part.split(separator: ".").filter { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    return numbers.count >= 2
  }

  /// A commit or digest has letters and digits.
  private static func isHexadecimal(_ word: Substring) -> Bool {
    word.count >= 7 && word.allSatisfy(\.isHexDigit) && word.contains(where: \.isNumber)
      && word.contains(where: \.isLetter)
  }
}
