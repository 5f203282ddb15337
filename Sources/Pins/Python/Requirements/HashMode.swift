/// pip's all or nothing: with one digest in a file, everything needs one.
enum HashMode {
  /// What is wrong with a requirement that has none; nil when it was no requirement anyway.
  static func problem(of requirement: Requirement) -> String? {
    let text = Excerpt.of(requirement.text)
    switch requirement.pin {
    case .invalid: return nil
    case .vcsCommit, .vcsFloating:
      return "`\(text)` is a repository, which has no digest, in a file that gives digests: pip refuses the file"
    case .local: return "`\(text)` has no digest in a file that gives digests: pip refuses folders there"
    case .exact, .hashed, .urlDigest, .url, .range, .wildcard, .none:
      return "`\(text)` has no `--hash` in a file that gives digests: pip refuses the file"
    }
  }
}
