/// Finds what shell commands install, and the files they install from.
struct InstallReader {
  private static let deepest = 6

  let path: String
  let variables: BuildVariables
  var growth: Int
  var reading = PinReading()
  private var downloads = ScriptDownloads()
  private var depth = 0

  init(path: String, variables: BuildVariables, growth: Int) {
    self.path = path
    self.variables = variables
    self.growth = growth
  }

  mutating func read(_ source: LinedText) {
    guard let commands = ShellScript.commands(source, variables: variables, growth: &growth) else {
      let line = source.line(at: source.bytes.startIndex)
      reading.problems.append(PinProblem(message: "the commands nest too deep to be read", path: path, line: line))
      return
    }
    read(commands)
  }

  mutating func read(_ commands: [ShellCommand]) {
    for script in downloads.scripts(commands) { add(.script, name: nil, script.text, .url, line: script.line) }
    for command in commands { read(command) }
  }

  private mutating func read(_ command: ShellCommand) {
    // The commands inside words run too, whoever gets what they print.
    for word in command.words where !word.commands.isEmpty && depth < Self.deepest {
      depth += 1
      read(word.commands)
      depth -= 1
    }
    let words = command.unwrapped()
    guard let first = words.first else { return }
    let program = ShellCommand.programName(first.text)
    let rest = words.dropFirst()
    switch program {
    case "uv": readUV(rest)
    case "pipx": readPipx(rest)
    case "conda", "mamba", "micromamba", "conda-lock": readConda(program, rest)
    case "apt-get", "apt", "aptitude", "apk", "yum", "dnf", "microdnf": readSystemPackages(program, rest)
    case "poetry", "pipenv", "pdm", "pixi": readLocked(program, rest)
    case "pyenv":
      if rest.first?.text == "install", let version = rest.last, rest.count > 1 { addPython(version) }
    case "eval", "su": readInner(program, rest)
    case _ where RunCommands.isShell(program): readInner(program, rest)
    case _ where Self.isNamed(program, "pip"): readPip(rest)
    case _ where Self.isNamed(program, "python"): readModule(rest)
    default: break
    }
  }

  /// `pip`, `pip3` and `pip3.11` are one program.
  static func isNamed(_ program: String, _ name: String) -> Bool {
    program.hasPrefix(name)
      && program.utf8.dropFirst(name.utf8.count).allSatisfy { ImageGrammar.isDigit($0) || $0 == UInt8(ascii: ".") }
  }

  /// `python -m pip …` or `python -mpip …`, whatever options stand before it.
  private mutating func readModule(_ words: ArraySlice<ShellWord>) {
    var rest = words
    while let option = rest.first?.text, option.hasPrefix("-"), !option.hasPrefix("--") {
      rest = rest.dropFirst()
      if option.hasSuffix("m"), let module = rest.first { return readModule(module.text, rest.dropFirst()) }
      if option.hasPrefix("-m") { return readModule(String(option.dropFirst(2)), rest) }
      if option == "-W" || option == "-X" { rest = rest.dropFirst() }
    }
  }

  private mutating func readModule(_ module: String, _ words: ArraySlice<ShellWord>) {
    switch module {
    case "pip": readPip(words)
    case "uv": readUV(words)
    case "pipx": readPipx(words)
    case "poetry", "pipenv", "pdm": readLocked(module, words)
    default: break
    }
  }

  /// `sh -c '…'`, `su -c '…'` and `eval …`.
  private mutating func readInner(_ program: String, _ words: ArraySlice<ShellWord>) {
    guard depth < Self.deepest else { return }
    var script: ShellWord?
    if program == "eval" {
      script = words.first.map { first in
        ShellWord(text: words.map(\.text).joined(separator: " "), line: first.line)
      }
    } else if let option = words.firstIndex(where: {
      $0.text.hasPrefix("-") && !$0.text.hasPrefix("--") && $0.text.hasSuffix("c")
    }) {
      script = words[(option + 1)...].first
    }
    guard let script else { return }
    depth += 1
    read(LinedText(script.text.utf8, line: script.line))
    depth -= 1
  }

  // MARK: Adding

  mutating func add(_ tool: InstallUse.Tool, name: String?, _ text: String, _ pin: RequirementPin, line: Int) {
    reading.installs.append(InstallUse(tool, name: name, text: text, pin: pin, path: path, line: line))
  }

  mutating func addReference(_ word: ShellWord) {
    reading.references.append(PinReference(target: word.text, path: path, line: word.line))
  }

  mutating func addReference(_ target: String, line: Int) {
    reading.references.append(PinReference(target: target, path: path, line: line))
  }

  /// A Python version that a command asks for; one that is not known says nothing.
  mutating func addPython(_ word: ShellWord) {
    guard word.isKnown, word.text.utf8.first.map(ImageGrammar.isDigit) == true else { return }
    reading.pythons.append(PythonVersionText.pin(word.text, path: path, line: word.line))
  }
}
