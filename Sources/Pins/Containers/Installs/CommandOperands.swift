/// The words of a command that are no options, and the options that have a value.
struct CommandOperands {
  enum Operand {
    case word(ShellWord)
    /// `--requirement file`, `--requirement=file` or `-rfile`.
    case option(String, ShellWord)
    case flag(String)
  }

  private(set) var all: [Operand] = []

  /// `valued` are the options that take the word behind them, long or short.
  init(_ words: some Sequence<ShellWord>, valued: Set<String>) {
    var pending: String?
    var areOptionsOver = false
    for word in words {
      let text = word.text
      if let option = pending {
        all.append(.option(option, word))
        pending = nil
      } else if areOptionsOver || !text.hasPrefix("-") || text == "-" {
        all.append(.word(word))
      } else if text == "--" {
        areOptionsOver = true
      } else if valued.contains(text) {
        pending = text
      } else if text.hasPrefix("--"), let equals = text.firstIndex(of: "=") {
        all.append(.option(String(text[..<equals]), Self.with(word, String(text[text.index(after: equals)...]))))
      } else if !text.hasPrefix("--"), let (option, value) = Self.cluster(text, valued) {
        if value.isEmpty { pending = option } else { all.append(.option(option, Self.with(word, value))) }
      } else {
        all.append(.flag(text))
      }
    }
  }

  var words: [ShellWord] {
    all.compactMap { if case .word(let word) = $0 { word } else { nil } }
  }

  func values(_ names: String...) -> [ShellWord] {
    all.compactMap { operand in
      if case .option(let name, let value) = operand, names.contains(name) { value } else { nil }
    }
  }

  func hasFlag(_ names: String...) -> Bool {
    all.contains { if case .flag(let name) = $0 { names.contains(name) } else { false } }
  }

  /// The option of `-rfile` or `-qUr` that takes a value, and the value if it stands in the same word.
  private static func cluster(_ text: String, _ valued: Set<String>) -> (option: String, value: String)? {
    // Words that are no options can begin with `-` too; a cluster is short letters.
    for index in text.indices.dropFirst().prefix(8) {
      let option = "-\(text[index])"
      guard valued.contains(option) else {
        if !text[index].isLetter { return nil }
        continue
      }
      let value = text[text.index(after: index)...]
      return (option, String(value.hasPrefix("=") ? value.dropFirst() : value))
    }
    return nil
  }

  private static func with(_ word: ShellWord, _ text: String) -> ShellWord {
    var other = word
    other.text = text
    return other
  }
}
