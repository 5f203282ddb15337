/// What BuildKit says of an instruction before it builds: unknown flags, missing arguments.
enum DockerfileCheck {
  private enum FlagKind { case text, list, boolean }

  /// Why builders refuse the instruction; nil when they take it.
  static func problem(_ instruction: DockerfileInstruction) -> String? {
    guard known.contains(instruction.keyword) else {
      return "unknown instruction: `\(instruction.keyword.prefix(80))`"
    }
    if ["CMD", "ENTRYPOINT", "RUN", "SHELL", "VOLUME", "COPY", "ADD"].contains(instruction.keyword),
      case .notStrings? = instruction.jsonWords
    {
      return "a JSON array whose elements are not all strings"
    }
    return flagProblem(instruction) ?? argumentProblem(instruction)
  }

  private static let known: Set<String> = [
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
    "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
  ]

  private static func kind(of flag: String, in keyword: String) -> FlagKind? {
    switch (keyword, flag) {
    case ("FROM", "platform"), ("COPY", "from"), ("COPY", "chown"), ("COPY", "chmod"), ("ADD", "chown"),
      ("ADD", "chmod"), ("ADD", "checksum"), ("RUN", "network"), ("RUN", "security"), ("HEALTHCHECK", "interval"),
      ("HEALTHCHECK", "timeout"), ("HEALTHCHECK", "start-period"), ("HEALTHCHECK", "start-interval"),
      ("HEALTHCHECK", "retries"):
      .text
    case ("COPY", "exclude"), ("ADD", "exclude"), ("RUN", "mount"), ("RUN", "device"): .list
    case ("COPY", "link"), ("COPY", "parents"), ("ADD", "link"), ("ADD", "keep-git-dir"), ("ADD", "unpack"): .boolean
    default: nil
    }
  }

  private static func flagProblem(_ instruction: DockerfileInstruction) -> String? {
    var seen: Set<String> = []
    for flag in instruction.flags {
      let parts = flag.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      guard let kind = kind(of: name, in: instruction.keyword) else { return "unknown flag: `--\(name.prefix(80))`" }
      switch kind {
      case .list: break
      case .text: if parts.count == 1 { return "the flag `--\(name)` needs a value" }
      case .boolean:
        if parts.count == 2, !["true", "false"].contains(parts[1].lowercased()) {
          return "the flag `--\(name)` is true or false"
        }
      }
      if kind != .list, !seen.insert(name).inserted { return "the flag `--\(name)` stands twice" }
    }
    return nil
  }

  private static func argumentProblem(_ instruction: DockerfileInstruction) -> String? {
    let keyword = instruction.keyword
    switch keyword {
    case "FROM":
      let words = instruction.words
      guard words.count == 1 || words.count == 3 && words[1].text.uppercased() == "AS" else {
        return "FROM requires either one or three arguments"
      }
      return words.count == 3 ? stageNameProblem(words[2]) : nil
    case "ADD", "COPY":
      let count: Int
      if case .strings(let texts)? = instruction.jsonWords {
        count = texts.count
      } else {
        count = instruction.words.count
      }
      return count < 2 ? "\(keyword) requires at least two arguments" : nil
    case "ARG", "ENV", "LABEL", "EXPOSE", "VOLUME", "HEALTHCHECK", "ONBUILD":
      if instruction.arguments.isEmpty { return "\(keyword) requires at least one argument" }
    case "WORKDIR", "USER", "STOPSIGNAL", "MAINTAINER":
      if instruction.arguments.isEmpty { return "\(keyword) requires exactly one argument" }
    case "SHELL":
      if case .strings(let texts)? = instruction.jsonWords, !texts.isEmpty { return nil }
      return "SHELL requires the arguments to be in JSON form"
    default: return nil
    }
    switch keyword {
    case "ENV", "LABEL": return pairProblem(instruction)
    case "HEALTHCHECK": return healthProblem(instruction)
    case "ONBUILD":
      let trigger = instruction.words.first.map { $0.text.uppercased() } ?? ""
      return ["ONBUILD", "FROM", "MAINTAINER"].contains(trigger)
        ? "\(trigger) isn't allowed as an ONBUILD trigger" : nil
    default: return nil
    }
  }

  /// A letter, then letters, digits, `-`, `_` and `.`.
  private static func stageNameProblem(_ name: ArraySlice<UInt8>) -> String? {
    let isValid =
      name.first.map { $0.isNameStart && $0 != UInt8(ascii: "_") } ?? false
      && name.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    return isValid
      ? nil : "invalid name for build stage: `\(name.prefix(80).text)`; it begins with a letter and holds no symbols"
  }

  /// `NAME=value …`, or the old `NAME value`.
  private static func pairProblem(_ instruction: DockerfileInstruction) -> String? {
    let words = instruction.quotedWords
    guard let first = words.first else { return nil }
    guard first.contains(UInt8(ascii: "=")) else {
      return words.count < 2 ? "\(instruction.keyword) must have two arguments" : nil
    }
    for word in words {
      guard let equals = word.firstIndex(of: UInt8(ascii: "=")) else {
        return "no `=` in `\(word.prefix(80).text)`: it must be NAME=value"
      }
      if equals == word.startIndex { return "\(instruction.keyword) names can not be blank" }
    }
    return nil
  }

  private static func healthProblem(_ instruction: DockerfileInstruction) -> String? {
    let words = instruction.words
    switch words.first.map({ $0.text.uppercased() }) ?? "" {
    case "NONE": return words.count > 1 ? "HEALTHCHECK NONE takes no arguments" : nil
    case "CMD": return words.count < 2 ? "a command is missing after HEALTHCHECK CMD" : nil
    case let kind: return "unknown type `\(kind.prefix(80))` in HEALTHCHECK: try CMD"
    }
  }
}
