import Crypto
import Records

/// Turns facts and results into what a page shows; pure, and the same page for the same input.
struct PageBuilder {
  let facts: PageFacts
  let rules: [String: RuleDescription]
  let selection: ResultSelection
  let caps: PageCaps
  /// The results that the page shows: where, and what they say.
  let shown: [ResultKey: (anchor: String, outcome: Outcome)]
  /// What the results belong to.
  let places: ResultPlaces

  /// A result by what it says of which subject.
  struct ResultKey: Hashable {
    let rule: String
    let subject: Subject
  }

  init(facts: PageFacts, rules: [RuleDescription], selection: ResultSelection, caps: PageCaps) {
    self.facts = facts
    self.rules = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
    self.selection = selection
    self.caps = caps
    shown = Dictionary(
      selection.results.map { (ResultKey(rule: $0.rule, subject: $0.subject), (Self.anchor(of: $0), $0.outcome)) }
    ) { first, _ in first }
    places = ResultPlaces(selection.results, models: facts.models)
  }

  /// Unicode scalars shown of a name or a path, which may stand many times on a page.
  static let nameLimit = 300

  func name(_ text: String) -> String { VisibleText.line(text, limit: Self.nameLimit) }

  /// A store's name where several were audited.
  func store(of subject: Subject) -> String? { facts.stores.count > 1 ? name(subject.store) : nil }

  func sign(_ severity: Severity) -> ReportPage.Sign { Self.sign(severity.rawValue, Wording.sign(severity)) }

  func sign(_ outcome: Outcome) -> ReportPage.Sign { Self.sign(outcome.rawValue, Wording.sign(outcome)) }

  private static func sign(_ id: String, _ sign: Wording.Sign) -> ReportPage.Sign {
    ReportPage.Sign(id: id, label: sign.label, icon: sign.icon, mark: sign.mark)
  }

  func tally(_ severity: Severity, count: Int) -> ReportPage.Tally {
    let sign = Wording.sign(severity)
    return ReportPage.Tally(
      id: severity.rawValue, label: sign.label, icon: sign.icon, mark: sign.mark, count: Figures.count(count),
      isZero: count == 0, meaning: sign.meaning, bar: nil)
  }

  func tally(_ outcome: Outcome, count: Int = 0, bar: ReportPage.Bar? = nil) -> ReportPage.Tally {
    let sign = Wording.sign(outcome)
    return ReportPage.Tally(
      id: outcome.rawValue, label: sign.label, icon: sign.icon, mark: sign.mark, count: Figures.count(count),
      isZero: count == 0, meaning: sign.meaning, bar: bar)
  }

  /// Nil when nothing was left out.
  func leftOut(_ hidden: Int, _ noun: String, plural: String? = nil) -> String? {
    guard hidden > 0 else { return nil }
    let isOne = hidden == 1
    return
      "\(Figures.count(hidden, "more " + noun, plural: plural.map { "more " + $0 })) \(isOne ? "is" : "are") not shown here; "
      + "the JSON and JUnit reports (--json, --junit) hold \(isOne ? "it" : "them")"
  }

  // MARK: Anchors

  /// Of a rule's group: `findings-missing-commit`.
  func anchor(of rule: String, in list: String) -> String {
    let isPlain = rule.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
    return isPlain && rule.utf8.count <= 100 ? "\(list)-\(rule)" : "\(list)-\(Self.digest([rule]))"
  }

  static func anchor(of result: RuleResult) -> String {
    "result-" + digest([result.rule, result.subject.store, result.subject.kind.rawValue, result.subject.name])
  }

  static func anchor(lineageOf version: Subject) -> String {
    "lineage-" + digest([version.store, version.name])
  }

  private static func digest(_ parts: [String]) -> String {
    SHA256.hash(data: Array(parts.joined(separator: "\u{0}").utf8)).prefix(6).hexadecimal
  }
}
