import Records

/// Which results of a large audit a SARIF report holds: the weightiest, up to what GitHub takes of a run.
struct SARIFQuota {
  static let mostResults = 25_000

  /// The weightiest first.
  enum Class: CaseIterable { case errors, undecided, warnings, notes, accepted }

  private var counts: [Class: Int] = [:]

  /// Counts the items of a result before any is written.
  mutating func count(_ result: RuleResult) {
    if let weight = Self.weight(result) { counts[weight, default: 0] += FlaggedItem.count(of: result) }
  }

  /// How many items of each class there is room for.
  var rooms: [Class: Int] {
    var left = Self.mostResults
    var rooms: [Class: Int] = [:]
    for weight in Class.allCases {
      rooms[weight] = min(left, counts[weight, default: 0])
      left -= rooms[weight] ?? 0
    }
    return rooms
  }

  /// What does not fit; nil when all does.
  var notice: String? {
    let all = counts.values.reduce(0, +)
    guard all > Self.mostResults else { return nil }
    return "the weightiest \(Figures.count(Self.mostResults)) of \(Figures.count(all)) results are written, "
      + "since GitHub takes no more of a run; the JSON and CSV reports hold all"
  }

  /// Nil for what is no finding.
  static func weight(_ result: RuleResult) -> Class? {
    switch (result.outcome, result.severity) {
    case (.fail, .error): .errors
    case (.unverified, _): .undecided
    case (.fail, .warning): .warnings
    case (.fail, .note): .notes
    case (.waived, _), (.baselined, _): .accepted
    case (.pass, _), (.notApplicable, _): nil
    }
  }
}
