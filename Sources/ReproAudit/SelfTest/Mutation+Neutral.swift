extension Mutation {
  /// What changes bytes and nothing that matters: a finding here is a false alarm.
  static let neutral: [Mutation] = [
    Mutation("white space in a record", []) { image, store, random in
      guard let folder = random.pick(store.runs), let record = image.records["\(folder)/run.json"] else { return nil }
      image.set("\(folder)/run.json", record.json(step: random.pick([0, 1, 3, 4, 8]) ?? 0) + "\n\n")
      return "\(folder)/run.json"
    },
    Mutation("another order of a record's keys", []) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      let count = 1 + random.below(10)
      image.update("\(folder)/run.json") { $0 = $0.turned(by: count) }
      return "\(folder)/run.json"
    },
    record("a key that nobody knows", []) { record, random in
      record["note_\(random.below(100))"] = .text("trained on node \(random.below(100))")
    },
    record("a parameter more", []) { record, random in record["params", "alpha"] = .number("0.\(random.below(100))") },
    record("another seed", []) { record, random in record["seeds", "python"] = .number("\(random.below(10_000))") },
    text("a comment in the requirements", [], file: "requirements.txt", digestAt: requirementsClaim) { text, random in
      "# comment \(random.below(100))\n" + text
    },
    text("a comment in a Dockerfile", [], file: "Dockerfile", digestAt: imageClaim) { text, random in
      "# comment \(random.below(100))\n" + text
    },
    text("a line more in a log", [], file: "run.log") { text, random in text + "INFO step \(random.below(100))\n" },
    Mutation("a checksum in another form", []) { image, store, random in
      guard let folder = random.pick(store.versions) else { return nil }
      let digest = image.digest("\(folder)/model.bin")
      let forms = [
        "\(digest.uppercased())  model.bin\n", "\(digest) *model.bin\r\n", "SHA256 (model.bin) = \(digest)\n",
        "\(digest)\n",
        "sha256:\(digest)  model.bin",
      ]
      image.set("\(folder)/checksum.txt", random.pick(forms) ?? digest)
      return "\(folder)/checksum.txt"
    },
    Mutation("an alias as a text file", []) { image, store, random in
      guard let alias = random.pick(store.aliases), case .link(let target)? = image.items[alias] else { return nil }
      image.set(alias, target + (random.pick(["", "\n", "\r\n"]) ?? ""))
      return alias
    },
    Mutation("staging points at another good version", []) { image, store, random in
      guard let folder = random.pick(store.models) else { return nil }
      image.items["\(folder)/staging"] = .link("1.1.0")
      image.update("\(folder)/promotions.jsonl") { lines in
        var record = lines["0"] ?? [:]
        record["at"] = .text("2026-02-2\(random.below(9))T09:00:00Z")
        lines.append(record)
      }
      return "\(folder)/staging"
    },
    Mutation("an alias is gone", []) { image, store, random in
      guard let alias = random.pick(store.aliases) else { return nil }
      image.remove(alias)
      return alias
    },
    Mutation("a text beside the registry", []) { image, _, random in
      image.set("notes-\(random.below(100)).txt", "nothing of interest\n")
      return "notes"
    },
  ]
}
