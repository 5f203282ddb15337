/// The `ARG`s and `ENV`s that are in force at a place of a Dockerfile, with what is known of their values.
struct BuildVariables: Sendable {
  enum Value: Sendable {
    case known([UInt8])
    /// Declared, and given its value when the image is built.
    case given
  }

  /// Nobody writes so many; hostile files do, and every stage keeps a copy.
  private static let mostVariables = 256
  private static let longestValue = 8192

  private(set) var values: [String: Value] = [:]
  /// Build arguments, which an `ENV` of the same name hides.
  private var environment: Set<String> = []

  /// Known whatever the build is given.
  static let platform = BuildVariables([
    "TARGETOS": .known(Array("linux".utf8)), "BUILDOS": .known(Array("linux".utf8)),
  ])

  /// What a builder fills in, by the machine it builds on or for.
  private static let builderNames: Set<String> = [
    "TARGETPLATFORM", "TARGETARCH", "TARGETVARIANT", "TARGETSTAGE", "BUILDPLATFORM", "BUILDARCH", "BUILDVARIANT",
  ]

  init(_ values: [String: Value] = [:]) { self.values = values }

  mutating func set(_ name: String, _ value: [UInt8]?, isEnvironment: Bool = false) {
    if isEnvironment { environment.insert(name) } else if environment.contains(name) { return }
    guard values[name] != nil || values.count < Self.mostVariables else { return }
    if let value, value.count <= Self.longestValue { values[name] = .known(value) } else { values[name] = .given }
  }

  func known(_ name: String) -> [UInt8]? {
    if case .known(let value) = values[name] { value } else { nil }
  }

  /// Why `name` has no known value.
  func reason(for name: String) -> String {
    if Self.builderNames.contains(name) { return "the builder sets `\(name)` for each platform" }
    let shown = name.prefix(80)
    return values[name] == nil
      ? "the variable `\(shown)` gets no value in this file" : "the build argument `\(shown)` has no default"
  }
}
