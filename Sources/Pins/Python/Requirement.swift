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
}

/// One requirement of a requirements file.
package struct Requirement: Sendable, Hashable {
  /// Lower case, with runs of `-`, `_` and `.` as one `-`; nil when the line names none.
  package let name: String?
  /// As written, without comment and options.
  package let text: String
  package var pin: RequirementPin
  package let hashed: Bool
  package let path: String
  package let line: Int

  package init(name: String?, text: String, pin: RequirementPin, hashed: Bool, path: String, line: Int) {
    self.name = name
    self.text = text
    self.pin = pin
    self.hashed = hashed
    self.path = path
    self.line = line
  }

  package var pinned: Bool { pin.isPinned }
}
