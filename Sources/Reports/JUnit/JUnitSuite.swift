/// The testcases of one suite, held until their numbers are known.
struct JUnitSuite {
  /// Buildkite takes no more cases in a file, and counts are written before the cases.
  static let caseLimit = 5_000
  /// Bytes held at most, whatever the cases say.
  static let weightLimit = 8 << 20

  let name: String
  let package: String
  private(set) var cases: [JUnitCase] = []
  private(set) var weight = 0

  init(name: String, package: String) {
    self.name = name
    self.package = package
  }

  /// Whether `more` cases of one subject still belong here.
  func takes(_ more: [JUnitCase]) -> Bool {
    cases.isEmpty
      || cases.count + more.count <= Self.caseLimit && weight + more.reduce(0) { $0 + $1.weight } <= Self.weightLimit
  }

  mutating func append(_ more: [JUnitCase]) {
    cases += more
    weight += more.reduce(0) { $0 + $1.weight }
  }

  /// With the suite itself, its properties and its two outputs.
  func elements(properties: Int) -> Int { 4 + properties + cases.reduce(0) { $0 + $1.elements } }

  var failures: Int {
    cases.count { if case .failed = $0.verdict { true } else { false } }
  }

  var errors: Int {
    cases.count { if case .undecided = $0.verdict { true } else { false } }
  }

  var skipped: Int {
    cases.count { if case .skipped = $0.verdict { true } else { false } }
  }
}
