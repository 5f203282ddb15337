extension InstallReader {
  /// Options of `pip install`, `uv pip install` and `uv add` that take the word behind them.
  private static let valued: Set<String> = [
    "-r", "--requirement", "--requirements", "-c", "--constraint", "--constraints", "-e", "--editable", "-t",
    "--target", "-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links", "--platform",
    "--python-version", "--implementation", "--abi", "--root", "--prefix", "-b", "--build", "--src",
    "--upgrade-strategy", "--no-binary", "--only-binary", "--progress-bar", "--global-option", "--install-option",
    "--build-option", "--config-settings", "-C", "--config-setting", "--cache-dir", "--log", "--proxy", "--retries",
    "--timeout", "--exists-action", "--trusted-host", "--cert", "--client-cert", "--python", "-p", "--use-feature",
    "--use-deprecated", "--report", "--group", "--root-user-action", "--keyring-provider", "--resume-retries",
    "--index", "--default-index", "--index-strategy", "--python-platform", "--prerelease", "--resolution",
    "--exclude-newer", "--link-mode", "-P", "--upgrade-package", "--reinstall-package", "--refresh-package",
    "--override", "--overrides", "--build-constraint", "--build-constraints", "--extra", "--no-binary-package",
    "--no-build-package", "--torch-backend", "--config-file", "--directory", "--project", "--allow-insecure-host",
    "--fork-strategy", "--color", "--with", "--with-editable", "--with-requirements", "--from", "--optional", "--tag",
    "--branch", "--rev", "--package", "--script", "--bounds", "--marker", "-m", "--pip-args", "--preinstall",
    "--suffix", "--spec", "--uploaded-prior-to", "--excludes",
  ]

  /// Reads the words behind `pip`.
  mutating func readPip(_ words: ArraySlice<ShellWord>) {
    // Options of pip itself may stand before the subcommand.
    let operands = CommandOperands(words, valued: Self.valued)
    guard let subcommand = operands.words.first, subcommand.text == "install" else { return }
    readRequirements(operands, dropping: 1, tool: .pip)
  }

  /// Reads the words behind `uv`.
  mutating func readUV(_ words: ArraySlice<ShellWord>) {
    let operands = CommandOperands(words, valued: Self.valued)
    let names = operands.words.prefix(2).map(\.text)
    switch (names.first ?? "", names.dropFirst().first ?? "") {
    case ("pip", "install"), ("tool", "install"): readRequirements(operands, dropping: 2, tool: .uv)
    case ("pip", "sync"): operands.words.dropFirst(2).forEach { addReference($0) }
    case ("add", _): readRequirements(operands, dropping: 1, tool: .uv)
    case ("python", "install"): operands.words.dropFirst(2).forEach { addPython($0) }
    case ("venv", _): operands.values("--python", "-p").forEach { addPython($0) }
    case ("sync", _):
      if operands.hasFlag("--frozen", "--locked"), let line = words.first?.line { addReference("uv.lock", line: line) }
    default: break
    }
  }

  mutating func readPipx(_ words: ArraySlice<ShellWord>) {
    let operands = CommandOperands(words, valued: Self.valued)
    switch operands.words.first?.text {
    case "install": readRequirements(operands, dropping: 1, tool: .pip)
    // The first word is the environment that gets the others.
    case "inject": readRequirements(operands, dropping: 2, tool: .pip)
    default: break
    }
  }

  /// What installs from a lock file, and refuses to go beside it.
  mutating func readLocked(_ program: String, _ words: ArraySlice<ShellWord>) {
    let operands = CommandOperands(words, valued: Self.valued)
    guard let subcommand = operands.words.first else { return }
    let line = subcommand.line
    switch (program, subcommand.text) {
    case ("poetry", "install"), ("poetry", "sync"): addReference("poetry.lock", line: line)
    case ("pipenv", "sync"): addReference("Pipfile.lock", line: line)
    case ("pipenv", "install") where operands.hasFlag("--deploy", "--ignore-pipfile"):
      addReference("Pipfile.lock", line: line)
    case ("pdm", "sync"): addReference("pdm.lock", line: line)
    case ("pdm", "install") where operands.hasFlag("--frozen-lockfile", "--no-lock", "--check"):
      addReference("pdm.lock", line: line)
    case ("pixi", "install") where operands.hasFlag("--frozen", "--locked"): addReference("pixi.lock", line: line)
    case ("poetry", "add"), ("pipenv", "install"), ("pdm", "add"):
      readRequirements(operands, dropping: 1, tool: .pip)
    default: break
    }
  }

  private mutating func readRequirements(_ operands: CommandOperands, dropping count: Int, tool: InstallUse.Tool) {
    var left = count
    for operand in operands.all {
      switch operand {
      case .word(let word):
        left -= 1
        if left < 0 { addRequirement(word, tool) }
      case .option("-r", let file), .option("--requirement", let file), .option("--requirements", let file),
        .option("-c", let file), .option("--constraint", let file), .option("--constraints", let file),
        .option("--with-requirements", let file):
        addReference(file)
      case .option("-e", let target), .option("--editable", let target), .option("--with-editable", let target):
        addRequirement(target, tool, isEditable: true)
      case .option("--with", let word), .option("--from", let word), .option("--spec", let word),
        .option("--preinstall", let word):
        addRequirement(word, tool)
      case .option, .flag: break
      }
    }
  }

  private mutating func addRequirement(_ word: ShellWord, _ tool: InstallUse.Tool, isEditable: Bool = false) {
    // `pip install $(cat requirements.txt)` installs what that file says.
    if let inner = word.commands.first?.words, inner.first?.text == "cat", inner.count > 1 {
      return inner.dropFirst().forEach { addReference($0) }
    }
    let body = word.text
    let text = isEditable ? "-e \(body)" : body
    if !word.isKnown, !body.contains("://") {
      // A version that is given elsewhere ties nothing down here: `x==${V}` is no pin, whatever V will be.
      let name = String(body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
      let isPath = body.contains("/")
      let pin: RequirementPin = isPath ? .local : body.contains(where: { "=<>~!".contains($0) }) ? .range : .none
      add(
        tool, name: isPath || name.isEmpty ? nil : Requirement.parse(name, path: path, line: word.line).0.name, text,
        pin, line: word.line)
      return
    }
    if !isEditable, Self.isPath(body) {
      return add(tool, name: nil, text, .local, line: word.line)
    }
    let (requirement, problem) = Requirement.parse(text, path: path, line: word.line)
    if let problem { reading.problems.append(problem) }
    add(tool, name: requirement.name, text, requirement.pin, line: word.line)
  }

  /// `src/package` and `/wheels/*.whl` lie on the disk.
  private static func isPath(_ text: String) -> Bool {
    guard !text.contains("://"), !text.contains("@") else { return false }
    let body = text.prefix { $0 != "[" && $0 != ";" }
    return body.contains("/") || body == "." || body == ".."
  }
}
