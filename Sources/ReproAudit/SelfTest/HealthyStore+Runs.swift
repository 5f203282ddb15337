import Hashing

extension HealthyStore {
  static let containerImage = "registry.example.com/ml/train:2025.6.1@\(imageDigest)"
  private static let imageDigest = "sha256:" + BytesDigest.sha256("a container image")

  static let requirements = ["joblib==1.4.2", "numpy==1.26.4", "scikit-learn==1.5.2", "scipy==1.14.1"]
    .map { hashed($0) + "\n" }.joined()

  /// A requirement with the hash of its file.
  static func hashed(_ requirement: String) -> String {
    "\(requirement) --hash=sha256:\(BytesDigest.sha256(requirement))"
  }

  private static let dockerfile = """
    FROM \(containerImage)
    WORKDIR /app
    RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1=12.2.0-14
    RUN pip install --no-cache-dir pip==24.0
    COPY requirements.txt train.py ./
    RUN pip install --no-cache-dir -r requirements.txt
    CMD ["python", "train.py"]

    """

  mutating func addDataset(_ name: String, firstID: Int) {
    let folder = "data/\(name)"
    var rows = "id,amount,label\n"
    for row in 0..<40 { rows += "\(firstID + row),\(row * 7 % 31).5,\(row % 3)\n" }
    image.set("\(folder)/\(name).csv", rows)
    let schema = BytesDigest.sha256(#"{"columns":["id","amount","label"],"dtypes":["int","float","int"]}"#)
    image.set(
      "\(folder)/data_manifest.json",
      [
        "dataset_name": .text("\(name)_v1"), "storage_uri": .text("file:\(name).csv"), "record_count": 40,
        "schema_hash": .text("repro-audit/schema/1:sha256:\(schema)"),
        "content_hash": .text("sha256:" + BytesDigest.sha256(rows)), "created_at": "2025-05-02T06:00:00Z",
      ])
  }

  /// A run that trained on `dataset` and was tested on `holdout`.
  mutating func addRun(
    _ folder: String, id: String, auc: String, dataset: String, extra: [RecordTree.Entry] = []
  ) {
    let up = folder.split(separator: "/").map { _ in "../" }.joined()
    let metrics: RecordTree = ["auc": .number(auc), "f1": .number("0.75")]
    image.set("\(folder)/model.bin", String(repeating: "weights of \(id)\n", count: 20))
    image.set("\(folder)/metrics.json", metrics.json() + "\n")
    image.set("\(folder)/requirements.txt", Self.requirements)
    image.set("\(folder)/Dockerfile", Self.dockerfile)
    image.set("\(folder)/config.yaml", "C: 1.0\nsolver: lbfgs\n")
    image.set("\(folder)/run.log", "INFO auc \(auc)\n")
    image.set("\(folder)/features.csv", "amount_scaled\n0.5\n1.5\n")
    image.set("\(folder)/scaler.json", "{\"mean\": 1.0, \"of\": \"\(id)\"}\n")
    let written = image
    let digest = { (path: String) in RecordTree.text(written.digest(path)) }
    let artifact = { (name: String, role: String) -> RecordTree in
      ["path": .text(name), "sha256": digest("\(folder)/\(name)"), "role": .text(role)]
    }
    let data = { (name: String, role: String) -> RecordTree in
      let manifest = "data/\(name)/data_manifest.json"
      return ["path": .text(up + manifest), "role": .text(role), "sha256": digest(manifest)]
    }
    var model = artifact("model.bin", "model")
    model["size"] = .number("\(written.bytes("\(folder)/model.bin").count)")
    let record: RecordTree = [
      "run_id": .text(id), "timestamp": "2025-06-10T10:12:00Z", "status": "finished",
      "command": "python train.py --config config.yaml", "git_commit": .text(commits.training),
      "git_repository": .text(up + "code"), "git_dirty": false,
      "data_manifest": [data(dataset, "train"), data("holdout", "test")],
      "config": ["path": "config.yaml", "sha256": digest("\(folder)/config.yaml")],
      "environment": [
        "python": "3.11.7", "os": "Debian GNU/Linux 12", "hardware": "x86_64, 4 cores, no accelerator",
        "requirements": "requirements.txt", "requirements_sha256": digest("\(folder)/requirements.txt"),
        "docker_image": .text(Self.containerImage),
      ],
      "seeds": ["python": 42, "numpy": 42, "sklearn": 42], "deterministic": true,
      "params": ["C": .number("1.0"), "solver": "lbfgs"], "metrics": metrics,
      "artifacts": [
        model, artifact("metrics.json", "metrics"), artifact("Dockerfile", "image"),
        artifact("features.csv", "features"), artifact("scaler.json", "transform"),
      ], "log": "run.log",
    ]
    guard case .map(let entries) = record else { return }
    image.set("\(folder)/run.json", .map(entries + extra))
  }
}
