extension Mutation {
  /// What happens to the one waiver.
  static let waivers: [Mutation] = [
    waiver("a waiver has expired", ["expired-waiver", "undeclared-nondeterminism"]) { digest, random in
      HealthyStore.waiver(digest: digest, expires: "2026-02-\(10 + random.below(18))")
    },
    waiver("a waiver expires soon", ["expiring-waiver"]) { digest, random in
      HealthyStore.waiver(digest: digest, expires: "2026-03-\(10 + random.below(20))")
    },
    waiver("a waiver for years", ["overlong-waiver"]) { digest, random in
      HealthyStore.waiver(digest: digest, expires: "20\(27 + random.below(50))-06-30")
    },
    waiver("a waiver of nothing", ["unused-waiver", "undeclared-nondeterminism"]) { digest, random in
      HealthyStore.waiver(digest: digest, subject: "run:nobody-\(random.below(100))")
    },
    waiver("a waiver of other content", ["voided-waiver", "undeclared-nondeterminism"]) { digest, random in
      HealthyStore.waiver(digest: otherDigit(digest, &random))
    },
    Mutation("what was waived has been mended", ["unused-waiver"]) { image, _, _ in
      image.update("\(HealthyStore.waivedRun)/run.json") { $0["deterministic"] = true }
      return HealthyStore.waivers
    },
    Mutation("the content of a waiver has changed", ["voided-waiver"]) { image, _, random in
      let path = "\(HealthyStore.waivedRun)/model.bin"
      image.set(path, "other weights \(random.below(1000))\n")
      return path
    },
  ]

  private static func waiver(
    _ name: String, _ rules: [String], _ text: @escaping @Sendable (String, inout SeededGenerator) -> String
  ) -> Mutation {
    Mutation(name, rules) { image, _, random in
      image.set(HealthyStore.waivers, text(image.digest("\(HealthyStore.waivedRun)/model.bin"), &random))
      return HealthyStore.waivers
    }
  }
}
