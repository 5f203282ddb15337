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
    guard word.isKnown else {
      // A variable without a value: what it stands for is not judged.
      let name = text.prefix { !"=<>!~[ $:".contains($0) }
      let isBare = !text.contains(where: "=<>!~[".contains)
      return add(.conda, name: name.isEmpty ? nil : name.lowercased(), text, isBare ? .none : .range, line: word.line)
    }
    guard let spec = try? CondaMatchSpec(parsing: text) else {
      return add(.conda, name: nil, text, .invalid, line: word.line)
    }
    add(.conda, name: spec.name == "*" ? nil : spec.name, text, spec.pin, line: word.line)
    guard spec.name == "python", spec.version != nil else { return }
    reading.pythons.append(PythonPin(text: text, version: spec.pythonVersion, path: path, line: word.line))
  }
}
