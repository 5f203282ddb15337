extension Mutation {
  /// What happens to versions and aliases.
  static let registry: [Mutation] = [
    Mutation("an alias points at nothing", ["dangling-alias"]) { image, store, random in
      guard let alias = random.pick(store.aliases) else { return nil }
      image.items[alias] = .link("9.\(random.below(9)).0")
      return alias
    },
    Mutation("prod points at a version that is not good enough", ["metric-below-threshold"]) { image, store, random in
      guard let alias = random.pick(store.aliases.filter { $0.hasSuffix("/prod") }) else { return nil }
      image.items[alias] = .link("1.0.0")
      return alias
    },
    Mutation("the metric of a promoted version is too low", ["metric-below-threshold"]) { image, store, random in
      guard let folder = random.pick(store.versions.filter { $0.hasSuffix("/2.0.0") }) else { return nil }
      let value = RecordTree.number("0.\(random.below(8))1")
      let metrics: RecordTree = ["auc": value, "f1": .number("0.75")]
      image.set("\(folder)/metrics.json", metrics.json() + "\n")
      let digest = image.digest("\(folder)/metrics.json")
      image.update("\(folder)/run.json") { record in
        record["metrics"] = metrics
        record["artifacts", "1", "sha256"] = .text(digest)
      }
      return folder
    },
    Mutation("a version has no semantic name", ["nonconforming-version"]) { image, store, random in
      guard let folder = random.pick(store.versions.filter { $0.hasSuffix("/1.1.0") }) else { return nil }
      let name = random.pick(["final", "final_v2", "2025-06", "v1.1"]) ?? "final"
      let target = folder.dropLast("1.1.0".count) + name
      let digest = image.digest("\(folder)/model.bin")
      image.changeSum(of: folder) { "\(digest)  \($0.replacing("/1.1.0/", with: "/\(name)/"))" }
      image.move(folder, to: target)
      return String(target)
    },
    Mutation("a version without its run", ["version-without-run"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      image.remove("\(folder)/run.json")
      return "\(folder)/run.json"
    },
    Mutation("two version names that mean the same", ["ambiguous-version"]) { image, store, random in
      guard let folder = random.pick(store.versions.filter { $0.hasSuffix("/1.1.0") }) else { return nil }
      let target = folder.dropLast("1.1.0".count) + (random.pick(["1.1", "v1.1.0", "1.1.0.0"]) ?? "1.1")
      image.copy(folder, to: target)
      return String(target)
    },
    Mutation("an alias against the naming convention", ["nonconforming-name"]) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      let alias = random.pick(["Best", "for demo", "canary!"]) ?? "Best"
      image.items["\(folder)/\(alias)"] = .link("2.0.0")
      return "\(folder)/\(alias)"
    },
    Mutation("a model against the naming convention", ["nonconforming-name"]) { image, store, random in
      guard let folder = random.pick(store.models.filter { !$0.contains("team-a") }) else { return nil }
      let target = random.pick(["models/My Model", "models/CHURN-v2"]) ?? "models/My Model"
      image.move(folder, to: target)
      return target
    },
    Mutation("no model card or no licence", ["missing-model-card"]) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      let name = random.pick(["MODEL_CARD.md", "LICENSE"]) ?? "LICENSE"
      image.remove("\(folder)/\(name)")
      return "\(folder)/\(name)"
    },
    Mutation("only the model's own folder states its digest", ["self-referential-checksum"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      image.changeSum(of: folder) { _ in nil }
      return HealthyStore.sums
    },
    Mutation("a file whose digest nobody states", ["uncovered-file"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      let name = random.pick(["thresholds.json", "vocabulary.txt", "labels.csv"]) ?? "labels.csv"
      image.set("\(folder)/\(name)", "\(random.below(1000))\n")
      return "\(folder)/\(name)"
    },
    Mutation("a pickle among the models", ["unsafe-model-format"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      let name = "second." + (random.pick(["pkl", "pickle", "joblib", "pt"]) ?? "pkl")
      image.set("\(folder)/\(name)", "weights \(random.below(1000))\n")
      let digest = image.digest("\(folder)/\(name)")
      image.update("\(folder)/run.json") {
        $0["artifacts"]?.append(["path": .text(name), "sha256": .text(digest), "role": "model"])
      }
      return "\(folder)/\(name)"
    },
  ]
}
