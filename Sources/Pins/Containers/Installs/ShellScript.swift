/// Splits a shell script into its simple commands, in time that grows with its length.
struct ShellScript {
  private static let deepest = 32

  private let source: LinedText
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var variables: BuildVariables
  /// How many bytes variables may still add.
  private var growth: Int
  private var commands: [ShellCommand] = []
  private var current = ShellCommand()
  private var heredocs: [DockerfileHeredoc] = []
  private var isInBackticks = false
  /// How many `if`, `case` and loops are open.
  private var branches = 0
  /// Whether the command stands behind `||`.
  private var isAlternative = false
  /// Whether a part was nested too deep to be read.
  private(set) var isTooDeep = false

  /// The commands of `source`; nil when it nests too deep. `growth` bounds what variables add, and is taken from.
  static func commands(_ source: LinedText, variables: BuildVariables, growth: inout Int) -> [ShellCommand]? {
    var script = ShellScript(source: source, variables: variables, growth: growth)
    script.run(until: nil, depth: 0)
    growth = script.growth
    return script.isTooDeep ? nil : script.commands
  }

  private init(source: LinedText, variables: BuildVariables, growth: Int) {
    self.source = source
    self.variables = variables
    self.growth = growth
    bytes = source.bytes
    position = source.bytes.startIndex
  }

  private var byte: UInt8? { position < bytes.endIndex ? bytes[position] : nil }
  private var next: UInt8? { position + 1 < bytes.endIndex ? bytes[position + 1] : nil }

  /// Reads commands up to `stop`, which closes a substitution.
  private mutating func run(until stop: UInt8?, depth: Int) {
    var open = 0
    while let byte {
      if byte == stop, open == 0 || byte != UInt8(ascii: ")") { break }
      switch byte {
      case UInt8(ascii: "\n"):
        position += 1
        endCommand()
        skipHeredocs()
      case UInt8(ascii: "|"): readPipe()
      case UInt8(ascii: "&") where next == UInt8(ascii: ">"):
        position += 1
        readRedirection(depth: depth)
      case UInt8(ascii: ";"), UInt8(ascii: "&"):
        position += 1
        endCommand()
      case UInt8(ascii: "("), UInt8(ascii: ")"):
        open = byte == UInt8(ascii: "(") ? open + 1 : max(0, open - 1)
        position += 1
        endCommand()
      case UInt8(ascii: "#"):
        while let byte = self.byte, byte != 0x0A { position += 1 }
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        if next == UInt8(ascii: "(") { readWord(depth: depth) } else { readRedirection(depth: depth) }
      case let byte where byte.isBlank: position += 1
      default:
        let start = position
        readWord(depth: depth)
        // A stray backtick is no word.
        if position == start { position += 1 }
      }
    }
    endCommand()
    if stop != nil, byte != nil { position += 1 }
  }

  private mutating func endCommand() {
    defer { current = ShellCommand() }
    guard !current.words.isEmpty else { return }
    assign()
    isAlternative = false
    commands.append(current)
  }

  /// Lets later commands see `X=1` and `export X=1`; `X=1 command` is for that command alone.
  private mutating func assign() {
    var words = current.words[...]
    while let word = words.first?.text, Self.isReserved(word) {
      enter(word)
      words = words.dropFirst()
      // The name of a loop has another value each time.
      if word == "for", let name = words.first { variables.set(name.text, nil, isEnvironment: true) }
    }
    let isDeclaration = ["export", "declare", "readonly", "local", "typeset"].contains(words.first?.text ?? "")
    if isDeclaration { words = words.dropFirst().drop { $0.text.hasPrefix("-") } }
    let pairs = words.compactMap { word in ShellCommand.assignment(word).map { ($0, word.isKnown) } }
    guard isDeclaration || pairs.count == words.count else { return }
    for (pair, isKnown) in pairs {
      // What a branch sets is set on some days only.
      let isCertain = isKnown && branches == 0 && !isAlternative
      variables.set(pair.name, isCertain ? Array(pair.value.utf8) : nil, isEnvironment: true)
    }
  }

  private static func isReserved(_ word: String) -> Bool {
    switch word {
    case "if", "then", "elif", "else", "fi", "case", "esac", "for", "while", "until", "do", "done", "{", "}", "!": true
    default: false
    }
  }

  private mutating func enter(_ word: String) {
    switch word {
    case "if", "case", "for", "while", "until": branches += 1
    case "fi", "esac", "done": branches = max(0, branches - 1)
    default: break
    }
  }

  private mutating func readPipe() {
    position += 1
    if byte == UInt8(ascii: "|") {
      position += 1
      endCommand()
      isAlternative = true
      return
    }
    if byte == UInt8(ascii: "&") { position += 1 }
    // `(curl …) | sh`: the last command of the group pipes on.
    if current.words.isEmpty, let last = commands.indices.last {
      commands[last].pipesOn = true
    } else {
      current.pipesOn = true
    }
    endCommand()
  }

  private mutating func readRedirection(depth: Int) {
    // `2>` names a stream: the number is no word of the command.
    if position > bytes.startIndex, ImageGrammar.isDigit(bytes[position - 1]), let last = current.words.last,
      last.text.utf8.count == 1, last.text.utf8.allSatisfy(ImageGrammar.isDigit)
    {
      current.words.removeLast()
    }
    let isOutput = byte == UInt8(ascii: ">")
    let start = position
    while let byte, byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") { position += 1 }
    let count = position - start
    if !isOutput, count == 2 { return readHeredoc() }
    if let byte, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|") { position += 1 }
    while let byte, byte.isBlank { position += 1 }
    let before = current.words.count
    guard let byte, byte != 0x0A, !Self.isOperator(byte) else { return }
    readWord(depth: depth)
    if isOutput, current.words.count > before { current.outputs.append(current.words[before].text) }
    current.words.removeSubrange(min(before, current.words.count)...)
  }

  private mutating func readHeredoc() {
    let start = position - 2
    if byte == UInt8(ascii: "-") { position += 1 }
    while let byte, byte.isBlank { position += 1 }
    let nameStart = position
    while let byte, !byte.isSpace, !Self.isOperator(byte) { position += 1 }
    let dash = bytes[start...].dropFirst(2).first == UInt8(ascii: "-") ? "-" : ""
    let word = Array("<<\(dash)".utf8) + bytes[nameStart..<position]
    if let heredoc = DockerfileHeredoc(word: word[...]), heredocs.count < 16 { heredocs.append(heredoc) }
  }

  /// Passes over the bodies of heredocs, whose lines are no commands.
  private mutating func skipHeredocs() {
    for heredoc in heredocs {
      while position < bytes.endIndex {
        let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.endIndex
        let line = bytes[position..<end]
        position = min(end + 1, bytes.endIndex)
        if heredoc.ends(with: line) { break }
      }
    }
    heredocs = []
  }

  private static func isOperator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "("), UInt8(ascii: ")"):
      true
    default: false
    }
  }
}

extension ShellScript {
  /// A word that is being read.
  private struct Draft {
    var bytes: [UInt8] = []
    var isKnown = true
    var commands: [ShellCommand] = []
    /// Quotes make a word of nothing, too.
    var isQuoted = false
  }

  private mutating func readWord(depth: Int) {
    let line = source.line(at: position)
    var draft = Draft()
    while let byte, !byte.isSpace {
      if Self.isOperator(byte) {
        let isSubstitution = next == UInt8(ascii: "(") && (byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"))
        guard isSubstitution, draft.bytes.isEmpty else { break }
        position += 2
        substitute(until: UInt8(ascii: ")"), from: position - 2, depth: depth, &draft)
        continue
      }
      if byte == UInt8(ascii: "`"), depth > 0, isInBackticks { break }
      position += 1
      switch byte {
      case UInt8(ascii: "\\"):
        guard let escaped = self.byte else { break }
        position += 1
        if escaped != 0x0A { draft.bytes.append(escaped) }
      case UInt8(ascii: "'"): readQuoted(&draft)
      case UInt8(ascii: "\""): readDoubleQuoted(depth: depth, &draft)
      case UInt8(ascii: "`"): readBackticks(depth: depth, &draft)
      case UInt8(ascii: "$"): readDollar(isQuoted: false, line: line, depth: depth, &draft)
      default: draft.bytes.append(byte)
      }
    }
    finish(draft, line: line)
  }

  private mutating func finish(_ draft: Draft, line: Int) {
    guard !draft.bytes.isEmpty || draft.isQuoted else { return }
    current.words.append(
      ShellWord(text: draft.bytes[...].text, line: line, isKnown: draft.isKnown, commands: draft.commands))
  }

  private mutating func readQuoted(_ draft: inout Draft) {
    draft.isQuoted = true
    let end = bytes[position...].firstIndex(of: UInt8(ascii: "'")) ?? bytes.endIndex
    draft.bytes += bytes[position..<end]
    position = min(end + 1, bytes.endIndex)
  }

  private mutating func readDoubleQuoted(depth: Int, _ draft: inout Draft) {
    draft.isQuoted = true
    let line = source.line(at: position)
    while let byte {
      if byte == UInt8(ascii: "`"), isInBackticks { return }
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return
      case UInt8(ascii: "\\"):
        guard let escaped = self.byte else { return }
        position += 1
        if escaped == 0x0A { continue }
        if !"\"\\$`".utf8.contains(escaped) { draft.bytes.append(byte) }
        draft.bytes.append(escaped)
      case UInt8(ascii: "`"): readBackticks(depth: depth, &draft)
      case UInt8(ascii: "$"): readDollar(isQuoted: true, line: line, depth: depth, &draft)
      default: draft.bytes.append(byte)
      }
    }
  }

  private mutating func readBackticks(depth: Int, _ draft: inout Draft) {
    isInBackticks = true
    substitute(until: UInt8(ascii: "`"), from: position - 1, depth: depth, &draft)
    isInBackticks = false
  }

  /// Reads what stands behind a `$`.
  private mutating func readDollar(isQuoted: Bool, line: Int, depth: Int, _ draft: inout Draft) {
    let start = position - 1
    guard let byte else { return draft.bytes.append(UInt8(ascii: "$")) }
    if byte == UInt8(ascii: "(") {
      position += 1
      return substitute(until: UInt8(ascii: ")"), from: start, depth: depth, &draft)
    }
    if byte == UInt8(ascii: "'"), !isQuoted {
      position += 1
      return readQuoted(&draft)
    }
    if byte == UInt8(ascii: "{") {
      guard let end = closingBrace() else {
        draft.isKnown = false
        return draft.bytes.append(UInt8(ascii: "$"))
      }
      position = end + 1
    } else if byte.isNameStart {
      while let byte = self.byte, byte.isNameByte { position += 1 }
    } else if ImageGrammar.isDigit(byte) || "@*#?!$-".utf8.contains(byte) {
      position += 1
    } else {
      return draft.bytes.append(UInt8(ascii: "$"))
    }
    let written = bytes[start..<position]
    guard growth > 0, let (value, unknown) = try? VariableExpansion.expand(written, variables) else {
      draft.isKnown = false
      draft.bytes += written
      return
    }
    growth -= value.count
    if unknown != nil { draft.isKnown = false }
    if isQuoted || unknown != nil || !value.contains(where: \.isSpace) {
      draft.bytes += value
    } else {
      // A bare variable is as many words as its value has.
      split(value, line: line, &draft)
    }
  }

  private mutating func split(_ value: [UInt8], line: Int, _ draft: inout Draft) {
    for byte in value {
      if !byte.isSpace {
        draft.bytes.append(byte)
      } else if !draft.bytes.isEmpty {
        finish(draft, line: line)
        draft = Draft()
      }
    }
  }

  /// Where the `}` of a `${` stands; nil when it is further off or deeper than people write.
  private func closingBrace() -> Int? {
    var depth = 0
    for index in position..<min(position + 512, bytes.endIndex) {
      if bytes[index] == UInt8(ascii: "{") { depth += 1 }
      if bytes[index] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return index }
      if depth > 4 { return nil }
    }
    return nil
  }

  /// Reads the commands of a substitution into the word; it stands in the text as written.
  private mutating func substitute(until stop: UInt8, from start: Int, depth: Int, _ draft: inout Draft) {
    draft.isKnown = false
    guard depth < Self.deepest else {
      // Nothing below is read: what is nested so deep is no command that a person wrote.
      position = bytes.endIndex
      draft.bytes.append(UInt8(ascii: "$"))
      isTooDeep = true
      return
    }
    let outer = (commands, current)
    commands = []
    current = ShellCommand()
    run(until: stop, depth: depth + 1)
    let inner = commands
    (commands, current) = outer
    draft.commands += inner
    draft.bytes += bytes[start..<min(position, bytes.endIndex)]
  }
}
