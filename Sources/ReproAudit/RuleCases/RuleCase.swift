import Records

/// One `##` section of a case file: a small store and the outcomes its subjects must get.
struct RuleCase: Sendable {
  enum Entry: Sendable {
    case file(path: String, text: String)
    case link(path: String, target: String)
    case repository(path: String, files: [(name: String, text: String)])
    /// A file that an earlier scan with the same database found, and that is gone since.
    case gone(path: String, text: String)
  }

  struct Expectation: Sendable {
    let kind: String
    let subject: String
    let outcome: String
    /// Flagged items; nil when the case does not say.
    let items: [String]?
    let line: Int
  }

  /// The id of the rule, which is the case file's name.
  let rule: String
  /// The case file.
  let file: String
  let name: String
  /// Of its heading, from 1.
  let line: Int
  let entries: [Entry]
  let expectations: [Expectation]
  /// What the rule must say once its `remedy_command` was run for every flagged item of the subject.
  let remedied: [Expectation]

  /// Files that were there in an earlier scan.
  var gone: [String] {
    entries.compactMap { entry in if case .gone(let path, _) = entry { path } else { nil } }
  }

  /// The cases of the file at `path`; throws at the first line that cannot be meant.
  static func read(_ text: String, path: String) throws(PolicyError) -> [RuleCase] {
    var reader = RuleCaseReader(path: path)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      try reader.take(line.hasSuffix("\r") ? String(line.dropLast()) : String(line), number: index + 1)
    }
    return try reader.end()
  }
}

/// Reads a case file line by line.
private struct RuleCaseReader {
  let path: String
  private var cases: [RuleCase] = []
  private var heading: (name: String, line: Int)?
  private var entries: [RuleCase.Entry] = []
  private var expectations: [RuleCase.Expectation] = []
  private var remedied: [RuleCase.Expectation] = []
  private var fence: (info: String, line: Int, lines: [String])?

  init(path: String) { self.path = path }

  mutating func take(_ line: String, number: Int) throws(PolicyError) {
    if let open = fence {
      if line == "```" {
        entries.append(try entry(open.info, open.lines, line: open.line))
        fence = nil
      } else {
        fence?.lines.append(line)
      }
    } else if line.hasPrefix("```") {
      guard heading != nil else {
        throw mistake("a file stands before the first case; a case begins with `## `", number)
      }
      fence = (String(line.dropFirst(3)), number, [])
    } else if line.hasPrefix("## ") {
      try close()
      heading = (String(line.dropFirst(3)), number)
    } else if line.hasPrefix("- ") {
      guard heading != nil else {
        throw mistake("an expectation stands before the first case; a case begins with `## `", number)
      }
      if line.hasPrefix("- remedied ") {
        remedied.append(try expectation(line.dropFirst("- remedied ".count), line: number))
      } else {
        expectations.append(try expectation(line.dropFirst(2), line: number))
      }
    }
  }

  mutating func end() throws(PolicyError) -> [RuleCase] {
    if let fence { throw mistake("the fence that begins here is not closed", fence.line) }
    try close()
    guard !cases.isEmpty else { throw mistake("the file holds no case; a case begins with `## `", 1) }
    return cases
  }

  private mutating func close() throws(PolicyError) {
    guard let heading else { return }
    guard !expectations.isEmpty else {
      throw mistake("the case `\(heading.name)` expects nothing; write `- run run:a → pass`", heading.line)
    }
    let name = path.split(separator: "/").last.map { String($0.dropLast(".md".count)) } ?? ""
    cases.append(
      RuleCase(
        rule: name, file: path, name: heading.name, line: heading.line, entries: entries, expectations: expectations,
        remedied: remedied))
    (entries, expectations, remedied) = ([], [], [])
  }

  private func entry(_ info: String, _ lines: [String], line: Int) throws(PolicyError) -> RuleCase.Entry {
    let parts = info.split(separator: " ", maxSplits: 1).map(String.init)
    guard let path = parts.last else { throw mistake("a fence names its file: ```json runs/a/run.json", line) }
    try checkPath(path, line: line)
    switch parts[0] {
    case "link":
      guard parts.count == 2, let target = lines.first else {
        throw mistake("a link is ```link PATH, and its target on the next line", line)
      }
      return .link(path: path, target: target)
    case "git":
      guard parts.count == 2 else { throw mistake("a repository is ```git FOLDER", line) }
      var files: [(name: String, text: String)] = []
      for (index, text) in lines.enumerated() where !text.isEmpty {
        guard let colon = text.firstRange(of: ": ") else {
          throw mistake("a file of a repository is `NAME: text`", line + index + 1)
        }
        let name = String(text[..<colon.lowerBound])
        try checkPath(name, line: line + index + 1)
        files.append((name, String(text[colon.upperBound...]) + "\n"))
      }
      return .repository(path: path, files: files)
    case "gone":
      guard parts.count == 2 else { throw mistake("a file that is gone is ```gone PATH", line) }
      return .gone(path: path, text: lines.map { $0 + "\n" }.joined())
    default: return .file(path: path, text: lines.map { $0 + "\n" }.joined())
    }
  }

  /// A case must not write outside its folder.
  private func checkPath(_ path: String, line: Int) throws(PolicyError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, !path.hasPrefix("/"), !parts.contains(".."), !path.contains("\0") else {
      throw mistake("`\(path)` leads out of the case's folder; paths are relative and hold no `..`", line)
    }
  }

  private func expectation(_ text: Substring, line: Int) throws(PolicyError) -> RuleCase.Expectation {
    guard let arrow = text.firstRange(of: " → ") else {
      throw mistake("an expectation is `- KIND SUBJECT → OUTCOME`, with flagged items after `: `", line)
    }
    let subject = text[..<arrow.lowerBound].split(separator: " ", maxSplits: 1).map(String.init)
    guard subject.count == 2, SubjectKind(rawValue: subject[0]) != nil else {
      let kinds = SubjectKind.allCases.map(\.rawValue)
      throw mistake(NearestName.message("kind of subject", subject.first ?? "", among: kinds), line)
    }
    let verdict = text[arrow.upperBound...]
    let colon = verdict.firstRange(of: ": ")
    let outcome = String(colon.map { verdict[..<$0.lowerBound] } ?? verdict)
    guard Outcome(rawValue: outcome) != nil else {
      throw mistake(NearestName.message("outcome", outcome, among: Outcome.allCases.map(\.rawValue)), line)
    }
    return RuleCase.Expectation(
      kind: subject[0], subject: subject[1], outcome: outcome,
      items: colon.map { verdict[$0.upperBound...].split(separator: "; ").map(String.init) }, line: line)
  }

  private func mistake(_ message: String, _ line: Int) -> PolicyError {
    PolicyError(path: path, line: line, message: message)
  }
}
