extension InstallReader {
  private static let valued: Set<String> = [
    "-n", "--name", "-p", "--prefix", "-c", "--channel", "-f", "--file", "--solver", "--platform", "--subdir",
    "--repodata-fn", "--root-prefix", "-r", "--rc-file", "--log-level", "--experimental-solver", "--category",
    "--kind", "-E", "--extras", "--clone",
  ]

  /// Reads the words behind `conda`, `mamba`, `micromamba` or `conda-lock`.
  mutating func readConda(_ program: String, _ words: ArraySlice<ShellWord>) {
    let operands = CommandOperands(words, valued: Self.valued)
    var names = operands.words[...]
    let isEnvironment = names.first?.text == "env"
    if isEnvironment { names = names.dropFirst() }
    guard let subcommand = names.first, ["install", "create", "update", "upgrade"].contains(subcommand.text) else {
      return
    }
    operands.values("-f", "--file").forEach { addReference($0) }
    let specs = names.dropFirst()
    if isEnvironment || program == "conda-lock" { return specs.forEach { addReference($0) } }
    specs.forEach { addSpec($0) }
  }

  private mutating func addSpec(_ word: ShellWord) {
    let text = word.text
    if text.contains("://") {
      let digest = text.split(separator: "#").dropFirst().first ?? ""
      let isDigest =
        (digest.utf8.count == 32 || digest.utf8.count == 64) && digest.utf8.allSatisfy(ImageGrammar.isLowerHex)
      return add(.conda, name: nil, text, isDigest ? .urlDigest : .url, line: word.line)
    }
    if text.hasSuffix(".conda") || text.hasSuffix(".tar.bz2") {
      return add(.conda, name: nil, text, .local, line: word.line)
    }
    let (name, pin, version) = Self.judge(text, isKnown: word.isKnown)
    add(.conda, name: name, text, pin, line: word.line)
    guard name == "python", let version else { return }
    addPython(ShellWord(text: version, line: word.line, isKnown: word.isKnown))
  }

  /// The simple forms of a match spec: `name`, `name=1.2`, `name==1.2.3`, `name=1.2.3=build`, `name>=1`, `name[…]`.
  ///
  /// One `=` is a beginning of versions and so a wildcard; with a build it is one file, and two `=` are one version.
  private static func judge(_ spec: String, isKnown: Bool) -> (name: String?, pin: RequirementPin, version: String?) {
    let body = spec.split(separator: "::").last ?? spec[...]
    let name = body.prefix { !"=<>!~[ ".contains($0) }
    let rest = body.dropFirst(name.count).drop(while: \.isWhitespace)
    let shown = name.isEmpty || name.contains("$") ? nil : name.lowercased()
    if rest.isEmpty { return (shown, .none, nil) }
    guard isKnown, !rest.hasPrefix("[") else { return (shown, .range, nil) }
    let parts = rest.split(separator: "=", omittingEmptySubsequences: false)
    let isPlain = !rest.contains(where: { "<>!~|,*".contains($0) })
    if rest.hasPrefix("=="), isPlain { return (shown, .exact, String(rest.dropFirst(2))) }
    if rest.hasPrefix("="), isPlain, parts.count == 2 { return (shown, .wildcard, String(parts[1])) }
    if rest.hasPrefix("="), isPlain, parts.count == 3 { return (shown, .exact, String(parts[1])) }
    return (shown, rest.hasPrefix("=") && !rest.contains(where: { "<>!~|,".contains($0) }) ? .wildcard : .range, nil)
  }
}
