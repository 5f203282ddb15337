extension HealthyStore {
  /// Asks for everything that a stage can ask for.
  static let policy = """
    stages:
      staging:
        promotion_record: true
        metrics: {auc: {min: 0.8}}
        validations: [holdout]
      prod:
        after: staging
        promotion_record: true
        metrics: {auc: {min: 0.9, tolerance: 0.01}}
        validations: [{name: holdout, max_age: 90d, dataset: holdout_v1}, {name: bias-audit, kind: bias}]
        drift: {statistic: psi, limit: 0.2, max_age: 60d}
        rollback: {plan: tested, tested_within: 180d}
        approvals: {required: 1, roles: [model-risk], not_author: true}
    run_schema: run.schema.json
    rules:
      large-file-in-git: {limit: 16384}

    """

  static let runSchema = """
    {
      "type": "object",
      "properties": {
        "run_id": {"type": "string"},
        "metrics": {"type": "object", "additionalProperties": {"type": "number"}},
        "params": {
          "type": "object",
          "properties": {"C": {"type": "number", "exclusiveMinimum": 0}, "solver": {"enum": ["lbfgs", "saga"]}}
        }
      }
    }

    """

  static let waivers = "waivers.yaml"

  /// One waiver, in force on the day of the scans, of the one run that has a flaw.
  static func waiver(digest: String, subject: String = "run:accepted", expires: String = "2026-06-30") -> String {
    """
    waivers:
      - rule: undeclared-nondeterminism
        subject: '\(subject)'
        reason: the kernels are outside our hands until the next driver
        owner: ada@example.org
        approved_by: grace@example.org
        created: 2026-01-15
        expires: \(expires)
        digest: sha256:\(digest)

    """
  }

  static let waivedRun = "runs/accepted"

  /// A run with a flaw that somebody has accepted; mutations leave it alone, or they would be accepted as well.
  mutating func addWaivedRun() {
    addRun(Self.waivedRun, id: "accepted", auc: "0.74", dataset: "customers")
    image.update("\(Self.waivedRun)/run.json") { $0["deterministic"] = false }
    image.set(Self.waivers, Self.waiver(digest: image.digest("\(Self.waivedRun)/model.bin")))
  }
}
