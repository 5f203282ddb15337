/// What the commands of a `RUN` install: its shell form, its JSON form and the scripts of its heredocs.
enum RunCommands {
  private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "zsh", "ksh"]

  static func isShell(_ program: String) -> Bool { shells.contains(program) }

  /// `growth` bounds what the variables of a whole file add to its commands.
  static func read(
    _ instruction: DockerfileInstruction, variables: BuildVariables, path: String, growth: inout Int
  ) -> PinReading {
    var reader = InstallReader(path: path, variables: variables, growth: growth)
    defer { growth = reader.growth }
    if case .strings(let texts)? = instruction.jsonWords {
      reader.read([ShellCommand(words: texts.map { ShellWord(text: $0, line: instruction.line) })])
      return reader.reading
    }
    let command = instruction.words.first { DockerfileHeredoc(word: $0) == nil }
    guard let heredoc = instruction.heredocs.first, command == nil else {
      reader.read(instruction.arguments)
      // `RUN bash <<EOF`: the shell reads the body; any other program gets it as data.
      let program = command.map { ShellCommand.programName($0.text) } ?? ""
      if isShell(program) { instruction.heredocs.forEach { reader.read($0.body) } }
      return reader.reading
    }
    // The first line of a body may name a program that is no shell.
    let head = heredoc.body.bytes.prefix { $0 != 0x0A }
    let program = head.split(whereSeparator: { $0.isSpace || $0 == UInt8(ascii: "/") }).last?.text ?? ""
    if !head.starts(with: "#!".utf8) || isShell(program) { reader.read(heredoc.body) }
    return reader.reading
  }
}
