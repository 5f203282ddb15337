extension HealthyStore {
  /// Places of the records of 2.0.0 in its model's files.
  enum Place {
    static let stagingPromotion = "3"
    static let prodPromotion = "4"
    static let holdout = "3"
    static let bias = "4"
    static let drift = "5"
    static let reproduction = "1"
  }

  static let card = """
    # Model

    Scores transactions. Trained on transactions_v1, measured on holdout_v1; says nothing of other markets.

    """

  /// A plan of the way back.
  static func rollbackPlan(tested: String? = "2026-02-13", target: String = "1.1.0") -> String {
    """
    # Rolling back

    - **Owner:** on-call
    \(tested.map { "- **Tested:** \($0)\n" } ?? "")- **Target:** \(target)

    Point the alias `prod` at \(target) and restart the service.

    """
  }

  /// What people have recorded of a model: promotions, checks, reproductions, the way back.
  mutating func addLifecycle(of model: String) {
    let folder = "\(Self.registry)/\(model)"
    image.set("\(folder)/MODEL_CARD.md", Self.card)
    image.set("\(folder)/LICENSE", "For use within the company.\n")
    image.set("\(folder)/rollback.md", Self.rollbackPlan())
    let written = image
    let digest = { (version: String) in RecordTree.text("sha256:" + written.digest("\(folder)/\(version)/model.bin")) }
    let commit = RecordTree.text(commits.training)
    let staging = { (version: String, time: String) -> RecordTree in
      [
        "action": "promote", "alias": "staging", "version": .text(version), "digest": digest(version),
        "by": "ada@example.org", "at": .text(time), "reason": "a candidate", "inference_commit": commit,
      ]
    }
    let prod = { (version: String, replaced: String?, day: String) -> RecordTree in
      let approval: RecordTree = [
        "name": "grace@example.org", "role": "model-risk", "at": .text("\(day)T08:00:00Z"),
      ]
      var record: RecordTree = [
        "action": "promote", "alias": "prod", "version": .text(version), "digest": digest(version),
        "by": "ada@example.org", "at": .text("\(day)T09:00:00Z"), "inference_commit": commit, "from": "staging",
        "approved_by": [approval],
      ]
      record["replaces"] = replaced.map(RecordTree.text)
      return record
    }
    image.set(
      "\(folder)/promotions.jsonl",
      [
        staging("1.1.0", "2026-01-10T09:00:00Z"), prod("1.1.0", nil, "2026-01-20"),
        [
          "action": "retire", "version": "1.0.0", "by": "ada@example.org", "at": "2026-01-21T09:00:00Z",
          "reason": "too weak",
        ],
        staging("2.0.0", "2026-02-10T09:00:00Z"), prod("2.0.0", "1.1.0", "2026-02-17"),
      ])
    image.set("\(folder)/validations.jsonl", .list(["1.1.0", "2.0.0"].flatMap { validations($0, digest: digest($0)) }))
    image.set(
      "\(folder)/reproductions.jsonl",
      .list(
        ["1.1.0", "2.0.0"].map {
          [
            "version": .text($0), "digest": digest($0), "reproduced_digest": digest($0), "result": "pass",
            "at": "2026-02-08T10:00:00Z", "tool": "make train", "by": "linus@example.org",
          ]
        }))
  }

  private func validations(_ version: String, digest: RecordTree) -> [RecordTree] {
    let data = { (name: String) -> RecordTree in
      ["name": .text("\(name)_v1"), "digest": .text("sha256:" + image.digest("data/\(name)/\(name).csv"))]
    }
    return [
      [
        "name": "holdout", "kind": "accuracy", "statistic": "auc", "value": .number("0.92"),
        "threshold": .number("0.9"), "result": "pass", "dataset": data("holdout"), "version": .text(version),
        "digest": digest, "at": "2026-02-09T10:00:00Z",
      ],
      [
        "name": "bias-audit", "kind": "bias", "value": .number("0.03"), "threshold": .number("0.1"), "result": "pass",
        "version": .text(version), "digest": digest, "at": "2026-02-09T11:00:00Z",
      ],
      [
        "name": "input drift", "kind": "drift", "statistic": "psi", "value": .number("0.07"), "limit": .number("0.2"),
        "result": "pass", "reference": data("transactions"), "current": ["name": "transactions_2026w07"],
        "version": .text(version), "digest": digest, "at": "2026-02-16T06:00:00Z",
      ],
    ]
  }
}
