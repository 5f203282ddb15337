extension Mutation {
  /// Records that say different things of the same.
  static let contradictions: [Mutation] = [
    Mutation("a copied run id", ["duplicate-run-id"]) { image, store, random in
      let first = random.below(store.runs.count)
      let second = (first + 1 + random.below(store.runs.count - 1)) % store.runs.count
      let id = image.records["\(store.runs[second])/run.json"]?["run_id"]
      image.update("\(store.runs[first])/run.json") { $0["run_id"] = id }
      return "\(store.runs[first])/run.json"
    },
    Mutation("two manifests under one name", ["contradictory-dataset"]) { image, store, random in
      let first = random.below(store.datasets.count)
      let second = (first + 1 + random.below(store.datasets.count - 1)) % store.datasets.count
      let name = image.records["\(store.datasets[second])/data_manifest.json"]?["dataset_name"]
      image.update("\(store.datasets[first])/data_manifest.json") { $0["dataset_name"] = name }
      return "\(store.datasets[first])/data_manifest.json"
    },
    record("a run states another digest of its data", ["contradictory-dataset"]) { record, random in
      let place = "\(random.below(2))"
      let digest = record["data_manifest", place, "sha256"]?.text ?? ""
      record["data_manifest", place, "sha256"] = nil
      record["data_manifest", place, "content_hash"] = .text("sha256:" + otherDigit(digest, &random))
    },
    Mutation("another metric beside the model than in the record", ["contradictory-metrics"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      let metrics: RecordTree = ["auc": .number("0.99\(random.below(10))"), "f1": .number("0.75")]
      image.set("\(folder)/metrics.json", metrics.json() + "\n")
      let digest = image.digest("\(folder)/metrics.json")
      image.update("\(folder)/run.json") { $0["artifacts", "1", "sha256"] = .text(digest) }
      return "\(folder)/metrics.json"
    },
    record("another Python than in the image", ["contradictory-environment"]) { record, random in
      let digest = HealthyStore.containerImage.drop { $0 != "@" }
      record["environment", "docker_image"] = .text("python:3.\(8 + random.below(3)).1-slim\(digest)")
    },
    record("one image tag with two digests", ["contradictory-environment"]) { record, random in
      record["environment", "docker_image"] = .text(otherDigit(HealthyStore.containerImage, &random))
    },
    text(
      "a requirement in two versions", ["contradictory-environment"], file: "requirements.txt",
      digestAt: requirementsClaim
    ) { text, random in text + HealthyStore.hashed("numpy==1.25.\(random.below(3))") + "\n" },
    text(
      "a build for GPUs on a machine without", ["contradictory-environment"], file: "requirements.txt",
      digestAt: requirementsClaim
    ) { text, random in text + HealthyStore.hashed("torch==2.4.1+cu12\(random.below(5))") + "\n" },
  ]
}
