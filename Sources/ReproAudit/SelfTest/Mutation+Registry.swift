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
      for path in image.paths(below: folder) {
        image.items["\(target)\(String(path.dropFirst(folder.count)))"] = image.items[path]
        image.remove(path)
      }
      return String(target)
    },
    Mutation("a version without its run", ["version-without-run"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      image.remove("\(folder)/run.json")
      return "\(folder)/run.json"
    },
  ]
}
