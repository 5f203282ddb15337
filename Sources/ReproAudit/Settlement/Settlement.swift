import AuditDatabase
import Records
import Synchronization

/// What the policy and the baseline make of the rules' results: exceptions, severity by stage, waivers, baseline.
///
/// Rules run at once, each with a part of its own; what they found is put together here.
final class Settlement: Sendable {
  /// What one rule's results came to.
  struct Findings: Sendable {
    var rule: String
    /// Flagged items that each waiver matches.
    var matched: [Int64: Int] = [:]
    /// Entries of the baseline that match nothing.
    var unmet: [BaselineEntry] = []
    /// Findings as entries of a new baseline.
    var lines: [String] = []
    /// Published files that are lost, which no baseline accepts.
    var losses = 0
  }

  let database: AuditDatabase
  let policy: Policy
  let baseline: Baseline?
  /// Whether findings are collected for a new baseline.
  let collects: Bool
  /// The one scanned directory's name; nil where entries of the baseline name theirs.
  let root: String?
  let waivers: WaiverIndex
  let exceptions: SettledExceptions
  /// Alias names by subject, where a severity depends on them.
  let aliases: [Int64: [String]]
  /// What of the policy matches nothing, for people.
  let notices: [String]
  private let entries: [String: [BaselineEntry]]
  private let findings = Mutex<[Findings]>([])

  /// `waiverIDs` are the subjects of the policy's waivers, in its order; `kinds` what each rule judges.
  init(
    database: AuditDatabase, policy: Policy, waiverIDs: [Int64], kinds: [String: [SubjectKind]], baseline: Baseline?,
    collects: Bool, root: String?, today: CalendarDate
  ) throws {
    let facts = SubjectFacts(database)
    self.database = database
    self.policy = policy
    self.baseline = baseline
    self.collects = collects
    self.root = root
    waivers = try WaiverIndex(policy, ids: waiverIDs, kinds: kinds, today: today, facts: facts)
    exceptions = try SettledExceptions(policy.exceptions, facts: facts)
    aliases = policy.staged.isEmpty ? [:] : try facts.aliases()
    entries = Dictionary(grouping: baseline?.entries ?? [], by: \.rule)
    notices = policy.notices + exceptions.notices + (try Self.unknownAliases(policy, facts))
  }

  /// What settles the results of one rule; nil when they stand as the rule says them.
  func settlement(of rule: RuleDescription) throws -> RuleSettlement? {
    let isAffected =
      policy.rules[rule.id] == nil || policy.staged[rule.id] != nil || exceptions.concern(rule.id)
      || waivers[rule.id] != nil || entries[rule.id] != nil || isNewer(rule.id) || collects
    guard isAffected, !rule.judgesWaivers else { return nil }
    return try RuleSettlement(rule, in: self, entries: entries[rule.id] ?? [])
  }

  /// Whether the baseline was written before there was such a rule.
  func isNewer(_ rule: String) -> Bool { baseline.map { !$0.known.contains(rule) } ?? false }

  func take(_ found: Findings) { findings.withLock { $0.append(found) } }

  /// What all rules found, sorted by rule; those that did not complete are not among them.
  var all: [Findings] { findings.withLock { $0 }.sorted { $0.rule < $1.rule } }

  /// What became of each waiver.
  var usage: [Int64: WaiverFacts.Usage] {
    var usage = waivers.usage
    for found in all { for (id, count) in found.matched { usage[id]?.matched += count } }
    return usage
  }

  /// A misspelled alias would lower a severity in silence.
  private static func unknownAliases(_ policy: Policy, _ facts: SubjectFacts) throws -> [String] {
    guard policy.staged.contains(where: { !$0.value.aliases.isEmpty }) else { return [] }
    let known = try facts.aliasNames().union(policy.stages.map(\.name))
    return policy.staged.sorted { $0.key < $1.key }.flatMap { rule, staged in
      staged.aliases.keys.sorted().filter { !known.contains($0) }.map { name in
        let place = policy.origins[PolicyPlace("rules", rule, "severity")].map { "\($0): " } ?? ""
        return
          "\(place)no alias `\(name)` is in what was audited, and the policy has no such stage, so its severity of "
          + "`\(rule)` applies to nothing"
      }
    }
  }
}
