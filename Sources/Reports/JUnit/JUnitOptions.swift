/// Which schema a JUnit report keeps to.
package enum JUnitProfile: String, Sendable, CaseIterable {
  /// Valid under the Ant and the Jenkins schema: a testcase has a name, a class name and a time, nothing more.
  case strict
  /// Also says file and line of each testcase, which those schemas forbid and several consumers read.
  case rich
}

/// What one testcase stands for.
package enum JUnitGranularity: String, Sendable, CaseIterable {
  /// By rule up to 50,000 cases, by subject above.
  case auto
  /// One testcase per rule and subject.
  case rule
  /// The passes of a subject are one testcase, `passes`; what does not apply to it another, `not-applicable`.
  case subject

  /// More cases than this are folded by `auto`.
  package static let foldAbove = 50_000

  /// Whether a report over `cases` results folds.
  func folds(cases: Int) -> Bool {
    switch self {
    case .auto: cases > Self.foldAbove
    case .rule: false
    case .subject: true
    }
  }
}
