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
      } else if !text.hasPrefix("--"), text.utf8.count > 2, valued.contains(String(text.prefix(2))) {
        var value = text.dropFirst(2)
        if value.hasPrefix("=") { value = value.dropFirst() }
        all.append(.option(String(text.prefix(2)), Self.with(word, String(value))))
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

  private static func with(_ word: ShellWord, _ text: String) -> ShellWord {
    var other = word
    other.text = text
    return other
  }
}
