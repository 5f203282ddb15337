/// What a rule says of one subject.
public enum Outcome: String, Sendable, CaseIterable {
  case pass
  case fail
  case waived
  case baselined
  case notApplicable = "not-applicable"
  /// Undecided: unreadable, out of reach, out of budget, or declared out of scope.
  case unverified
}

/// How much a finding weighs; ordered from `note` to `error`.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  case note
  case warning
  case error

  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}
