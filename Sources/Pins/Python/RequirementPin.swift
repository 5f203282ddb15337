/// How firmly a requirement is tied to one thing.
package enum RequirementPin: String, Sendable, CaseIterable {
  case exact
  /// Exact, with the digests of the files.
  case hashed
  case urlDigest = "url-digest"
  case vcsCommit = "vcs-commit"
  case vcsFloating = "vcs-floating"
  case url
  case local
  case range
  case wildcard
  case none
  /// The line could not be parsed.
  case invalid

  /// Whether it can resolve to one thing only.
  package var isPinned: Bool {
    switch self {
    case .exact, .hashed, .urlDigest, .vcsCommit: true
    case .vcsFloating, .url, .local, .range, .wildcard, .none, .invalid: false
    }
  }

  /// Whether a constraint on the same name decides the version.
  var yieldsToConstraint: Bool {
    switch self {
    case .range, .wildcard, .none: true
    case .exact, .hashed, .urlDigest, .vcsCommit, .vcsFloating, .url, .local, .invalid: false
    }
  }
}
