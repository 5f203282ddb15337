import Records

/// What a testcase that did not pass says: what and where in its first two lines, then evidence, remedy and reach.
struct JUnitBody {
  /// What, on one line.
  let headline: String
  let text: String
  /// Of the first flagged item, else of the subject's record.
  let path: String?
  let line: Int?

  init(_ result: RuleResult, rule: RuleDescription?) {
    headline = Self.headline(result, rule: rule)
    let place = result.details.first { $0.path != nil }
    path = (place?.path ?? result.subjectPath).map(JUnitText.item)
    line = place?.line
    text = result.outcome == .pass ? "" : Self.text(result, rule: rule, headline: headline, path: path, line: line)
  }

  /// Aliases named before the rest is counted.
  private static let reachLimit = 20

  private static func headline(_ result: RuleResult, rule: RuleDescription?) -> String {
    let said = JUnitText.message(result.message)
    let what = said.isEmpty ? rule?.title ?? result.rule : said
    switch result.outcome {
    case .pass, .fail, .unverified: return what
    case .waived: return accepted(result) ?? prefixed("waived", said)
    case .baselined: return prefixed("baselined", said)
    case .notApplicable: return prefixed("not applicable", said)
    }
  }

  /// What a viewer shows that shows no more than one line of a skipped testcase.
  private static func accepted(_ result: RuleResult) -> String? {
    guard let first = result.acceptances.first(where: { $0.form != .baseline }) else { return nil }
    return JUnitText.message("\(AcceptanceText.line(first, of: result)); \(result.message)")
  }

  private static func prefixed(_ outcome: String, _ reason: String) -> String {
    if reason.isEmpty { return "\(outcome): no reason is recorded" }
    return reason.lowercased().hasPrefix(outcome) ? reason : "\(outcome): \(reason)"
  }

  private static func text(
    _ result: RuleResult, rule: RuleDescription?, headline: String, path: String?, line: Int?
  ) -> String {
    var lines = [headline, Self.place(result, path: path, line: line)]
    if result.outcome != .notApplicable {
      lines += evidence(result)
      lines += result.acceptances.map { "accepted: " + JUnitText.message(AcceptanceText.line($0, of: result)) }
      if result.outcome == .fail || result.outcome == .unverified {
        lines.append("severity: \(result.severity.rawValue)")
        if let remedy = rule?.remedy, !remedy.isEmpty { lines.append("remedy: \(JUnitText.message(remedy))") }
      }
      if !result.reaches.isEmpty { lines.append("affects: \(reach(result.reaches))") }
    }
    return lines.joined(separator: "\n")
  }

  private static func place(_ result: RuleResult, path: String?, line: Int?) -> String {
    let subject = result.subject
    let name = JUnitText.item(subject.name)
    let what = name.hasPrefix("\(subject.kind.rawValue):") ? name : "\(subject.kind.rawValue) \(name)"
    let record = path.map { " in \($0)" + (line.map { ":\($0)" } ?? "") } ?? ""
    return "\(what)\(record), store \(JUnitText.item(subject.store))"
  }

  private static func evidence(_ result: RuleResult) -> [String] {
    guard !result.details.isEmpty else { return [] }
    var lines = ["evidence:"]
    for detail in result.details {
      let item = JUnitText.item(detail.item)
      let message = JUnitText.message(detail.message)
      let place = detail.path.map { " (\(JUnitText.item($0))" + (detail.line.map { ":\($0)" } ?? "") + ")" } ?? ""
      lines.append("- " + [item, message].filter { !$0.isEmpty }.joined(separator: ": ") + place)
    }
    let rest = result.detailCount - result.details.count
    if rest > 0 { lines.append("- and \(rest) more") }
    return lines
  }

  private static func reach(_ aliases: [String]) -> String {
    let named = aliases.prefix(reachLimit).map(JUnitText.item).joined(separator: ", ")
    let rest = aliases.count - reachLimit
    return rest > 0 ? "\(named) and \(rest) more" : named
  }
}
