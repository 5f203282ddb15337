import Hashing

/// A registry without a fault, made in code: several models with versions, aliases, data, and runs that were never
/// registered. Rules that ask for something new need it here, and a line in the tables of mutations.
struct HealthyStore: Sendable {
  private(set) var image = StoreImage()
  /// Version folders.
  private(set) var versions: [String] = []
  /// Folders of run records, those of versions too.
  private(set) var runs: [String] = []
  /// Folders of datasets.
  private(set) var datasets: [String] = []
  /// Alias → its model's folder.
  private(set) var aliases: [String] = []

  static let models = ["fraud-detector", "churn", "team-a/ranking"]
  static let numbers = ["1.0.0", "1.1.0", "2.0.0"]
  /// Model folders live here.
  static let registry = "models"
  static let imageDigest = "sha256:" + BytesDigest.sha256("a container image")

  static let policy = """
    stages:
      staging: {metrics: {auc: {min: 0.8}}}
      prod: {metrics: {auc: {min: 0.9}}}

    """
  static let requirements = "joblib==1.4.2\nnumpy==1.26.4\nscikit-learn==1.5.2\nscipy==1.14.1\n"
  static let dockerfile = """
    FROM registry.example.com/ml/train:2025.6.1@\(imageDigest)
    WORKDIR /app
    COPY requirements.txt train.py ./
    RUN pip install --no-cache-dir -r requirements.txt
    CMD ["python", "train.py"]

    """

  /// `commit` is in the repository at `code`, which the caller makes.
  init(commit: String) {
    image.set("repro-audit.yaml", Self.policy)
    for name in ["transactions", "customers"] { addDataset(name) }
    for model in Self.models {
      for (index, number) in Self.numbers.enumerated() {
        // The oldest is below what `prod` asks.
        addVersion(model, number, commit: commit, auc: index == 0 ? "0.85" : "0.9\(index)5")
      }
      aliases += ["\(Self.registry)/\(model)/staging", "\(Self.registry)/\(model)/prod"]
      image.items["\(Self.registry)/\(model)/staging"] = .link("1.0.0")
      image.items["\(Self.registry)/\(model)/prod"] = .link("2.0.0")
    }
    for number in 1...3 {
      addRun(
        "runs/sweep-\(number)", id: "sweep-\(number)", commit: commit, auc: "0.7\(number)", dataset: "customers",
        extra: [])
    }
  }

  private mutating func addDataset(_ name: String) {
    let folder = "data/\(name)"
    var rows = "id,amount,label\n"
    for row in 0..<40 { rows += "\(1000 + row),\(row * 7 % 31).5,\(row % 3)\n" }
    image.set("\(folder)/\(name).csv", rows)
    let schema = BytesDigest.sha256(#"{"columns":["id","amount","label"],"dtypes":["int","float","int"]}"#)
    image.set(
      "\(folder)/data_manifest.json",
      [
        "dataset_name": .text("\(name)_v1"), "storage_uri": .text("file:\(name).csv"), "record_count": 40,
        "schema_hash": .text("repro-audit/schema/1:sha256:\(schema)"),
        "content_hash": .text("sha256:" + BytesDigest.sha256(rows)), "created_at": "2025-05-02T06:00:00Z",
      ])
    datasets.append(folder)
  }

  private mutating func addVersion(_ model: String, _ number: String, commit: String, auc: String) {
    let folder = "\(Self.registry)/\(model)/\(number)"
    let name = model.split(separator: "/").last.map(String.init) ?? model
    addRun(
      folder, id: "\(name)-\(number)", commit: commit, auc: auc, dataset: "transactions",
      extra: [.init(key: "model", value: .text(name)), .init(key: "version", value: .text(number))])
    let digest = BytesDigest.sha256(image.bytes("\(folder)/model.bin"))
    image.set("\(folder)/checksum.txt", "\(digest)  model.bin\n")
    versions.append(folder)
  }

  private mutating func addRun(
    _ folder: String, id: String, commit: String, auc: String, dataset: String, extra: [RecordTree.Entry]
  ) {
    let up = folder.split(separator: "/").map { _ in "../" }.joined()
    let metrics: RecordTree = ["auc": .number(auc), "f1": .number("0.75")]
    image.set("\(folder)/model.bin", String(repeating: "weights of \(id)\n", count: 20))
    image.set("\(folder)/metrics.json", metrics.json() + "\n")
    image.set("\(folder)/requirements.txt", Self.requirements)
    image.set("\(folder)/Dockerfile", Self.dockerfile)
    image.set("\(folder)/config.yaml", "C: 1.0\nsolver: lbfgs\n")
    image.set("\(folder)/run.log", "INFO auc \(auc)\n")
    let written = image
    let digest = { (name: String) in RecordTree.text(written.digest("\(folder)/\(name)")) }
    let artifact = { (name: String, role: String) -> RecordTree in
      [
        "path": .text(name), "sha256": digest(name), "size": .number("\(written.bytes("\(folder)/\(name)").count)"),
        "role": .text(role),
      ]
    }
    let manifest = "data/\(dataset)/data_manifest.json"
    let record: RecordTree = [
      "run_id": .text(id), "timestamp": "2025-06-10T10:12:00Z", "status": "finished",
      "command": "python train.py --config config.yaml", "git_commit": .text(commit),
      "git_repository": .text(up + "code"),
      "git_dirty": false,
      "data_manifest": [
        "path": .text(up + manifest), "role": "train", "sha256": .text(BytesDigest.sha256(image.bytes(manifest))),
      ],
      "config": ["path": "config.yaml", "sha256": digest("config.yaml")],
      "environment": [
        "python": "3.11.7", "os": "Debian GNU/Linux 12", "hardware": "x86_64, 4 cores, no accelerator",
        "requirements": "requirements.txt", "requirements_sha256": digest("requirements.txt"),
        "docker_image": .text("registry.example.com/ml/train:2025.6.1@\(Self.imageDigest)"),
      ],
      "seeds": ["python": 42, "numpy": 42, "sklearn": 42], "deterministic": true,
      "params": ["C": .number("1.0"), "solver": "lbfgs"], "metrics": metrics,
      "artifacts": [artifact("model.bin", "model"), artifact("metrics.json", "metrics")], "log": "run.log",
    ]
    guard case .map(let entries) = record else { return }
    image.set("\(folder)/run.json", .map(entries + extra))
    runs.append(folder)
  }
}
