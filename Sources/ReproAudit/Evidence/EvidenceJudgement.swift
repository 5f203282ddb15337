import AuditDatabase
import Records
import Rules

/// Judges the facts of a pack again, by the pack's rules and policy, as `Audit` judged them.
struct EvidenceJudgement {
  let database: EvidenceDatabase
  let rules: EvidenceRules
  let statement: EvidenceStatement
  let runSchema: [UInt8]?
  let baseline: [UInt8]?
  /// The pack's files of waivers, in the order of its statement.
  let waivers: [[UInt8]]
  /// What the pack says decided about the audit.
  let sources: AuditSources
  let isSameVersion: Bool
  let jobs: Int

  private(set) var differences: [String] = []

  init(
    database: EvidenceDatabase, rules: EvidenceRules, statement: EvidenceStatement, runSchema: [UInt8]?,
    baseline: [UInt8]?, waivers: [[UInt8]], sources: AuditSources, isSameVersion: Bool, jobs: Int
  ) {
    self.database = database
    self.rules = rules
    self.statement = statement
    self.runSchema = runSchema
    self.baseline = baseline
    self.waivers = waivers
    self.sources = sources
    self.isSameVersion = isSameVersion
    self.jobs = jobs
  }

  /// Why nothing can be judged.
  struct Fault: Error, Sendable, CustomStringConvertible { let description: String }

  /// Returns the audit as it comes out; what it has otherwise than the pack is in `differences`.
  mutating func run(policyText: [UInt8]) async throws -> AuditResult {
    let scan = database.scan
    var policy: Policy
    do {
      policy = try EvidencePolicy(
        policyText, catalogue: rules.catalogue, ownRules: rules.ownRules, runSchema: runSchema
      ).policy
    } catch {
      throw Fault(description: "policy: \(EvidenceNames.policy): \(error)")
    }
    let (facts, derived) = try database.facts()
    differences += derived
    try takePolicy(&policy, facts)
    let waiverIDs = try takeWaivers(&policy, facts)
    let (known, today) = try (readBaseline(), day(of: scan.now))
    let settlement = try Settlement(
      database: facts, policy: policy, waiverIDs: waiverIDs,
      kinds: rules.catalogue.descriptions.mapValues(\.subjects), baseline: known, collects: false,
      root: known?.namesStores ?? ((sources.directories?.count ?? 1) > 1) ? nil : sources.directories?.first,
      today: today)
    let ran = try await judge(policy, settlement, facts)
    let record = try ScanRecord(last: facts)
    let results = try record.digest()
    if statement.scan.results != "sha256:\(results)" {
      differences.append(
        "results: their digest is sha256:\(results), and \(EvidenceNames.statement) says \(statement.scan.results)")
    }
    let summary = try ResultSummary(facts)
    let review = try BaselineReview(
      settlement, catalogue: rules.catalogue, ran: ran.map(\.description.id),
      completed: Set(summary.rules.filter { $0.status == "completed" }.map(\.rule)),
      stores: Set(summary.stores.map(\.name)), hasGaps: summary.gaps > 0, isPartial: false)
    compareNotices(settlement.notices + review.notices)
    let sources = sourcesAgain(policy, known)
    _ = try record.finish(
      digest: results, summary: summary, foundAnything: scan.foundAnything, sources: try sources.json())
    var result = AuditResult(
      database: facts, catalogue: try sources.catalogue(for: summary), policy: Policy(name: scan.policy),
      policyDigest: scan.policyDigest, scanID: ScanRecord.id(ofDigest: results), now: scan.now, summary: summary,
      foundAnything: scan.foundAnything, timings: [])
    result.sources = sources
    result.toolVersion = scan.tool
    result.trend = statement.trend
    try takeLedger(&result, results: results)
    differences += try database.compareResults(with: facts)
    return result
  }

  /// What rules see of the policy is written anew from it, and held against what they saw.
  private mutating func takePolicy(_ policy: inout Policy, _ facts: AuditDatabase) throws {
    if policy.name != database.scan.policy {
      differences.append("policy: its name is `\(policy.name)`, and the scan's policy is `\(database.scan.policy)`")
    }
    let stated = policy.runSchema?.digest
    if try database.runSchemaDigest() != stated {
      differences.append("policy: the schema of run records is not the one that rules saw")
    }
    // Which seeds belong to which framework is part of the program.
    let except: Set<String> = isSameVersion ? [] : ["framework"]
    try facts.forgetPolicy(except: except)
    var said = policy.facts(for: rules.catalogue)
    said.runSchema = nil
    if !isSameVersion { said.frameworks = [] }
    try said.write(to: facts)
    differences += try database.comparePolicy(with: facts, except: except)
  }

  private mutating func takeWaivers(_ policy: inout Policy, _ facts: AuditDatabase) throws -> [Int64] {
    var known = try EvidenceWaivers(&policy, facts)
    let files = Array(zip(statement.waiverFiles, waivers)).map { (name: $0.0, bytes: $0.1) }
    try known.compare(files, catalogue: rules.catalogue, facts)
    differences += known.differences
    return known.ids
  }

  private func readBaseline() throws -> Baseline? {
    guard let baseline, let path = statement.baseline else { return nil }
    do {
      return try Baseline(baseline, path: path)
    } catch {
      throw Fault(description: "policy: \(EvidenceNames.baseline): \(error)")
    }
  }

  private func day(of now: String) throws -> CalendarDate {
    guard let day = CalendarDate(now.prefix(10)) else {
      throw Fault(description: "results: the scan's clock is no time: \(now)")
    }
    return day
  }

  private mutating func judge(
    _ policy: Policy, _ settlement: Settlement, _ facts: AuditDatabase
  ) async throws -> [RuleFile] {
    let rules = rules
    let asked = policy.asked(of: rules.catalogue)
    differences += rules.refusals(asked.map(\.rule))
    let refused = Set(asked.filter { !rules.refusals([$0.rule]).isEmpty }.map(\.rule.description.id))
    // How far a rule comes within its limits depends on the machine.
    let stopped = try database.stoppedRules().filter { rules.catalogue[$0.rule].map { !rules.isTrusted($0) } ?? false }
    let left = refused.union(stopped.map(\.rule))
    try facts.openToReaders()
    let runner = RuleRunner(
      database: facts, jobs: jobs, seconds: policy.ruleTimeLimit, isTrusted: { rules.isTrusted($0) })
    let run = asked.filter { !left.contains($0.rule.description.id) }
    let population = try Population(facts)
    for (rule, severity) in asked {
      guard let stop = stopped.first(where: { $0.rule == rule.description.id }), !refused.contains(stop.rule) else {
        continue
      }
      try ResultWriter(database: facts, rule: rule.description, severity: severity, population: population)
        .fail(stop.message, status: stop.status)
    }
    try await runner.run(
      run.filter { !$0.rule.description.judgesWaivers }, settlement: { rule, _ in try settlement.settlement(of: rule) })
    try WaiverFacts(facts).record(settlement.usage)
    try await runner.run(run.filter(\.rule.description.judgesWaivers))
    return asked.map(\.rule)
  }

  /// What has no effect is said with its place in files that are not in the pack.
  private mutating func compareNotices(_ notices: [String]) {
    for notice in notices {
      let words = notice.firstRange(of: #/:[0-9]+: /#).map { notice[$0.upperBound...] } ?? notice[...]
      if !sources.notices.contains(where: { $0.hasSuffix(words) }) {
        differences.append("results: the pack does not say: \(words)")
      }
    }
  }

  private func sourcesAgain(_ policy: Policy, _ baseline: Baseline?) -> AuditSources {
    var again = sources
    again.waiverFiles = zip(statement.waiverFiles, waivers).map { AuditSources.File($0.0, bytes: $0.1) }
    again.baseline = baseline.map { AuditSources.File(path: $0.path, digest: $0.digest) }
    let texts = Dictionary(rules.ownRules.map { ($0.description.id, $0.text) }) { first, _ in first }
    var left = Set(policy.ownRules.map(\.description.id))
    again.ownRules = sources.ownRules.filter { left.remove($0.id) != nil }.map {
      AuditSources.OwnRule(place: $0.place, text: texts[$0.id] ?? "")
    }
    again.ownRules += left.sorted().map { AuditSources.OwnRule(place: "", text: texts[$0] ?? "") }
    return again
  }

  private mutating func takeLedger(_ result: inout AuditResult, results: String) throws {
    guard let entry = database.entry else {
      if statement.scan.ledger != nil { differences.append("ledger: the entry of the scan is missing") }
      return
    }
    if entry.results != "sha256:\(results)" { differences.append("ledger: its entry is of other results") }
    if entry.policy != result.policyDigest || entry.now != result.now || entry.id != result.scanID
      || entry.tool != result.toolVersion
    {
      differences.append("ledger: its entry is of another scan")
    }
    if entry.digest != statement.scan.ledger {
      differences.append("ledger: its entry is not the one that \(EvidenceNames.statement) names")
    }
    result.ledger = try LedgerState(result.database, entry: entry)
  }
}
