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
    let changes = try await AuditSelection.changes(options, trees: trees.map { ($0.name, $0.tree) })
    let database: AuditDatabase
    do {
      database = try AuditDatabase(path: options.database)
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
    let text = policy.canonicalText(catalogue: catalogue)
    let digest = BytesDigest.sha256(text)
    let scan = try ScanRecord.begin(
      database, now: options.now,
      origin: ScanRecord.Origin(
        tool: ProductVersion.text, policy: policy.name, policyText: text, policyDigest: "sha256:\(digest)"))
    timing.end("start")

    let context = readingContext(policy)
    let found = try await read(trees, policy: policy, context, into: database)
    timing.end("read records")
    // Rules see the policy as facts.
    try facts(of: policy, catalogue).write(to: database)
    // What refers to what is known only when every store is loaded.
    try FactResolution.resolve(database)
    // What is affected by what is known only when it is known what refers to what.
    let selection = try AuditSelection.apply(
      options, changes: changes, policy: policy, context: context, database: database)
    if let text = selection.text { try scan.restrict(to: text) }
    timing.end("resolve")

    if options.rehashes {
      let stores = Dictionary(uniqueKeysWithValues: trees.map { ($0.name, $0.tree) })
      try await IntegrityScan(database: database, trees: stores, jobs: options.jobs, progress: progress).run()
    } else {
      try ObservationWriter(database: database).writeChecks()
    }
    timing.end("hash files")
    try await GitCheck(database: database).run()
    timing.end("ask git")

    // Rules come last: they need every fact.
    try database.openToReaders()
    try await RuleRunner(database: database, jobs: options.jobs).run(rules)
    timing.end("run rules")
    async let counted = ResultSummary(database)
    let id = try scan.digest()
    let summary = try await counted
    try scan.finish(id: id, summary: summary, foundAnything: found)
    timing.end("sum up")
    var result = AuditResult(
      database: database, catalogue: catalogue, policy: policy, policyDigest: "sha256:\(digest)", scanID: id,
      now: options.now, summary: summary, foundAnything: found, timings: timing.phases)
    result.selection = selection.text
    result.emptiness = selection.emptiness
    return result
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

  private func readingContext(_ policy: Policy) -> ReadingContext {
    var context = ReadingContext()
    context.maps = options.maps.map { LocationMap(prefix: $0.prefix, replacement: $0.path) }
    context.repositories = options.repositories
    context.stages = Set(policy.stages.map(\.name))
    context.vocabulary = context.vocabulary.adding(policy.synonyms)
    context.manifestVocabulary = context.manifestVocabulary.adding(policy.synonyms)
    context.includes = { policy.includes($0) }
    return context
  }

  private func read(
    _ stores: [OpenStore], policy: Policy, _ context: ReadingContext, into database: AuditDatabase
  ) async throws -> Bool {
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
