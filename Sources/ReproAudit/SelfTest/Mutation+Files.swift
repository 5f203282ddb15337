extension Mutation {
  private static let changed = ["artifact-digest-mismatch"]

  /// What happens to bytes.
  static let files: [Mutation] = [
    bytes("a bit of a model changed", changed) { bytes, random in
      let place = random.below(bytes.count)
      bytes[place] ^= 1 << UInt8(random.below(8))
    },
    bytes("a model is cut short", changed) { bytes, random in bytes.removeLast(1 + random.below(bytes.count - 1)) },
    bytes("a model grew", changed) { bytes, random in bytes.append(UInt8(random.below(256))) },
    bytes("a model is empty", changed) { bytes, _ in bytes = [] },
    Mutation("two models are swapped", changed) { image, store, random in
      let first = random.below(store.versions.count)
      let second = (first + 1 + random.below(store.versions.count - 1)) % store.versions.count
      let paths = [first, second].map { "\(store.versions[$0])/model.bin" }
      (image.items[paths[0]], image.items[paths[1]]) = (image.items[paths[1]], image.items[paths[0]])
      return paths[0]
    },
    Mutation("an artifact is gone", ["missing-artifact"]) { image, store, random in
      guard let folder = random.pick(store.runs), let name = random.pick(["model.bin", "metrics.json"]) else {
        return nil
      }
      image.remove("\(folder)/\(name)")
      return "\(folder)/\(name)"
    },
    Mutation("a digit of a checksum changed", changed) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      let digest = otherDigit(image.digest("\(folder)/model.bin"), &random)
      image.set("\(folder)/checksum.txt", "\(digest)  model.bin\n")
      return "\(folder)/checksum.txt"
    },
    Mutation("a version lost every checksum", ["missing-checksum"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      image.remove("\(folder)/checksum.txt")
      image.changeSum(of: folder) { _ in nil }
      image.update("\(folder)/run.json") { $0["artifacts", "0", "sha256"] = nil }
      return folder
    },
    Mutation("a record does not parse", ["unreadable-file"]) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      let bytes = image.bytes("\(folder)/run.json")
      image.items["\(folder)/run.json"] = .file(Array(bytes.prefix(1 + random.below(bytes.count - 4))))
      return "\(folder)/run.json"
    },
    Mutation("a link leads out of the store", ["unreadable-file"]) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      image.items["\(folder)/features.bin"] = .link("/etc/hostname")
      return "\(folder)/features.bin"
    },
    text("a line was added to a configuration", ["changed-config"], file: "config.yaml") { text, random in
      text + "extra: \(random.below(1000))\n"
    },
    text("a package was added to the requirements", ["changed-requirements"], file: "requirements.txt") {
      text, random in
      text + "idna==3.\(random.below(9))\n"
    },
  ]

  /// Changes the bytes of the model of a run or version.
  private static func bytes(
    _ name: String, _ rules: [String], _ change: @escaping @Sendable (inout [UInt8], inout SeededGenerator) -> Void
  ) -> Mutation {
    Mutation(name, rules) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      var bytes = image.bytes("\(folder)/model.bin")
      change(&bytes, &random)
      image.items["\(folder)/model.bin"] = .file(bytes)
      return "\(folder)/model.bin"
    }
  }
}
