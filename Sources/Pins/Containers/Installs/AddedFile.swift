/// What an `ADD` downloads: a file, or a Git repository.
enum AddedFile {
  /// The remote sources of the instruction, each judged by its checksum or commit.
  static func installs(_ instruction: DockerfileInstruction, variables: BuildVariables, path: String) -> [InstallUse] {
    let sources: [String]
    if case .strings(let texts)? = instruction.jsonWords {
      sources = texts.dropLast()
    } else {
      sources = instruction.words.dropLast().map(\.text)
    }
    let checksum = instruction.flagValues("checksum").first
    return sources.compactMap { written in
      guard written.contains("://") || written.hasPrefix("git@") else { return nil }
      let expanded = try? VariableExpansion.expand(Array(written.utf8)[...], variables, escape: instruction.escape)
      let text = expanded.map { $0.value[...].text } ?? written
      let pin = pin(of: text, checksum: checksum, isKnown: expanded?.unknown == nil)
      return InstallUse(.script, name: nil, text: text, pin: pin, path: path, line: instruction.line)
    }
  }

  private static func pin(of source: String, checksum: String?, isKnown: Bool) -> RequirementPin {
    let parts = source.split(separator: "#", maxSplits: 1)
    let isGit = source.hasPrefix("git@") || source.hasPrefix("git://") || parts.first?.hasSuffix(".git") == true
    if isGit {
      let revision = parts.dropFirst().first?.prefix { $0 != ":" } ?? ""
      let isCommit = revision.utf8.count == 40 && revision.utf8.allSatisfy(ImageGrammar.isLowerHex)
      return isCommit || checksum.map(isDigest) == true ? .vcsCommit : .vcsFloating
    }
    return checksum.map(isDigest) == true ? .urlDigest : .url
  }

  /// `sha256:…`, or a commit for Git.
  private static func isDigest(_ text: String) -> Bool {
    if ImageGrammar.isDigest(text) { return true }
    return text.utf8.count == 40 && text.utf8.allSatisfy(ImageGrammar.isLowerHex)
  }
}
