/// A heredoc of an instruction: `RUN <<EOF`.
struct DockerfileHeredoc {
  let name: String
  /// `<<-`: tabs in front of a line, and of the name that ends it, do not count.
  let dropsTabs: Bool
  /// Unquoted names let variables in.
  let expands: Bool
  /// Its lines, each with its line break.
  var body = LinedText()

  init?(word: ArraySlice<UInt8>) {
    var rest = word.drop(while: ImageGrammar.isDigit)
    guard rest.starts(with: "<<".utf8) else { return nil }
    rest = rest.dropFirst(2)
    dropsTabs = rest.first == UInt8(ascii: "-")
    if dropsTabs { rest = rest.dropFirst() }
    guard !rest.contains(UInt8(ascii: "<")) else { return nil }
    let bare = rest.filter { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    guard !bare.isEmpty else { return nil }
    expands = bare.count == rest.count
    name = bare[...].text
  }

  /// Whether `line`, without its line break, ends the body.
  func ends(with line: ArraySlice<UInt8>) -> Bool {
    (dropsTabs ? line.drop { $0 == 0x09 } : line).elementsEqual(name.utf8)
  }

  /// The heredocs that a joined line announces, in order.
  static func all(in line: ArraySlice<UInt8>, escape: UInt8) -> [DockerfileHeredoc] {
    DockerfileInstruction.quotedWords(line, escape: escape).compactMap(DockerfileHeredoc.init(word:))
  }
}
