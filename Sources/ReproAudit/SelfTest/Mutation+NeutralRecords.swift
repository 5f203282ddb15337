extension Mutation {
  private typealias Place = HealthyStore.Place

  /// Records that say more, or the same in another way.
  static let neutralRecords: [Mutation] = [
    lines("a second approval", [], of: "promotions") { lines, random in
      lines[Place.prodPromotion, "approved_by"]?.append([
        "name": .text("linus-\(random.below(10))@example.org"), "role": "model-risk", "at": "2026-02-17T08:30:00Z",
      ])
    },
    lines("promotions in another order of lines", [], of: "promotions") { lines, random in
      if case .list(let items) = lines { lines = .list(items.shuffled(using: &random)) }
    },
    lines("a digest in capitals", [], of: "validations") { lines, random in
      let place = "\(random.below(lines.count))"
      let digest = lines[place, "digest"]?.text?.dropFirst("sha256:".count).uppercased() ?? ""
      lines[place, "digest"] = .text("sha256:" + digest)
    },
    lines("an old validation that failed", [], of: "validations") { lines, random in
      var record = lines[random.pick([Place.holdout, Place.bias, Place.drift]) ?? Place.bias] ?? [:]
      record["result"] = "fail"
      record["at"] = .text("2026-01-0\(1 + random.below(9))T10:00:00Z")
      lines.append(record)
    },
    lines("an attempt that failed before the one that did not", [], of: "reproductions") { lines, random in
      var record = lines[Place.reproduction] ?? [:]
      record["result"] = "fail"
      record["at"] = .text("2026-02-0\(1 + random.below(7))T10:00:00Z")
      lines.append(record)
    },
    Mutation("a comment in the waivers and in the policy", []) { image, _, random in
      for path in [HealthyStore.waivers, "repro-audit.yaml"] {
        image.set(path, "# comment \(random.below(100))\n" + image.text(path))
      }
      return HealthyStore.waivers
    },
  ]
}
