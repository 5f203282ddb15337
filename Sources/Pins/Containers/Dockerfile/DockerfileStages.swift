/// The stages of a Dockerfile up to a place in it.
struct DockerfileStages {
  /// How many variables stages hand on altogether; past this many, which no person writes, the rest is not known.
  private static let mostHandedOn = 20_000

  private(set) var count = 0
  private var indices: [String: Int] = [:]
  private var variables: [Int: BuildVariables] = [:]
  private var handedOn = 0
  private var name: String?

  /// Whether the stage that is being built began.
  var isEmpty: Bool { count == 0 }

  /// Ends the stage before, with the variables it hands on, and begins another.
  mutating func begin(_ name: String?, after previous: BuildVariables) {
    end(previous)
    self.name = name
    count += 1
  }

  /// A stage can be named once it has ended: inside it, its own name means an image.
  private mutating func end(_ previous: BuildVariables) {
    guard count > 0, let name else { return }
    indices[name.lowercased()] = count - 1
    guard !previous.values.isEmpty, handedOn < Self.mostHandedOn else { return }
    handedOn += previous.values.count
    variables[count - 1] = previous
  }

  /// Whether `FROM name` means a stage, and what that hands on.
  ///
  /// The stage before `FROM` has ended by then, so that its name counts although `begin` comes later.
  func base(_ name: String, current: BuildVariables) -> BuildVariables? {
    let lowered = name.lowercased()
    if let own = self.name, own.lowercased() == lowered {
      return handedOn < Self.mostHandedOn ? current : BuildVariables()
    }
    return indices[lowered].map { variables[$0] ?? BuildVariables() }
  }

  /// Whether `--from=` names an earlier stage.
  func contains(_ name: String) -> Bool { indices[name.lowercased()] != nil }

  /// The architectures that images are built for.
  private static let architectures = ["amd64", "arm64", "arm", "386", "ppc64le", "s390x", "riscv64"]

  /// Whether a name with `TARGETARCH` in it means a stage for some architecture: `FROM base-${TARGETARCH}`.
  func containsForSomeArchitecture(_ expand: (_ architecture: String) -> String?) -> Bool {
    Self.architectures.contains { architecture in
      guard let name = expand(architecture)?.lowercased() else { return false }
      return indices[name] != nil || self.name?.lowercased() == name
    }
  }
}
