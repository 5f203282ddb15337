import Records

/// A rule as SARIF describes it.
struct SARIFRule {
  let rule: RuleDescription
  /// As the policy has it.
  let severity: Severity

  /// GitHub takes so many tags of a rule, and shows half of them.
  static let mostTags = 20
  private static let textLimit = 4_000
  /// UTF-16 units that GitHub takes of a description; the help holds all.
  private static let mostDescribed = 1_024

  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    }
  }

  /// The category first, then the clauses of frameworks that it speaks to.
  private var allTags: [String] {
    let clauses = rule.controls.sorted { $0.key < $1.key }.flatMap { framework, clauses in
      clauses.map { "\(framework): \($0)" }
    }
    return ([rule.category, "reproducibility"] + clauses).map { VisibleText.line($0, limit: 100) }
  }

  /// What is left out; nil when nothing is.
  var notice: String? {
    guard allTags.count > Self.mostTags else { return nil }
    return "\(rule.id) has \(allTags.count) tags, GitHub takes \(Self.mostTags) of a rule: the last are left out"
  }

  func write(_ json: inout JSONWriter) throws {
    let title = VisibleText.line(rule.title)
    let rationale = Self.paragraph(rule.rationale)
    let remedy = Self.paragraph(rule.remedy)
    try json.object { json in
      try json.field("id", rule.id)
      try Self.message("shortDescription", Self.description(rule.title), &json)
      try Self.message("fullDescription", Self.description(rationale.isEmpty ? rule.title : rule.rationale), &json)
      try json.key("help")
      try json.object {
        try $0.field("text", help([title, rationale, "How to meet it: \(remedy)"], code: { $0 }))
        try $0.field("markdown", help([rationale, "**How to meet it**: \(remedy)"], code: { "```sh\n\($0)\n```" }))
      }
      if let reference = rule.references.first(where: Self.isLink) { try json.field("helpUri", reference) }
      try json.key("defaultConfiguration")
      try json.object { try $0.field("level", Self.level(severity)) }
      try json.key("properties")
      try json.object {
        try $0.field("tags", Array(allTags.prefix(Self.mostTags)))
        try $0.field("precision", "very-high")
        try $0.field("problem.severity", severity == .note ? "recommendation" : severity.rawValue)
      }
    }
  }

  private func help(_ paragraphs: [String], code: (String) -> String) -> String {
    let command = rule.remedyCommand.map { VisibleText.lines($0.trimmingEnd, limit: Self.textLimit) }.map(code)
    let references = rule.references.isEmpty ? nil : rule.references.map { "- " + VisibleText.line($0) }
    return (paragraphs + [command, references?.joined(separator: "\n")].compactMap { $0 })
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// Text of a header, whose lines are folded as in its source.
  private static func paragraph(_ text: String, limit: Int = textLimit) -> String {
    VisibleText.line(text.split(whereSeparator: \.isWhitespace).joined(separator: " "), limit: limit)
  }

  /// The same, cut with its note of how much was left out to what a description may hold.
  private static func description(_ text: String) -> String {
    var limit = mostDescribed
    while true {
      let line = paragraph(text, limit: limit)
      let excess = line.utf16.count - mostDescribed
      guard excess > 0 else { return line }
      // A character is two units at most.
      limit -= (excess + 1) / 2
    }
  }

  private static func isLink(_ text: String) -> Bool {
    ["https://", "http://"].contains { text.hasPrefix($0) } && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
      && !text.contains { "<>\"{}|\\^`".contains($0) }
  }

  static func message(_ key: String, _ text: String, _ json: inout JSONWriter) throws {
    try json.key(key)
    try json.object { try $0.field("text", text) }
  }
}

extension String {
  /// Without line breaks and spaces at the end.
  fileprivate var trimmingEnd: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
