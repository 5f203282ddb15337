/// Finds tags of a template that would write a value without escaping it.
enum UnescapedTag {
  /// Values that are made to be written as they are.
  private static let safe: Set<String> = [
    "style", "scripts", "scriptDigests", "svg", "diagram", "searchIndex", "sqlHTML", "linesHTML", "countsHTML",
  ]

  static let names = safe.sorted().map { "`{{{\($0)}}}`" }.joined(separator: ", ")

  /// The first tag that is not safe, with its line from 1; other delimiters and content types would hide such tags.
  static func first(in text: String) -> (tag: String, line: Int)? {
    var sections: [Substring] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      let body = rest[open.upperBound...]
      let end = body.firstRange(of: "}}")?.upperBound ?? text.endIndex
      let content = (body.firstRange(of: "}}").map { body[..<$0.lowerBound] } ?? body)
      let name = content.dropFirst().filter { !$0.isWhitespace }
      switch content.first {
      case "#", "^", "$", "<": sections.append(Substring(name))
      case "/": _ = sections.popLast()
      case "{", "&":
        let last = name.split(separator: ".").last.map(String.init) ?? ""
        let isScript = name == "." && sections.last == "scripts"
        if !safe.contains(last), !isScript { return found(rest[open.lowerBound..<end], at: open.lowerBound, in: text) }
      case "=", "%": return found(rest[open.lowerBound..<end], at: open.lowerBound, in: text)
      default: break
      }
      rest = rest[end...]
      if content.first == "{", rest.hasPrefix("}") { rest = rest.dropFirst() }
    }
    return nil
  }

  private static func found(_ tag: Substring, at index: String.Index, in text: String) -> (tag: String, line: Int) {
    let line = text[..<index].utf8.count { $0 == UInt8(ascii: "\n") } + 1
    return (VisibleText.line(String(tag) + (tag.hasPrefix("{{{") ? "}" : ""), limit: 60), line)
  }
}
