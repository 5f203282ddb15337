extension Mutation {
  /// What records leave out, or state wrongly.
  static let records: [Mutation] = [
    record("no commit", ["missing-commit"]) { record, _ in record["git_commit"] = nil },
    record("a commit that is not in the repository", ["unresolvable-commit"]) { record, random in
      record["git_commit"] = .text(otherDigit(record["git_commit"]?.text ?? "", &random))
    },
    record("uncommitted changes", ["uncommitted-changes"]) { record, _ in record["git_dirty"] = true },
    Mutation("no configuration", ["missing-config"]) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      image.remove("\(folder)/config.yaml")
      image.update("\(folder)/run.json") { record in
        record["config"] = nil
        // Parameters are a configuration too.
        record["params"] = nil
      }
      return "\(folder)/run.json"
    },
    record("no seeds", ["missing-seed"]) { record, _ in record["seeds"] = nil },
    record("a framework without a seed", ["unseeded-framework"]) { record, _ in
      // scikit-learn draws from NumPy's generator too.
      record["seeds", "numpy"] = nil
    },
    Mutation("no metrics", ["missing-metrics"]) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      image.remove("\(folder)/metrics.json")
      image.update("\(folder)/run.json") { record in
        record["metrics"] = nil
        record["artifacts", "1"] = nil
      }
      return "\(folder)/run.json"
    },
    record("no artifacts", ["missing-artifact-uri"], of: { $0.runs.filter { $0.hasPrefix("runs/") } }) { record, _ in
      record["artifacts"] = nil
    },
    Mutation("no log", ["missing-run-log"]) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      image.remove("\(folder)/run.log")
      image.update("\(folder)/run.json") { $0["log"] = nil }
      return "\(folder)/run.json"
    },
    record("a digit of a recorded digest changed", ["artifact-digest-mismatch"]) { record, random in
      let index = "\(random.below(2))"
      record["artifacts", index, "sha256"] = .text(
        otherDigit(record["artifacts", index, "sha256"]?.text ?? "", &random))
    },
    record("a value that stands for nothing", ["placeholder-value"]) { record, random in
      let value = random.pick(["TODO", "0000000000000000000000000000000000000000", "<commit>", "FIXME"]) ?? "TODO"
      record["git_commit"] = .text(value)
    },
    record("a data manifest that is not there", ["missing-data-manifest"]) { record, random in
      record["data_manifest", "0", "path"] = .text("nowhere/\(random.below(100))/data_manifest.json")
    },
    record("no data manifest", ["missing-data-manifest"]) { record, _ in record["data_manifest"] = nil },
    record("no data manifest, seen from the version", ["incomplete-lineage"], of: { $0.versions }) { record, _ in
      record["data_manifest"] = nil
    },
    record("no run id", ["missing-run-id"]) { record, _ in record["run_id"] = nil },
    record("a run of a version that never finished", ["unfinished-run"], of: { $0.versions }) { record, random in
      record["status"] = .text(random.pick(["running", "failed", "killed"]) ?? "failed")
    },
    record("a run before its data existed", ["impossible-chronology"]) { record, random in
      record["timestamp"] = .text("20\(10 + random.below(10))-06-10T10:12:00Z")
    },
    record("a run from the future", ["impossible-chronology"]) { record, random in
      record["timestamp"] = .text("20\(30 + random.below(10))-06-10T10:12:00Z")
    },
    record("a digit of the manifest's recorded digest changed", ["changed-data-manifest"]) { record, random in
      record["data_manifest", "0", "sha256"] = .text(
        otherDigit(record["data_manifest", "0", "sha256"]?.text ?? "", &random))
    },
    record("a secret in the command", ["exposed-secret"]) { record, random in
      let option = random.pick(["--password", "--api-key", "--token"]) ?? "--password"
      record["command"] = .text("python train.py --config config.yaml \(option) hunter\(random.below(1000))secret")
    },
    record("a secret among the parameters", ["exposed-secret"]) { record, random in
      let key = random.pick(["password", "api_token", "secret_key"]) ?? "password"
      record["params", key] = .text("a1b2c3d4e5f6\(random.below(1000))")
    },
    record("a password in a URL", ["exposed-secret"]) { record, random in
      record["git_repository"] = .text("https://ada:pw\(1000 + random.below(9000))word@example.org/code.git")
    },
    record("a record against the schema", ["nonconforming-run-record"]) { record, random in
      switch random.below(3) {
      case 0: record["params", "C"] = .number("-\(1 + random.below(9)).5")
      case 1: record["params", "solver"] = "newton"
      default: record["run_id"] = .number("\(random.below(1000))")
      }
    },
    record("a run whose commit holds a large file", ["large-file-in-git"]) { record, store, _ in
      record["git_commit"] = .text(store.commits.large)
    },
    record("a run that is not deterministic, and does not say why", ["undeclared-nondeterminism"]) { record, _ in
      record["deterministic"] = false
    },
    Mutation("no transform of the features", ["missing-transform"]) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      image.remove("\(folder)/scaler.json")
      image.update("\(folder)/run.json") { $0["artifacts", "4"] = nil }
      return "\(folder)/run.json"
    },
    record("a run tested on what it was trained on", ["train-test-overlap"]) { record, random in
      let (from, to) = random.below(2) == 0 ? ("0", "1") : ("1", "0")
      for key in ["path", "sha256"] { record["data_manifest", to, key] = record["data_manifest", from, key] }
    },
  ]
}
