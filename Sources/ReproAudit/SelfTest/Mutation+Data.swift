import Hashing

extension Mutation {
  /// What happens to data and what its manifests say.
  static let data: [Mutation] = [
    rows("a value in the data changed", ["dataset-digest-mismatch"]) { rows, random in
      rows[1 + random.below(rows.count - 1)] = "\(random.below(1000)),3.5,\(3 + random.below(6))"
    },
    rows("a row is gone", ["record-count-mismatch"]) { rows, random in rows.remove(at: 1 + random.below(rows.count - 1))
    },
    rows("a row was added", ["record-count-mismatch"]) { rows, random in rows.append("\(random.below(1000)),3.5,1") },
    rows("a column was renamed", ["schema-hash-mismatch"]) { rows, random in
      rows[0] = random.pick(["id,amount,target", "key,amount,label", "id,label,amount"]) ?? ""
    },
    Mutation("the data is gone", ["dataset-digest-mismatch"]) { image, store, random in
      guard let folder = random.pick(store.datasets),
        let path = image.paths(below: folder).first(where: { $0.hasSuffix(".csv") })
      else { return nil }
      image.remove(path)
      return path
    },
    manifest("another record count", ["record-count-mismatch"]) { manifest, random in
      manifest["record_count"] = .number("\(41 + random.below(100))")
    },
    manifest("a digit of a content hash changed", ["dataset-digest-mismatch"]) { manifest, random in
      manifest["content_hash"] = .text(otherDigit(manifest["content_hash"]?.text ?? "", &random))
    },
    manifest("a digit of a schema hash changed", ["schema-hash-mismatch"]) { manifest, random in
      manifest["schema_hash"] = .text(otherDigit(manifest["schema_hash"]?.text ?? "", &random))
    },
    manifest("no content hash", ["dataset-without-digest"]) { manifest, _ in manifest["content_hash"] = nil },
    manifest("data where other data will lie tomorrow", ["mutable-data-reference"]) { manifest, random in
      manifest["storage_uri"] = .text(
        random.pick(["s3://lake/transactions/latest/", "postgres://db/sales", "s3://lake"]) ?? "s3://lake")
    },
    Mutation("held-out data is a copy of training data", ["train-test-overlap"]) { image, _, random in
      let source = random.pick(["transactions", "customers"]) ?? "customers"
      image.items["data/holdout/holdout.csv"] = image.items["data/\(source)/\(source).csv"]
      let digest = image.digest("data/holdout/holdout.csv")
      image.update("data/holdout/data_manifest.json") { $0["content_hash"] = .text("sha256:" + digest) }
      return "data/holdout/holdout.csv"
    },
  ]

  private static func rows(
    _ name: String, _ rules: [String], _ change: @escaping @Sendable (inout [String], inout SeededGenerator) -> Void
  ) -> Mutation {
    Mutation(name, rules) { image, store, random in
      guard let folder = random.pick(store.datasets),
        let path = image.paths(below: folder).first(where: { $0.hasSuffix(".csv") })
      else { return nil }
      var rows = image.text(path).split(separator: "\n").map(String.init)
      change(&rows, &random)
      image.set(path, rows.map { $0 + "\n" }.joined())
      return path
    }
  }

  private static func manifest(
    _ name: String, _ rules: [String], _ change: @escaping @Sendable (inout RecordTree, inout SeededGenerator) -> Void
  ) -> Mutation {
    Mutation(name, rules) { image, store, random in
      guard let folder = random.pick(store.datasets) else { return nil }
      image.update("\(folder)/data_manifest.json") { change(&$0, &random) }
      return "\(folder)/data_manifest.json"
    }
  }
}
