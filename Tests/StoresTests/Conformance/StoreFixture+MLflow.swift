import Stores

extension StoreFixture {
  private static func subjects(train: String, holdout: String, aliases: [String] = []) -> [String] {
    (["candidate", "champion"] + aliases).map { "alias fraud-detector@\($0)" } + [
      "dataset dataset:transactions-holdout@\(holdout)", "dataset dataset:transactions-train@\(train)",
      "model fraud-detector", "version fraud-detector@1", "version fraud-detector@2",
    ]
  }

  private static let artifacts = Neutral(
    pattern: "/artifacts/", reason: "MLflow keeps no digest of artifacts; what they hold is hashed as unclaimed")
  private static let records = [
    Neutral(
      pattern: "/(params|metrics|tags)/",
      reason: "MLflow keeps no digest of what it records: another value may be meant"),
    Neutral(
      pattern: "/meta.yaml$", reason: "where the byte lies in a name, a time or a text that nothing else repeats"),
  ]
  private static let data = Neutral(
    pattern: "^data/", reason: "MLflow's digest of a dataset is of rows as they were loaded, not of the file")

  static let mlflow: [StoreFixture] = [
    StoreFixture(
      kind: .mlflowFile, folder: "mlflow-file/mlflow-2",
      subjects: subjects(train: "c323dd5c", holdout: "24bb496d", aliases: ["production"]), runs: 5, claims: 1,
      record: "mlruns/[1-9][0-9]+/[0-9a-f]{32}/meta.yaml$", inner: "/params$",
      neutral: records + [artifacts, data]),
    StoreFixture(
      kind: .mlflowFile, folder: "mlflow-file/mlflow-3", subjects: subjects(train: "c323dd5c", holdout: "24bb496d"),
      runs: 5,
      claims: 1, record: "mlruns/[1-9][0-9]+/[0-9a-f]{32}/meta.yaml$", inner: "/params$",
      neutral: records + [artifacts, data]),
    StoreFixture(
      kind: .mlflowSQLite, folder: "mlflow-sqlite/mlflow-2",
      subjects: subjects(train: "c323dd5c", holdout: "24bb496d", aliases: ["production"]), runs: 5, claims: 1,
      record: "mlflow.db$", inner: "mlartifacts/[0-9a-f]{32}$", neutral: [artifacts, data, database]),
    StoreFixture(
      kind: .mlflowSQLite, folder: "mlflow-sqlite/mlflow-3", subjects: subjects(train: "c323dd5c", holdout: "24bb496d"),
      runs: 5, claims: 1, record: "mlflow.db$", inner: "mlartifacts/[0-9a-f]{32}$",
      neutral: [artifacts, data]),
  ]

  private static let database = Neutral(
    pattern: "^mlflow.db$",
    reason: "SQLite keeps no checksums: a byte in a value or in an empty page changes nothing else")
}
