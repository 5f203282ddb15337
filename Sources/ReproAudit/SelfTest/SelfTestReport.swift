import AuditDatabase
import Reports

/// What a selftest found, by kind of mutation and by rule.
public struct SelfTestReport: Sendable {
  /// At least this share of the damaged stores must be found.
  private static let leastShare = 0.99
  private static let mostExamples = 10
  /// What becomes overdue or vanishes does so between two scans.
  private static let needsHistory = ["overdue-verification", FileFigures.vanishingRule]

  struct Kind: Sendable {
    let name: String
    let rules: [String]
    var made = 0
    /// For a neutral mutation: those of which something was said all the same.
    var found = 0
  }

  private(set) var kinds: [Kind]
  /// Rule → stores it was to find, and found.
  private(set) var rules: [(rule: String, made: Int, found: Int)]
  /// Rules for which no mutation is known, but those that one scan cannot show.
  private let untested: [String]
  /// Rules that nothing in the healthy store meets: their silence there says nothing.
  private let unmet: [String]
  /// Rules that say something of the store in which nothing is wrong.
  private let healthy: [String]
  private let examples: [String]
  private let seed: UInt64

  init(
    mutations: [Mutation], trials: [SelfTest.Trial], healthy: [String], unmet: [String], seed: UInt64,
    rules ids: [String]
  ) {
    var kinds = mutations.map { Kind(name: $0.name, rules: $0.rules) }
    var byRule: [String: (made: Int, found: Int)] = [:]
    var examples: [String] = []
    for trial in trials {
      kinds[trial.mutation].made += 1
      let isHit = trial.expected.isEmpty ? trial.isFalseAlarm : trial.isFound
      if isHit { kinds[trial.mutation].found += 1 }
      for rule in trial.expected {
        byRule[rule, default: (0, 0)].made += 1
        if trial.findings.contains(rule) { byRule[rule]?.found += 1 }
      }
      if isHit == trial.expected.isEmpty, examples.count < Self.mostExamples {
        let said = trial.findings + trial.undecided.map { "\($0) (undecided)" }
        let what = trial.expected.isEmpty ? "false alarm" : "missed"
        examples.append(
          "\(what): \(mutations[trial.mutation].name), in \(trial.place): found \(said.isEmpty ? "nothing" : said.joined(separator: ", "))"
        )
      }
    }
    self.kinds = kinds.filter { $0.made > 0 }
    rules = byRule.sorted { $0.key < $1.key }.map { ($0.key, $0.value.made, $0.value.found) }
    let tested = Set(mutations.flatMap(\.rules))
    untested = ids.filter { !tested.contains($0) && !Self.needsHistory.contains($0) }
    self.unmet = unmet.filter { !Self.needsHistory.contains($0) }
    self.healthy = healthy
    self.examples = examples
    self.seed = seed
  }

  private var damaged: [Kind] { kinds.filter { !$0.rules.isEmpty } }
  private var neutral: [Kind] { kinds.filter(\.rules.isEmpty) }
  private var made: Int { damaged.map(\.made).reduce(0, +) }
  private var found: Int { damaged.map(\.found).reduce(0, +) }
  private var falseAlarms: Int { neutral.map(\.found).reduce(0, +) }

  /// Enough is found by every rule, and nothing where nothing is wrong.
  public var isGood: Bool {
    healthy.isEmpty && falseAlarms == 0 && weakest.isEmpty
  }

  /// Rules that find too little.
  private var weakest: [String] {
    rules.filter { Double($0.found) < Self.leastShare * Double($0.made) }.map(\.rule)
  }

  /// For people.
  public var text: String {
    let width = kinds.map(\.name.count).max() ?? 0
    let ruleWidth = rules.map(\.rule.count).max() ?? 0
    var lines = ["damage\(pad("", width - 6))   made  found"]
    lines += damaged.map { "\($0.name)\(pad($0.name, width))  \(number($0.made))  \(number($0.found))" }
    lines += ["", "nothing is wrong\(pad("", width - 16))   made  false alarms"]
    lines += neutral.map { "\($0.name)\(pad($0.name, width))  \(number($0.made))  \(number($0.found))" }
    lines += ["", "rule\(pad("", ruleWidth - 4))   made  found"]
    lines += rules.map {
      "\($0.rule)\(pad($0.rule, ruleWidth))  \(number($0.made))  \(number($0.found))  \(share($0.found, $0.made))"
    }
    for (what, list) in [
      ("found too seldom", weakest), ("no mutation is known for", untested),
      ("nothing in the healthy store meets", unmet), ("a single scan cannot show", Self.needsHistory),
    ] where !list.isEmpty { lines += ["", "\(what): \(list.joined(separator: ", "))"] }
    if !examples.isEmpty { lines += [""] + examples }
    lines += [
      "",
      healthy.isEmpty
        ? "healthy store: no finding, nothing undecided" : "healthy store: \(healthy.joined(separator: ", "))",
      "\(found) of \(made) damaged stores found (\(share(found, made))), \(falseAlarms) of \(neutral.map(\.made).reduce(0, +)) others raised a false alarm (seed \(seed))",
    ]
    return lines.map { $0 + "\n" }.joined()
  }

  /// Writes the same as JSON to standard output.
  public func writeJSON() throws {
    try AuditResult.writing {
      let file = try ReportFile(path: "-")
      var writer = JSONWriter(file)
      try writer.object { writer in
        try writer.field("schema", "repro-audit/selftest/1")
        try writer.field("seed", "\(seed)")
        try writer.field("made", made)
        try writer.field("found", found)
        try writer.field("neutral", neutral.map(\.made).reduce(0, +))
        try writer.field("false_alarms", falseAlarms)
        try writer.field("healthy_findings", healthy)
        try writer.field("untested_rules", untested)
        try writer.field("unmet_rules", unmet)
        try writer.key("mutations")
        try writer.array { writer in
          for kind in kinds {
            try writer.object { writer in
              try writer.field("name", kind.name)
              try writer.field("rules", kind.rules)
              try writer.field("made", kind.made)
              try writer.field(kind.rules.isEmpty ? "false_alarms" : "found", kind.found)
            }
          }
        }
        try writer.key("rules")
        try writer.array { writer in
          for rule in rules {
            try writer.object { writer in
              try writer.field("id", rule.rule)
              try writer.field("made", rule.made)
              try writer.field("found", rule.found)
            }
          }
        }
      }
      try file.write("\n")
      try file.finish()
    }
  }

  private func pad(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) }

  private func number(_ number: Int) -> String { pad("\(number)", 5) + "\(number)" }

  private func share(_ part: Int, _ whole: Int) -> String {
    let tenths = whole == 0 ? 0 : part * 1000 / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
