import Records

/// What the baseline knows of one rule, and what of it was met again; used by the one task that runs the rule.
final class RuleBaseline {
  /// What is known of one subject and outcome.
  private struct Known {
    var entries: [BaselineEntry] = []
    var parts: [BaselineEntry.Part: Int] = [:]
    var rest = 0
  }

  private let entries: [BaselineEntry]
  private let known: [BaselineEntry.Key: Known]
  private var met: Set<BaselineEntry> = []

  init(_ entries: [BaselineEntry]) {
    self.entries = entries
    var known: [BaselineEntry.Key: Known] = [:]
    for entry in entries {
      let place = known[entry.key, default: Known()].entries.count
      known[entry.key, default: Known()].entries.append(entry)
      if case .rest(let count) = entry.part {
        known[entry.key]?.rest += count
      } else {
        known[entry.key]?.parts[entry.part] = place
      }
    }
    self.known = known
  }

  /// Whether it knows anything of the subject.
  func knows(_ subject: Subject) -> Bool {
    [Outcome.fail, .unverified].contains { known[BaselineEntry.Key(subject: subject, outcome: $0)] != nil }
  }

  /// Which of `parts` are known, and how many of the `rest` that the rule does not list.
  func covers(_ parts: [BaselineEntry.Part], rest: Int, of key: BaselineEntry.Key) -> (parts: [Bool], rest: Int) {
    guard let known = known[key] else { return (parts.map { _ in false }, 0) }
    let covered = parts.map { part in
      guard let place = known.parts[part] else { return false }
      met.insert(known.entries[place])
      return true
    }
    guard known.rest > 0 else { return (covered, 0) }
    for entry in known.entries { if case .rest = entry.part { met.insert(entry) } }
    // What lay beyond the list moves into it as other items go: of such items only their number is known.
    if covered.count(where: { !$0 }) + rest <= known.rest { return (parts.map { _ in true }, rest) }
    return (covered, min(rest, known.rest))
  }

  /// A finding that is undecided now, or the other way round, says nothing of what is known: it stays.
  func keep(_ subject: Subject, except outcome: Outcome) {
    for other in [Outcome.fail, .unverified] where other != outcome {
      met.formUnion(known[BaselineEntry.Key(subject: subject, outcome: other)]?.entries ?? [])
    }
  }

  /// Entries that nothing in this scan matches.
  var unmet: [BaselineEntry] { entries.filter { !met.contains($0) } }
}
