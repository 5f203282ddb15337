import Hashing

extension Mutation {
  private typealias Place = HealthyStore.Place

  /// What happens to the records of validations, of drift checks and of reproductions, and to the way back.
  static let checks: [Mutation] = [
    lines("a validation is not recorded", ["missing-validation"], of: "validations") { lines, random in
      lines[random.pick([Place.holdout, Place.bias]) ?? Place.bias] = nil
    },
    lines("a validation failed", ["missing-validation"], of: "validations") { lines, random in
      let result = random.pick(["fail", "failed", "rejected"]) ?? "fail"
      lines[random.pick([Place.holdout, Place.bias]) ?? Place.bias, "result"] = .text(result)
    },
    lines("a validation of another model file", ["missing-validation"], of: "validations") { lines, random in
      lines[Place.bias, "digest"] = .text(otherDigit(lines[Place.bias, "digest"]?.text ?? "", &random))
    },
    lines("a validation is too old", ["missing-validation"], of: "validations") { lines, random in
      lines[Place.holdout, "at"] = .text("2025-0\(1 + random.below(9))-09T10:00:00Z")
    },
    lines("a validation on other data", ["missing-validation"], of: "validations") { lines, random in
      lines[Place.holdout, "dataset"] = .text("holdout_v\(2 + random.below(8))")
    },
    lines("a drift check is not recorded", ["missing-drift-check"], of: "validations") { lines, _ in
      lines[Place.drift] = nil
    },
    lines("the data has drifted", ["missing-drift-check"], of: "validations") { lines, random in
      lines[Place.drift, "value"] = .number("0.\(21 + random.below(70))")
    },
    lines("a drift check is too old", ["missing-drift-check"], of: "validations") { lines, random in
      lines[Place.drift, "at"] = .text("2025-1\(random.below(3))-16T06:00:00Z")
    },
    lines("a drift check by another statistic", ["missing-drift-check"], of: "validations") { lines, random in
      lines[Place.drift, "statistic"] = .text(random.pick(["ks", "wasserstein"]) ?? "ks")
    },
    lines("a drift check against other data", ["missing-drift-check"], of: "validations") { lines, random in
      lines[Place.drift, "reference"] = ["name": .text("transactions_v\(2 + random.below(8))")]
    },
    lines("a drift check of data against itself", ["missing-drift-check"], of: "validations") { lines, _ in
      lines[Place.drift, "current"] = lines[Place.drift, "reference"]
    },
    lines("nobody made the version again", ["unreproduced-version"], of: "reproductions") { lines, _ in
      lines[Place.reproduction] = nil
    },
    lines("a reproduction of another model file", ["unreproduced-version"], of: "reproductions") { lines, random in
      lines[Place.reproduction, "digest"] = .text(otherDigit(lines[Place.reproduction, "digest"]?.text ?? "", &random))
    },
    lines("a reproduction failed", ["failed-reproduction"], of: "reproductions") { lines, random in
      lines[Place.reproduction, "result"] = .text(random.pick(["fail", "failed"]) ?? "fail")
    },
    lines("another model came out", ["failed-reproduction"], of: "reproductions") { lines, random in
      lines[Place.reproduction, "result"] = nil
      lines[Place.reproduction, "reproduced_digest"] = .text("sha256:" + BytesDigest.sha256("\(random.below(1000))"))
    },
    lines("another metric came out", ["failed-reproduction"], of: "reproductions") { lines, random in
      let reproduced = RecordTree.number("0.\(50 + random.below(40))")
      lines[Place.reproduction, "metrics"] = [
        "auc": ["original": .number("0.925"), "reproduced": reproduced, "tolerance": .number("0.001")]
      ]
    },
    Mutation("no plan of the way back", ["missing-rollback-target"]) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      image.remove("\(folder)/rollback.md")
      return "\(folder)/rollback.md"
    },
    rollback("the way back was never tried") { _ in HealthyStore.rollbackPlan(tested: nil) },
    rollback("the way back was tried long ago") { random in
      HealthyStore.rollbackPlan(tested: "2025-0\(1 + random.below(8))-13")
    },
    rollback("the way back leads nowhere") { random in HealthyStore.rollbackPlan(target: "0.\(random.below(9)).0") },
    rollback("the way back leads to a retired version") { _ in HealthyStore.rollbackPlan(target: "1.0.0") },
    Mutation("the way back leads to a damaged version", ["missing-rollback-target"]) { image, store, random in
      guard let folder = random.pick(store.versions.filter { $0.hasSuffix("/1.1.0") }) else { return nil }
      image.set("\(folder)/model.bin", "other weights \(random.below(1000))\n")
      return "\(folder)/model.bin"
    },
  ]

  private static func rollback(
    _ name: String, _ plan: @escaping @Sendable (inout SeededGenerator) -> String
  ) -> Mutation {
    Mutation(name, ["missing-rollback-target"]) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      image.set("\(folder)/rollback.md", plan(&random))
      return "\(folder)/rollback.md"
    }
  }
}
