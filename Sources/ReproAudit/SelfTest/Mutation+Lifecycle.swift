extension Mutation {
  private typealias Place = HealthyStore.Place

  /// What happens to the records of promotions and to who may use what.
  static let promotions: [Mutation] = [
    lines("nobody approved", ["missing-approval"], of: "promotions") { lines, _ in
      lines[Place.prodPromotion, "approved_by"] = nil
    },
    lines("only who promotes approved", ["missing-approval"], of: "promotions") { lines, _ in
      lines[Place.prodPromotion, "approved_by", "0", "name"] = lines[Place.prodPromotion, "by"]
    },
    lines("an approval in a role that may not", ["missing-approval"], of: "promotions") { lines, random in
      let role = random.pick(["intern", "data-science", "model-risk-assistant"]) ?? "intern"
      lines[Place.prodPromotion, "approved_by", "0", "role"] = .text(role)
    },
    lines("an approval after the promotion", ["missing-approval"], of: "promotions") { lines, random in
      lines[Place.prodPromotion, "approved_by", "0", "at"] = .text("2026-02-2\(random.below(9))T08:00:00Z")
    },
    lines("the last promotion is not recorded", ["missing-promotion-record"], of: "promotions") { lines, _ in
      lines[Place.prodPromotion] = nil
    },
    lines("a promotion without a name or a time", ["missing-promotion-record"], of: "promotions") { lines, random in
      lines[Place.prodPromotion, random.pick(["by", "at"]) ?? "by"] = nil
    },
    lines("a promotion of another model file", ["missing-promotion-record"], of: "promotions") { lines, random in
      let place = random.pick([Place.stagingPromotion, Place.prodPromotion]) ?? Place.prodPromotion
      lines[place, "digest"] = .text(otherDigit(lines[place, "digest"]?.text ?? "", &random))
    },
    Mutation("an alias was moved without a record", ["missing-promotion-record"]) { image, store, random in
      guard let alias = random.pick(store.aliases) else { return nil }
      image.items[alias] = .link("1.1.0")
      return alias
    },
    Mutation("a promoted model was replaced, and every checksum with it", ["changed-after-publication"]) {
      image, store, random in
      guard let folder = random.pick(store.versions.filter { !$0.hasSuffix("/1.0.0") }) else { return nil }
      image.set("\(folder)/model.bin", "other weights \(random.below(1000))\n")
      image.restateModel(of: folder)
      return folder
    },
    lines("no commit of the code that serves", ["missing-inference-commit"], of: "promotions") { lines, random in
      lines[random.pick([Place.stagingPromotion, Place.prodPromotion]) ?? "", "inference_commit"] = nil
    },
    lines("a branch in place of the commit that serves", ["missing-inference-commit"], of: "promotions") {
      lines, random in
      lines[Place.prodPromotion, "inference_commit"] = .text(random.pick(["main", "v2.0", "latest"]) ?? "main")
    },
    Mutation("a version went to prod at once", ["skipped-stage"]) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      image.items["\(folder)/staging"] = .link("1.1.0")
      image.update("\(folder)/promotions.jsonl") { lines in
        lines[Place.prodPromotion, "from"] = nil
        lines[Place.stagingPromotion] = nil
      }
      return "\(folder)/promotions.jsonl"
    },
    lines("the version in use was retired", ["retired-version-in-use"], of: "promotions") { lines, random in
      lines.append([
        "action": "retire", "version": "2.0.0", "by": "grace@example.org",
        "at": .text("2026-02-2\(random.below(9))T12:00:00Z"), "reason": "wrong labels",
      ])
    },
    Mutation("a note in its folder retires the version in use", ["retired-version-in-use"]) { image, store, random in
      guard let folder = random.pick(store.versions.filter { $0.hasSuffix("/2.0.0") }) else { return nil }
      image.set("\(folder)/RETIRED", random.pick(["", "wrong labels\n"]) ?? "")
      return "\(folder)/RETIRED"
    },
    Mutation("an alias for which the policy has no stage", ["missing-promotion-policy"]) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      let alias = random.pick(["production", "live", "preprod"]) ?? "live"
      image.items["\(folder)/\(alias)"] = .link("2.0.0")
      return "\(folder)/\(alias)"
    },
  ]

  /// Changes a file of JSON lines in a model's folder.
  static func lines(
    _ name: String, _ rules: [String], of file: String,
    _ change: @escaping @Sendable (inout RecordTree, inout SeededGenerator) -> Void
  ) -> Mutation {
    Mutation(name, rules) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      image.update("\(folder)/\(file).jsonl") { change(&$0, &random) }
      return "\(folder)/\(file).jsonl"
    }
  }
}
