import AuditDatabase
import Hashing
import Records
import Rules
import Stores

/// The whole audit: reads stores, re-hashes, judges, and leaves the results in a database for reports.
public struct Audit: Sendable {
  let options: AuditOptions
  public let progress: ScanProgress

  public init(_ options: AuditOptions, progress: ScanProgress = ScanProgress()) {
    self.options = options
    self.progress = progress
  }

  /// Runs the audit. Throws when it cannot be run or its database cannot be written; findings are results.
  public func run() async throws -> AuditResult {
    var timing = PhaseTiming()
    let catalogue = try RuleCatalogue.builtIn()
    let trees = try openStores()
    let policy = try PolicyFinder(catalogue: catalogue).find(options.policy, near: trees.first?.tree.root ?? ".")
    let rules = try selectRules(policy, catalogue)
    let database: AuditDatabase
    do {
      database = try AuditDatabase(path: options.database)
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
    let digest = BytesDigest.sha256(policy.canonicalText(catalogue: catalogue))
    let scan = try ScanRecord.begin(database, now: options.now, policy: policy.name, policyDigest: "sha256:\(digest)")
    timing.end("start")

    let found = try await read(trees, policy: policy, into: database)
    timing.end("read records")
    // Rules see the policy as facts.
    try facts(of: policy, catalogue).write(to: database)
    // What refers to what is known only when every store is loaded.
    try FactResolution.resolve(database)
    timing.end("resolve")

    if options.rehashes {
      let stores = Dictionary(uniqueKeysWithValues: trees.map { ($0.name, $0.tree) })
      try await IntegrityScan(database: database, trees: stores, jobs: options.jobs, progress: progress).run()
    } else {
      try ObservationWriter(database: database).writeChecks()
    }
    timing.end("hash files")
    try await GitCheck(database: database, largeBlob: largeBlob(policy, rules)).run()
    timing.end("ask git")

    // Rules come last: they need every fact.
    try database.openToReaders()
    try await RuleRunner(database: database, jobs: options.jobs).run(rules)
    timing.end("run rules")
    async let counted = ResultSummary(database)
    let id = try scan.finish()
    let summary = try await counted
    timing.end("sum up")
    return AuditResult(
      database: database, catalogue: catalogue, policy: policy, policyDigest: "sha256:\(digest)", scanID: id,
      now: options.now, summary: summary, foundAnything: found, timings: timing.phases)
  }

  private struct OpenStore {
    let name: String
    let path: String
    let tree: StoreTree
  }

  private func openStores() throws -> [OpenStore] {
    var names: Set<String> = []
    return try options.stores.map { path in
      let tree: StoreTree
      do throws(FileAccessError) {
        tree = try StoreTree(path: path)
      } catch {
        throw AuditError.unusableStore(path: path, reason: error.reason)
      }
      // Two directories of the same name are told apart by what the user wrote.
      let name = names.insert(tree.name).inserted ? tree.name : path
      names.insert(name)
      return OpenStore(name: name, path: path, tree: tree)
    }
  }

  private func selectRules(
    _ policy: Policy, _ catalogue: RuleCatalogue
  ) throws -> [(rule: RuleFile, severity: Severity)] {
    for id in options.rules where catalogue[id] == nil {
      throw AuditError.unknownRule(
        NearestName.message("rule", id, among: catalogue.rules.map(\.description.id)))
    }
    return catalogue.rules.compactMap { rule in
      guard let severity = policy.rules[rule.description.id] else { return nil }
      return options.rules.isEmpty || options.rules.contains(rule.description.id) ? (rule, severity) : nil
    }
  }

  private func read(_ stores: [OpenStore], policy: Policy, into database: AuditDatabase) async throws -> Bool {
    var context = ReadingContext()
    context.maps = options.maps.map { LocationMap(prefix: $0.prefix, replacement: $0.path) }
    context.repositories = options.repositories
    context.stages = Set(policy.stages.map(\.name))
    context.vocabulary = context.vocabulary.adding(policy.synonyms)
    context.manifestVocabulary = context.manifestVocabulary.adding(policy.synonyms)
    context.runSchema = policy.runSchema?.schema
    context.includes = { policy.includes($0) }
    var found = false
    for store in stores {
      let writer = try FactWriter(
        database: database, name: store.name, kind: StoreKind.native.rawValue, path: store.path,
        exclusion: policy.exclusion)
      if try await NativeReader(tree: store.tree, context: context).read(into: writer) { found = true }
      try writer.finish()
    }
    return found
  }

  /// The size from which a file in git is noted, when a rule asks for it.
  private func largeBlob(_ policy: Policy, _ rules: [(rule: RuleFile, severity: Severity)]) -> Int64? {
    let id = "large-file-in-git"
    guard let rule = rules.first(where: { $0.rule.description.id == id })?.rule.description else { return nil }
    let value = policy.parameters[id]?["limit"] ?? rule.parameters.first { $0.name == "limit" }?.defaultValue
    return value.flatMap { Int64($0) }
  }

  private func facts(of policy: Policy, _ catalogue: RuleCatalogue) -> PolicyFacts {
    var facts = PolicyFacts()
    for rule in catalogue.rules {
      let id = rule.description.id
      facts.parameters += rule.description.parameters.map {
        (id, $0.name, policy.parameters[id]?[$0.name] ?? $0.defaultValue)
      }
    }
    facts.stages = policy.stages.map(\.name)
    facts.thresholds = policy.stages.flatMap { stage in
      stage.thresholds.map {
        PolicyFacts.Threshold(stage: stage.name, metric: $0.metric, minimum: $0.minimum, maximum: $0.maximum)
      }
    }
    facts.frameworks = SeededFrameworks.pairs
    facts.runSchema = policy.runSchema.map { ($0.path, $0.digest) }
    return facts
  }
}

/// How long each step took; for stderr only, never a report.
struct PhaseTiming {
  private(set) var phases: [PhaseTime] = []
  private var last = ContinuousClock.now
  private var lastCPU = PhaseTime.cpuSeconds

  mutating func end(_ name: String) {
    let now = ContinuousClock.now
    let cpu = PhaseTime.cpuSeconds
    phases.append(PhaseTime(name: name, seconds: (now - last) / .seconds(1), cpuSeconds: cpu - lastCPU))
    (last, lastCPU) = (now, cpu)
  }
}
