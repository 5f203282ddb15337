/// pip's all or nothing: with one digest in a file, everything needs one.
enum HashMode {
  /// What is wrong with a requirement that has none; nil when it was no requirement anyway.
  static func problem(of requirement: Requirement) -> PinProblem? {
    let text = Excerpt.of(requirement.text)
    func problem(_ message: String, isMissingHash: Bool = false) -> PinProblem {
      PinProblem(message: message, path: requirement.path, line: requirement.line, isMissingHash: isMissingHash)
    }
    switch requirement.pin {
    case .invalid: return nil
    case .vcsCommit, .vcsFloating:
      return problem(
        "`\(text)` is a repository, which has no digest, in a file that gives digests: pip refuses the file")
    case .local: return problem("`\(text)` has no digest in a file that gives digests: pip refuses folders there")
    case .exact, .hashed, .urlDigest, .url, .range, .wildcard, .none:
      return problem(
        "`\(text)` has no `--hash` in a file that gives digests: pip refuses the file", isMissingHash: true)
    }
  }
}
