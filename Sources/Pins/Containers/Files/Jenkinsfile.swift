import Documents

/// Jenkins pipelines: `docker { image '…' }`, `docker '…'` and `docker.image('…')`.
enum Jenkinsfile {
  private enum Token: Equatable {
    case word(String)
    case text(String, line: Int, isTemplate: Bool)
    case mark(UInt8)
  }

  static func read(_ bytes: [UInt8], _ images: inout ServiceImages) {
    let tokens = tokens(Array(TextDecoding.decode(bytes).utf8))
    var blocks: [Bool] = []
    for (index, token) in tokens.enumerated() {
      switch token {
      case .mark(UInt8(ascii: "{")): blocks.append(index > 0 && tokens[index - 1] == .word("docker"))
      case .mark(UInt8(ascii: "}")): _ = blocks.popLast()
      case .text(let text, let line, let isTemplate):
        guard isImage(tokens[..<index], isInBlock: blocks.last == true) else { continue }
        if isTemplate, text.contains("$") {
          images.add(unresolved: text, reason: "a variable of the pipeline gives its value", line: line)
        } else {
          images.add(text, line: line)
        }
      case .word, .mark: continue
      }
    }
  }

  /// Whether the text behind `before` is an image's name.
  private static func isImage(_ before: ArraySlice<Token>, isInBlock: Bool) -> Bool {
    var rest = before
    if rest.last == .mark(UInt8(ascii: "(")) { rest = rest.dropLast() }
    if rest.last == .word("docker") { return true }
    guard rest.last == .word("image") else { return false }
    return isInBlock || rest.dropLast().last == .mark(UInt8(ascii: ".")) && rest.dropLast(2).last == .word("docker")
  }

  private static func tokens(_ bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var index = 0
    var line = 1
    while index < bytes.count {
      let byte = bytes[index]
      let rest = bytes[index...]
      if byte == 0x0A { line += 1 }
      if rest.starts(with: "//".utf8) || byte == UInt8(ascii: "#") {
        index = rest.firstIndex(of: 0x0A) ?? bytes.count
      } else if rest.starts(with: "/*".utf8) {
        index += 2
        while index < bytes.count, !bytes[index...].starts(with: "*/".utf8) {
          if bytes[index] == 0x0A { line += 1 }
          index += 1
        }
        index += 2
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        let start = line
        let text = quoted(bytes, &index, &line)
        tokens.append(.text(text, line: start, isTemplate: byte == UInt8(ascii: "\"")))
      } else if byte.isNameStart {
        let word = rest.prefix(while: \.isNameByte)
        index = word.endIndex
        tokens.append(.word(word.text))
      } else {
        if !byte.isSpace { tokens.append(.mark(byte)) }
        index += 1
      }
    }
    return tokens
  }

  /// A text in one or three quotes, from the quote at `index` on.
  private static func quoted(_ bytes: [UInt8], _ index: inout Int, _ line: inout Int) -> String {
    let quote = bytes[index]
    let isLong = bytes[index...].starts(with: [quote, quote, quote])
    let end = [UInt8](repeating: quote, count: isLong ? 3 : 1)
    index += end.count
    var text: [UInt8] = []
    while index < bytes.count {
      if bytes[index...].starts(with: end) {
        index += end.count
        return text[...].text
      }
      // A quote that its line does not close is taken as closed there.
      if bytes[index] == 0x0A {
        if !isLong { return text[...].text }
        line += 1
      }
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
      text.append(bytes[index])
      index += 1
    }
    return text[...].text
  }
}
