import Records

/// The weightiest findings as workflow commands of GitHub Actions, as many as it shows; see docs/formats/annotations.md.
package struct WorkflowAnnotations {
  /// GitHub shows ten errors, ten warnings and ten notices of a step.
  static let mostOfLevel = 10
  private static let messageLimit = 500

  enum Level: String, CaseIterable { case error, warning, notice }

  private let paths: ReportPaths
  private let rules: [String: RuleDescription]
  /// The first of each level, and the first of those that an alias is reached by.
  private var staged: [Level: [RuleResult]] = [:]
  private var others: [Level: [RuleResult]] = [:]
  private var counts: [Level: Int] = [:]

  package init(paths: ReportPaths, rules: [String: RuleDescription]) {
    self.paths = paths
    self.rules = rules
  }

  /// Takes the next result in report order; keeps no more of them than can be shown.
  package mutating func add(_ result: RuleResult) {
    guard let level = Self.level(of: result) else { return }
    counts[level, default: 0] += 1
    if result.reaches.isEmpty {
      if others[level, default: []].count < Self.mostOfLevel { others[level, default: []].append(result) }
    } else if staged[level, default: []].count < Self.mostOfLevel {
      staged[level, default: []].append(result)
    }
  }

  /// A command a line; empty when there is nothing to show.
  package var text: String {
    var lines: [String] = []
    var left = 0
    // The last notice is needed to say what is not shown.
    let isOver = counts.values.contains { $0 > Self.mostOfLevel }
    for level in Level.allCases {
      let room = level == .notice && isOver ? Self.mostOfLevel - 1 : Self.mostOfLevel
      let shown = ((staged[level] ?? []) + (others[level] ?? [])).prefix(room)
      lines += shown.map { command(level, $0) }
      left += counts[level, default: 0] - shown.count
    }
    if left > 0 {
      let what = left == 1 ? "1 finding has" : "\(Figures.count(left)) findings have"
      lines.append(
        "::notice title=repro-audit::\(what) no annotation, since GitHub shows ten of a level; the other reports list all"
      )
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func command(_ level: Level, _ result: RuleResult) -> String {
    let place = paths.place(ofFirstIn: result)
    var properties = [("file", VisibleText.line(place.path))]
    if let line = place.line { properties.append(("line", "\(line)")) }
    properties.append(("title", VisibleText.line(rules[result.rule].map { "\($0.title) (\($0.id))" } ?? result.rule)))
    let reaches = result.reaches.isEmpty ? "" : " → \(result.reaches.joined(separator: ", "))"
    let message = FlaggedItem.sentence(of: result, saying: result.message + reaches, limit: Self.messageLimit)
    return "::\(level.rawValue) " + properties.map { "\($0.0)=\(Self.property($0.1))" }.joined(separator: ",") + "::"
      + Self.data(message)
  }

  private static func level(of result: RuleResult) -> Level? {
    switch (result.outcome, result.severity) {
    case (.fail, .error): .error
    case (.fail, .warning), (.unverified, _): .warning
    case (.fail, .note): .notice
    case (.pass, _), (.waived, _), (.baselined, _), (.notApplicable, _): nil
    }
  }

  /// As GitHub's own toolkit escapes a message.
  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
