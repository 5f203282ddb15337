extension InstallReader {
  private static let valued: Set<String> = [
    "-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file", "-a", "--virtual",
    "--repository", "-X", "-p", "--root", "--enablerepo", "--disablerepo", "--repo", "--setopt", "--releasever",
    "--installroot", "-x", "--exclude", "--host-architecture", "--keys-dir", "--cache-dir", "-S", "--snapshot",
  ]

  /// Reads the words behind `apt-get`, `apk`, `dnf` and their like; all count as the tool `apt`.
  mutating func readSystemPackages(_ program: String, _ words: ArraySlice<ShellWord>) {
    let operands = CommandOperands(words, valued: Self.valued)
    guard let subcommand = operands.words.first, subcommand.text == (program == "apk" ? "add" : "install") else {
      return
    }
    // An archive's snapshot holds one version of each package.
    let isSnapshot = operands.values("-S", "--snapshot").contains(where: \.isKnown)
    for word in operands.words.dropFirst() {
      let text = word.text
      // `name-` asks for a removal, and a redirection's leftover is no package.
      if text.isEmpty || text.hasSuffix("-") { continue }
      if text.hasPrefix("./") || text.hasPrefix("/") || text.hasSuffix(".deb") || text.hasSuffix(".rpm") {
        add(.apt, name: nil, text, text.contains("://") ? .url : .local, line: word.line)
        continue
      }
      let (name, pin) = Self.judge(text, program: program, isKnown: word.isKnown)
      let isNamed = !name.contains("$") && !name.isEmpty
      add(.apt, name: isNamed ? name : nil, text, isSnapshot && isNamed ? .exact : pin, line: word.line)
    }
  }

  private static func judge(_ text: String, program: String, isKnown: Bool) -> (name: String, pin: RequirementPin) {
    if ["yum", "dnf", "microdnf"].contains(program) {
      // `name-1.2.3-4.el9`: a version begins at a `-` with a number behind it.
      var previous = UInt8(ascii: " ")
      for (index, byte) in text.utf8.enumerated() {
        if previous == UInt8(ascii: "-"), ImageGrammar.isDigit(byte) {
          let name = String(decoding: text.utf8.prefix(index - 1), as: UTF8.self)
          return (name, !isKnown ? .range : text.contains("*") ? .wildcard : .exact)
        }
        previous = byte
      }
      return (text, .none)
    }
    let name = String(text.prefix { !"=<>~/".contains($0) })
    let rest = text.dropFirst(name.count)
    // `name/bookworm` names a release, whose versions move.
    if rest.isEmpty || rest.hasPrefix("/") { return (name, .none) }
    guard rest.hasPrefix("="), !rest.hasPrefix("=~"), isKnown, rest.count > 1 else { return (name, .range) }
    return (name, rest.contains("*") ? .wildcard : .exact)
  }
}
