extension Mutation {
  /// Where a record states the digest of the requirements, and of the Dockerfile.
  static let requirementsClaim = ["environment", "requirements_sha256"]
  static let imageClaim = ["artifacts", "2", "sha256"]

  /// What floats in an environment.
  static let environments: [Mutation] = [
    text("a requirement is unpinned", ["unpinned-requirement"], file: "requirements.txt", digestAt: requirementsClaim) {
      text, random in
      var lines = text.split(separator: "\n").map(String.init)
      let place = random.below(lines.count)
      let parts = lines[place].prefix { $0 != " " }.split(separator: "=").map(String.init)
      let forms = [
        parts[0], "\(parts[0])>=\(parts[1])", "\(parts[0])~=\(parts[1])", "\(parts[0])==\(parts[1].prefix(1)).*",
      ]
      lines[place] = random.pick(forms) ?? parts[0]
      return lines.map { $0 + "\n" }.joined()
    },
    Mutation("no requirements", ["missing-requirements"]) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      image.remove("\(folder)/requirements.txt")
      image.update("\(folder)/run.json") { record in
        record["environment", "requirements"] = nil
        record["environment", "requirements_sha256"] = nil
      }
      return "\(folder)/run.json"
    },
    record("no Python version", ["missing-python-version"]) { record, _ in record["environment", "python"] = nil },
    record("half a Python version", ["missing-python-version"]) { record, random in
      record["environment", "python"] = .text(random.pick(["3", "3.11", ">=3.11", "3.x"]) ?? "3")
    },
    record("an image tag that moves", ["floating-image-tag"]) { record, random in
      let tag = random.pick(["", ":latest", ":main", ":stable", ":nightly"]) ?? ""
      record["environment", "docker_image"] = .text("registry.example.com/ml/train\(tag)")
    },
    record("an image without its digest", ["image-without-digest"]) { record, random in
      record["environment", "docker_image"] = .text("registry.example.com/ml/train:2025.\(1 + random.below(12)).1")
    },
    text("a base image that is not pinned", ["unpinned-base-image"], file: "Dockerfile", digestAt: imageClaim) {
      text, random in
      let tag = random.pick(["", ":latest", ":3.11", ":slim"]) ?? ""
      return "FROM python\(tag)" + text.drop { $0 != "\n" }
    },
    text(
      "a package installed without a version", ["unpinned-install-in-dockerfile"], file: "Dockerfile",
      digestAt: imageClaim
    ) {
      text, random in
      text + "RUN \(random.pick(["pip install", "python -m pip install", "pip3 install -U"]) ?? "pip install") pandas\n"
    },
    text("a system package without a version", ["unpinned-system-package"], file: "Dockerfile", digestAt: imageClaim) {
      text, random in
      text + "RUN apt-get update && apt-get install -y \(random.pick(["curl", "git", "libgomp1"]) ?? "curl")\n"
    },
    text(
      "a requirement lost its hash", ["requirement-without-hash"], file: "requirements.txt", digestAt: requirementsClaim
    ) { text, random in
      var lines = text.split(separator: "\n").map(String.init)
      let place = random.below(lines.count)
      lines[place] = String(lines[place].prefix { $0 != " " })
      return lines.map { $0 + "\n" }.joined()
    },
    record("no digest of the requirements", ["requirements-without-digest"]) { record, _ in
      record["environment", "requirements_sha256"] = nil
    },
    Mutation("no container image", ["missing-container-image"]) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      image.remove("\(folder)/Dockerfile")
      image.update("\(folder)/run.json") { record in
        record["environment", "docker_image"] = nil
        record["artifacts", "2"] = nil
      }
      return "\(folder)/run.json"
    },
    record("no operating system", ["missing-platform"]) { record, _ in
      record["environment", "os"] = nil
      // An image is a platform too.
      record["environment", "docker_image"] = nil
    },
    framework("a framework for GPUs without a note of the hardware", ["missing-hardware-note"]) { record in
      record["environment", "hardware"] = nil
    },
    framework("a framework for GPUs without a word of determinism", ["undeclared-nondeterminism"]) { record in
      record["deterministic"] = nil
    },
  ]

  /// Requires a framework that runs on GPUs, with its hash, and changes the record besides.
  private static func framework(
    _ name: String, _ rules: [String], _ change: @escaping @Sendable (inout RecordTree) -> Void
  ) -> Mutation {
    Mutation(name, rules) { image, store, random in
      guard let folder = random.pick(store.runs) else { return nil }
      let requirement = random.pick(["torch==2.4.1", "tensorflow==2.17.0", "jax==0.4.33"]) ?? "torch==2.4.1"
      let path = "\(folder)/requirements.txt"
      image.set(path, image.text(path) + HealthyStore.hashed(requirement) + "\n")
      let digest = image.digest(path)
      image.update("\(folder)/run.json") { record in
        record[requirementsClaim[...]] = .text(digest)
        change(&record)
      }
      return path
    }
  }
}
