import AuditDatabase
import Records

/// Settles the results of one rule; used by the one task that runs it.
final class RuleSettlement: ResultSettlement {
  private let rule: RuleDescription
  private let whole: Settlement
  private let waivers: WaiverIndex.Group?
  private let baseline: RuleBaseline
  private let lookup: SubjectLookup
  private let isNewer: Bool
  /// Whether the policy asks the rule only of the subjects it names.
  private let isException: Bool
  private var found: Settlement.Findings
  /// Runs that share an environment share the text of their details.
  private var last: (text: String, list: DetailList)?

  init(_ rule: RuleDescription, in whole: Settlement, entries: [BaselineEntry]) throws {
    self.rule = rule
    self.whole = whole
    waivers = whole.waivers[rule.id]
    baseline = RuleBaseline(entries)
    lookup = SubjectLookup(whole.database)
    isNewer = whole.isNewer(rule.id)
    isException = whole.policy.rules[rule.id] == nil
    found = Settlement.Findings(rule: rule.id)
  }

  func exemption(of subject: Int64) -> String? {
    guard let apart = whole.exceptions.exception(from: rule.id, of: subject) else {
      return isException ? "the policy asks it of other subjects only" : nil
    }
    return apart.severity == nil ? apart.exception.exemption : nil
  }

  func settle(_ result: inout RuledResult) throws {
    result.severity = severity(of: result)
    guard result.outcome == .fail || result.outcome == .unverified else { return }
    // What the policy puts out of scope fails nothing, so nobody has to accept it.
    guard result.outcome == .fail || !result.message.hasPrefix(ResultSummary.outOfScopePrefix) else { return }
    let subject = try lookup.subject(result.subject)
    let lasting = subject.lasting(below: whole.root)
    let waivers = waivers?.entries(of: result.subject, named: subject.name) ?? []
    guard !waivers.isEmpty || whole.collects || baseline.knows(lasting) else { return }
    var parts = Parts(list(result.details))
    for entry in waivers where entry.waiver.form == .waiver || result.outcome == .unverified {
      let matched = parts.match(entry.waiver)
      found.matched[entry.id, default: 0] += matched.count
      if entry.isInForce { parts.cover(matched, by: entry.id) }
    }
    try settleKnown(&parts, result, lasting)
    apply(parts, to: &result)
  }

  func finish(completed: Bool) {
    guard completed else { return }
    found.unmet = baseline.unmet
    whole.take(found)
  }

  private func severity(of result: RuledResult) -> Severity {
    var severity = result.severity
    if let apart = whole.exceptions.exception(from: rule.id, of: result.subject)?.severity {
      severity = apart
    } else if let staged = whole.policy.staged[rule.id] {
      severity = staged.severity(reachedBy: whole.aliases[result.subject] ?? [], otherwise: severity)
    }
    // A new rule must not break a build that an update alone touched.
    return isNewer ? min(severity, .warning) : severity
  }

  /// Covers what the baseline knows, and collects what a new one would hold: all that no waiver covers.
  private func settleKnown(_ parts: inout Parts, _ result: RuledResult, _ subject: Subject) throws {
    baseline.keep(subject, except: result.outcome)
    var isLoss = result.outcome == .fail && FileFigures.integrityRules.contains(rule.id)
    if isLoss { isLoss = try lookup.isPublished(result.subject) }
    isLoss = isLoss || result.outcome == .fail && rule.id == FileFigures.vanishingRule
    let open = parts.open
    if isLoss {
      // What was published and is lost is accepted by a named person, in a waiver, or not at all.
      if open.count > 0 { found.losses += 1 }
      return
    }
    let key = BaselineEntry.Key(subject: subject, outcome: result.outcome)
    if whole.collects {
      let rest = open.rest > 0 ? [BaselineEntry.Part.rest(open.rest)] : []
      found.lines += (open.places.map { parts.parts[$0] } + rest).map {
        BaselineEntry(rule: rule.id, subject: subject, outcome: result.outcome, part: $0).line
      }
    }
    let known = baseline.covers(open.places.map { parts.parts[$0] }, rest: open.rest, of: key)
    let places = zip(open.places, known.parts).filter(\.1).map(\.0)
    parts.cover(Parts.Selection(places: places, rest: known.rest), by: Coverage.baseline)
  }

  private func apply(_ parts: Parts, to result: inout RuledResult) {
    let coverage = parts.coverage
    guard !coverage.isEmpty else { return }
    result.coverage = coverage
    let open = parts.open
    let baselined = coverage.first { $0.waiver == Coverage.baseline }?.details ?? 0
    let waived = coverage.reduce(0) { $0 + $1.details } - baselined
    guard open.count > 0 else {
      result.outcome = waived > 0 ? .waived : .baselined
      return
    }
    var accepted: [String] = []
    if waived > 0 { accepted.append("\(waived) waived") }
    if baselined > 0 { accepted.append("\(baselined) in the baseline") }
    result.message += "; of \(parts.count) items \(accepted.joined(separator: " and "))"
    if open.rest > 0 {
      result.message += "; \(open.rest) beyond the first \(DetailList.mostListed) are told by number only"
    }
    result.details = DetailList(count: open.count, items: open.places.compactMap { parts.items?[$0] }).shown
  }

  private func list(_ details: String?) -> DetailList? {
    guard let details else { return nil }
    if let last, last.text == details { return last.list }
    guard let list = DetailList(json: details) else { return nil }
    last = (details, list)
    return list
  }
}
