import Documents

/// The instructions of a Dockerfile by BuildKit's grammar: directives, joined lines, comments, heredocs.
struct DockerfileSyntax {
  private(set) var instructions: [DockerfileInstruction] = []
  /// What `# syntax=` names.
  private(set) var syntax: (image: String, line: Int)?
  private(set) var problems: [(message: String, line: Int)] = []

  /// Builders read a line into a buffer of this size, and refuse what does not fit.
  private static let longestLine = 65_535

  private let bytes: [UInt8]
  private var position = 0
  private let firstLine: Int
  private var line: Int
  private var escape = UInt8(ascii: "\\")
  /// The head of the file is read twice, and measured once.
  private var isAmongDirectives = true

  /// `firstLine` is where the text begins in its file.
  init(_ raw: [UInt8], firstLine: Int = 1) {
    self.firstLine = firstLine
    line = firstLine - 1
    bytes = raw.contains(0) || raw.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(TextDecoding.decode(raw).utf8) : raw
    readDirectives()
    isAmongDirectives = false
    position = 0
    line = firstLine - 1
    while let first = nextLine() { read(first) }
    if instructions.isEmpty, problems.isEmpty { problems.append(("no instructions", firstLine)) }
  }

  /// The next line without its line break.
  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard position < bytes.count else { return nil }
    let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
    var found = bytes[position..<end]
    while found.last == 0x0D { found.removeLast() }
    position = end + 1
    line += 1
    if found.count > Self.longestLine, !isAmongDirectives {
      problems.append(("a line longer than \(Self.longestLine) bytes, which builders refuse", line))
    }
    return found
  }

  private mutating func read(_ first: ArraySlice<UInt8>) {
    let start = line
    let head = first.drop(while: \.isSpace)
    guard let byte = head.first, byte != UInt8(ascii: "#") else { return }
    var joined = LinedText()
    var (text, goesOn) = withoutContinuation(head)
    joined.append(text, line: line)
    if text.isEmpty, !goesOn { return }
    while goesOn, let more = nextLine() {
      let bare = more.drop(while: \.isSpace)
      // Comments and empty lines may stand between the lines of one instruction.
      if bare.isEmpty || bare.first == UInt8(ascii: "#") { continue }
      (text, goesOn) = withoutContinuation(more)
      joined.append(text, line: line)
    }
    guard !joined.bytes.trimmed.isEmpty else {
      problems.append(("a continuation of nothing", start))
      return
    }
    var instruction = DockerfileInstruction(joined, line: start, escape: escape)
    readHeredocs(of: &instruction, joined: joined)
    instructions.append(instruction)
  }

  /// A line without the escape that ends it, and whether it had one: a doubled escape is text.
  private func withoutContinuation(_ line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, Bool) {
    var rest = line
    while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
    guard rest.last == escape, rest.dropLast().last != escape else { return (line, false) }
    return (rest.dropLast(), true)
  }

  private mutating func readHeredocs(of instruction: inout DockerfileInstruction, joined: LinedText) {
    var keyword = instruction.keyword
    if keyword == "ONBUILD" { keyword = instruction.words.first.map { $0.text.uppercased() } ?? "" }
    guard ["RUN", "COPY", "ADD"].contains(keyword), instruction.jsonWords == nil else { return }
    var heredocs = DockerfileHeredoc.all(in: joined.bytes, escape: escape)
    for index in heredocs.indices {
      var isClosed = false
      while !isClosed, let text = nextLine() {
        isClosed = heredocs[index].ends(with: text)
        if !isClosed { heredocs[index].body.append(text + [0x0A], line: line) }
      }
      if !isClosed {
        problems.append(("the heredoc `\(heredocs[index].name.prefix(80))` does not end", instruction.line))
        break
      }
    }
    instruction.heredocs = heredocs
  }
}

extension DockerfileSyntax {
  /// Reads `# escape=`, `# syntax=` and `# check=`, which count only above everything else.
  private mutating func readDirectives() {
    var seen: Set<String> = []
    while let text = nextLine() {
      if line == firstLine, text.starts(with: "#!".utf8) { continue }
      let isSlashed = text.starts(with: "//".utf8)
      guard let (name, value) = Self.directive(text.drop(while: \.isSpace)) else { return }
      guard ["escape", "syntax", "check"].contains(name) else { continue }
      // `// syntax=` chooses the parser too, for files in other languages; the rest is for this one.
      if isSlashed, name != "syntax" { continue }
      guard seen.insert(name).inserted else {
        problems.append(("the directive `\(name)` stands twice", line))
        continue
      }
      if name == "syntax" { syntax = (value.prefix { !$0.isSpace }.text, line) }
      if name == "escape" {
        if value.count == 1, let byte = value.first, byte == UInt8(ascii: "`") || byte == UInt8(ascii: "\\") {
          escape = byte
        } else {
          problems.append(("the escape `\(value.prefix(20).text)` is neither \\ nor `", line))
        }
      }
    }
  }

  /// `# name = value`, the name in lower case.
  private static func directive(_ line: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>)? {
    let marker = line.starts(with: "//".utf8) ? 2 : 1
    guard marker == 2 || line.first == UInt8(ascii: "#") else { return nil }
    let body = line.dropFirst(marker).drop(while: \.isSpace)
    let name = body.prefix { $0.isNameByte && $0 != UInt8(ascii: "_") }
    guard let first = name.first, first.isNameStart else { return nil }
    let rest = body.dropFirst(name.count).drop(while: \.isSpace)
    guard rest.first == UInt8(ascii: "=") else { return nil }
    let value = rest.dropFirst().trimmed
    return value.isEmpty ? nil : (name.text.lowercased(), value)
  }
}
