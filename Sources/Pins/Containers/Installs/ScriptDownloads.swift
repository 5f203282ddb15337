/// Finds scripts that are downloaded and run at once: `curl … | sh`, `bash <(curl …)`, `wget x.sh && sh x.sh`.
struct ScriptDownloads {
  struct Script {
    let text: String
    let line: Int
  }

  private static let interpreters: Set<String> = ["perl", "ruby", "node", "php"]
  private static let checkers: Set<String> = [
    "sha256sum", "sha512sum", "sha384sum", "sha1sum", "md5sum", "shasum", "gpg", "cosign", "minisign", "b2sum",
    "openssl",
  ]

  /// The scripts that one `RUN` downloads and runs; a command that checks a digest makes saved files count no more.
  mutating func scripts(_ commands: [ShellCommand]) -> [Script] {
    var found: [Script] = []
    var saved: [String: Script] = [:]
    var piped: Script?
    let isChecked = commands.contains { command in
      command.unwrapped().first.map { Self.checkers.contains(ShellCommand.programName($0.text)) } ?? false
    }
    for command in commands {
      let words = command.unwrapped()
      let program = words.first.map { ShellCommand.programName($0.text) } ?? ""
      let download = Self.download(words)
      if Self.interprets(program) {
        if let script = piped { found.append(Script(text: "\(script.text) | \(program)", line: script.line)) }
        for word in words.dropFirst() {
          if let script = word.commands.lazy.compactMap({ Self.download($0.unwrapped()) }).first {
            found.append(Script(text: "\(program) <(\(script.text))", line: script.line))
          }
        }
      }
      if !isChecked {
        let run = Self.interprets(program) || ["source", "."].contains(program) ? words.dropFirst() : words.prefix(1)
        if let file = run.first(where: { !$0.text.hasPrefix("-") }), let script = saved[Self.fileName(file.text)] {
          found.append(Script(text: "\(script.text) && \(program)", line: script.line))
          saved[Self.fileName(file.text)] = nil
        }
        if let download, let file = Self.savedFile(command, words) { saved[file] = download }
      }
      piped = command.pipesOn ? download ?? piped : nil
    }
    return found
  }

  private static func interprets(_ program: String) -> Bool {
    RunCommands.isShell(program) || interpreters.contains(program) || InstallReader.isNamed(program, "python")
  }

  /// A command that downloads, as it is shown.
  private static func download(_ words: ArraySlice<ShellWord>) -> Script? {
    guard let first = words.first, ["curl", "wget"].contains(ShellCommand.programName(first.text)),
      let url = words.dropFirst().first(where: { $0.text.contains("://") }) ?? words.dropFirst().last,
      !url.text.hasPrefix("-")
    else { return nil }
    return Script(text: "\(ShellCommand.programName(first.text)) \(url.text)", line: first.line)
  }

  /// The file that a download is saved as, without its folder.
  private static func savedFile(_ command: ShellCommand, _ words: ArraySlice<ShellWord>) -> String? {
    if let output = command.outputs.last { return fileName(output) }
    let isWget = words.first.map { ShellCommand.programName($0.text) == "wget" } ?? false
    var wantsRemoteName = isWget
    var isName = false
    for word in words.dropFirst() {
      if isName { return word.text == "-" ? nil : fileName(word.text) }
      let text = word.text
      if text == "--output" || text == "--output-document" {
        isName = true
      } else if text.hasPrefix("--output=") || text.hasPrefix("--output-document=") {
        return fileName(text.split(separator: "=").last.map(String.init) ?? "")
      } else if text.hasPrefix("-"), !text.hasPrefix("--") {
        // Short options are written together: `-fsSLo file`, `-qO- `.
        if text.hasSuffix(isWget ? "O" : "o") { isName = true }
        if isWget, text.hasSuffix("O-") { return nil }
        if !isWget, text.contains("O") { wantsRemoteName = true }
      }
    }
    guard wantsRemoteName, let url = words.dropFirst().first(where: { $0.text.contains("://") }) else { return nil }
    return fileName(String(url.text.prefix { $0 != "?" && $0 != "#" }))
  }

  private static func fileName(_ text: String) -> String { ShellCommand.programName(text) }
}
