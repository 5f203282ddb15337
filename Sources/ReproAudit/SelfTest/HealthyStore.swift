import Hashing

/// A registry without a fault, made in code: models with versions, aliases, data, records of promotions, and runs that
/// were never registered. A new rule needs what meets it here, and a line in the tables of mutations.
struct HealthyStore: Sendable {
  var image = StoreImage()
  /// Version folders.
  private(set) var versions: [String] = []
  /// Folders of run records, those of versions too.
  private(set) var runs: [String] = []
  /// Folders of datasets.
  private(set) var datasets: [String] = []
  /// Alias → its model's folder.
  private(set) var aliases: [String] = []
  let commits: SelfTestRepository.Commits

  static let models = ["fraud-detector", "churn", "team-a/ranking"]
  /// The first is retired, the second was in production before the third, which is in every stage.
  static let numbers = ["1.0.0", "1.1.0", "2.0.0"]
  /// Model folders live here.
  static let registry = "models"

  /// `commits` are in the repository at `code`, which the caller makes.
  init(commits: SelfTestRepository.Commits) {
    self.commits = commits
    image.set("repro-audit.yaml", Self.policy)
    image.set("run.schema.json", Self.runSchema)
    for (index, name) in ["transactions", "customers", "holdout"].enumerated() {
      datasets.append("data/\(name)")
      addDataset(name, firstID: 1000 * (index + 1))
    }
    for model in Self.models {
      for (index, number) in Self.numbers.enumerated() {
        // The oldest is below what `prod` asks.
        addVersion(model, number, auc: index == 0 ? "0.85" : "0.9\(index)5")
      }
      addLifecycle(of: model)
      for alias in ["staging", "prod"] {
        aliases.append("\(Self.registry)/\(model)/\(alias)")
        image.items["\(Self.registry)/\(model)/\(alias)"] = .link("2.0.0")
      }
    }
    setSums()
    for number in 1...3 {
      let folder = "runs/sweep-\(number)"
      addRun(folder, id: "sweep-\(number)", auc: "0.7\(number)", dataset: "customers")
      runs.append(folder)
    }
    addWaivedRun()
  }

  /// Model folders.
  var models: [String] { Self.models.map { "\(Self.registry)/\($0)" } }

  private mutating func addVersion(_ model: String, _ number: String, auc: String) {
    let folder = "\(Self.registry)/\(model)/\(number)"
    let name = model.split(separator: "/").last.map(String.init) ?? model
    addRun(
      folder, id: "\(name)-\(number)", auc: auc, dataset: "transactions",
      extra: [.init(key: "model", value: .text(name)), .init(key: "version", value: .text(number))])
    image.set("\(folder)/checksum.txt", "\(image.digest("\(folder)/model.bin"))  model.bin\n")
    versions.append(folder)
    runs.append(folder)
  }

  /// The second witness of the models, above their folders.
  private mutating func setSums() {
    image.set(
      Self.sums,
      versions.map {
        "\(image.digest("\($0)/model.bin"))  \($0.dropFirst(Self.registry.count + 1))/model.bin\n"
      }.joined())
  }

  static let sums = "\(registry)/SHA256SUMS"
}

extension StoreImage {
  /// SHA-256 of a file, in hexadecimal digits.
  func digest(_ path: String) -> String { BytesDigest.sha256(bytes(path)) }

  /// Makes every record in and above a version's folder state the digest that its model has now.
  mutating func restateModel(of folder: String) {
    let (digest, size) = (digest("\(folder)/model.bin"), bytes("\(folder)/model.bin").count)
    set("\(folder)/checksum.txt", "\(digest)  model.bin\n")
    update("\(folder)/run.json") { record in
      record["artifacts", "0", "sha256"] = .text(digest)
      record["artifacts", "0", "size"] = .number("\(size)")
    }
    changeSum(of: folder) { "\(digest)  \($0)" }
  }

  /// Changes the line of a version in SHA256SUMS, given its path; nil removes it.
  mutating func changeSum(of folder: String, _ body: (String) -> String?) {
    let path = "\(folder.dropFirst(HealthyStore.registry.count + 1))/model.bin"
    let lines = text(HealthyStore.sums).split(separator: "\n").compactMap { line in
      line.hasSuffix("  \(path)") ? body(path) : String(line)
    }
    set(HealthyStore.sums, lines.map { $0 + "\n" }.joined())
  }
}
