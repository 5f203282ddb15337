import Records

/// Keeps the results that a page shows, a fair share of every rule, from a stream of any length.
///
/// Give it every result in report order; passes and `not-applicable` are only counted elsewhere.
package struct ResultSelection: Sendable {
  /// What is kept, in the order it came.
  package private(set) var results: [RuleResult] = []

  /// What the policy puts out of scope, by reason, the most frequent first.
  var excluded: [Exclusion] { exclusions.values.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) } }
  /// Rule → how many of its results the policy puts out of scope.
  private(set) var excludedCounts: [String: Int] = [:]

  /// Results that the policy puts out of scope for one reason.
  struct Exclusion: Sendable {
    let reason: String
    var count = 0
    /// The first few subjects.
    var subjects: [String] = []
  }

  /// How the message of a result begins that the policy declares out of scope.
  private static let excludedPrefix = "declared out of scope: "
  private static let mostReasons = 50
  private static let mostSubjects = 3

  private var exclusions: [String: Exclusion] = [:]

  private struct Key: Hashable {
    let rule: String
    let outcome: Outcome
  }

  private var room: [Key: Int] = [:]
  private var bytes: Int
  private var heldBytes: Int

  /// `ruleRuns` say how many results there will be, so that no rule takes the room of another.
  package init(ruleRuns: [PageFacts.RuleRun], caps: PageCaps = PageCaps()) {
    bytes = caps.resultBytes
    heldBytes = caps.heldBytes
    for outcome in Self.shown {
      let counts = ruleRuns.map { $0.outcomes[outcome] ?? 0 }
      for (run, share) in zip(ruleRuns, Self.shares(of: counts, within: caps.results)) {
        room[Key(rule: run.rule, outcome: outcome)] = share
      }
    }
  }

  /// Each has a list of its own on the page.
  private static let shown: [Outcome] = [.fail, .unverified, .waived, .baselined]

  /// Takes `result` when there is room for it.
  package mutating func add(_ result: RuleResult) {
    if result.outcome == .unverified, result.message.hasPrefix(Self.excludedPrefix) {
      exclude(result)
      return
    }
    let key = Key(rule: result.rule, outcome: result.outcome)
    guard let left = room[key], left > 0 else { return }
    let (shown, held) = Self.size(of: result)
    guard bytes >= shown, heldBytes >= held else { return }
    room[key] = left - 1
    bytes -= shown
    heldBytes -= held
    results.append(result)
  }

  private mutating func exclude(_ result: RuleResult) {
    excludedCounts[result.rule, default: 0] += 1
    let said = String(result.message.dropFirst(Self.excludedPrefix.count))
    let reason = exclusions[said] != nil || exclusions.count < Self.mostReasons ? said : "other reasons"
    var exclusion = exclusions[reason] ?? Exclusion(reason: reason)
    exclusion.count += 1
    if exclusion.subjects.count < Self.mostSubjects, !exclusion.subjects.contains(result.subject.name) {
      exclusion.subjects.append(result.subject.name)
    }
    exclusions[reason] = exclusion
  }

  /// Divides `total` so that small counts are served whole and large ones share the rest.
  static func shares(of counts: [Int], within total: Int) -> [Int] {
    var shares = counts.map { _ in 0 }
    var left = total
    var waiting = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }[...]
    while let index = waiting.popFirst() {
      shares[index] = min(counts[index], left / (waiting.count + 1))
      left -= shares[index]
    }
    return shares
  }

  /// Bytes of text as shown, and as they are.
  private static func size(of result: RuleResult) -> (shown: Int, held: Int) {
    let details = result.details.flatMap { [$0.item, $0.message, $0.path ?? ""] }
    let accepted = result.acceptances.flatMap { [$0.reason, $0.owner ?? "", $0.approvedBy ?? ""] }
    return ([result.subject.name, result.message] + details + accepted).reduce((0, 0)) { size, text in
      (size.0 + min(text.utf8.count, VisibleText.limit), size.1 + text.utf8.count)
    }
  }
}
