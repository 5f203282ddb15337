/// A word of a shell command, quotes gone and known variables put in.
struct ShellWord {
  var text: String
  let line: Int
  /// False when it holds a variable or a command whose value is not known; that part stands as written.
  var isKnown = true
  /// Commands inside it: `$(…)`, `` `…` `` and `<(…)`.
  var commands: [ShellCommand] = []
}

/// One simple command of a shell script.
struct ShellCommand {
  var words: [ShellWord] = []
  /// Whether its output goes to the command after it.
  var pipesOn = false
  /// Files that its output goes to.
  var outputs: [String] = []

  /// The name of a program, without its folder.
  static func programName(_ text: String) -> String {
    var bytes = Substring(text).utf8
    while bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return String(Substring(bytes)) }
    return String(Substring(bytes[bytes.index(after: slash)...]))
  }

  /// Words of the grammar and programs that only run the command behind them.
  private static let reserved: Set<String> = [
    "if", "then", "elif", "else", "while", "until", "do", "!", "{", "}", "time", "exec", "command", "builtin", "nohup",
    "fakeroot", "doas", "xvfb-run", "exit", "fi", "done",
  ]

  /// The command without `sudo`, `env X=y`, `then` and whatever else stands before a program.
  func unwrapped() -> ArraySlice<ShellWord> {
    var rest = words[...]
    while let first = rest.first {
      switch Self.programName(first.text) {
      case let word where Self.reserved.contains(word): rest = rest.dropFirst()
      case "sudo": rest = Self.dropOptions(rest.dropFirst(), valued: ["-u", "-g", "-h", "-p", "-C", "-D"])
      case "env": rest = Self.dropOptions(rest.dropFirst(), valued: ["-u", "-C", "--unset", "--chdir"])
      case "nice", "ionice": rest = Self.dropOptions(rest.dropFirst(), valued: ["-n", "-c"])
      case "xargs": rest = Self.dropOptions(rest.dropFirst(), valued: ["-n", "-L", "-I", "-P", "-a", "-d", "-s"])
      case "timeout": rest = Self.dropOptions(rest.dropFirst(), valued: ["-k", "-s"]).dropFirst()
      case "gosu": rest = rest.dropFirst(2)
      case "conda", "mamba", "micromamba", "poetry", "pipenv", "pdm", "uv", "pixi", "hatch":
        guard rest.dropFirst().first?.text == "run" else { return rest }
        rest = Self.dropOptions(
          rest.dropFirst(2), valued: ["-n", "--name", "-p", "--prefix", "--with", "--python", "--cwd", "-e", "--extra"])
      default:
        guard Self.assignment(first) != nil else { return rest }
        rest = rest.dropFirst()
      }
    }
    return rest
  }

  private static func dropOptions(_ words: ArraySlice<ShellWord>, valued: Set<String>) -> ArraySlice<ShellWord> {
    var rest = words
    while let first = rest.first, first.text.hasPrefix("-") {
      rest = rest.dropFirst(valued.contains(first.text) ? 2 : 1)
    }
    return rest
  }

  /// `NAME=value` as its parts.
  static func assignment(_ word: ShellWord) -> (name: String, value: String)? {
    let bytes = word.text.utf8
    guard let first = bytes.first, first.isNameStart, let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
      bytes[..<equals].allSatisfy(\.isNameByte)
    else { return nil }
    return (String(word.text[..<equals]), String(word.text[bytes.index(after: equals)...]))
  }
}
