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
    do {
      return try await audit()
    } catch is Interruption.Stop {
      throw AuditError.interrupted
    } catch {
      guard let failure = AuditDatabase.failure(error, path: options.database) else { throw error }
      throw AuditError.cannotWrite(failure.description)
    }
  }

  /// For a process that ends before its audits do.
  public static func removeTemporaryFiles() { AuditDatabase.removeTemporaryFolders() }

  private func audit() async throws -> AuditResult {
    let start = ContinuousClock.now
    var timing = PhaseTiming()
    let given = try RuleCatalogue.builtIn().adding(options.ownRules)
    let kind = try StoreKind(option: options.kind)
    var names = StoreNames()
    let trees = try OpenStore.open(options.stores, kind: kind, names: &names)
    let policy = try PolicyFinder(catalogue: given).find(options.policy, near: trees.first?.tree.root ?? ".")
    let catalogue = given.adding(policy.ownRules)
    let rules = try selectRules(policy, catalogue)
    let (baseline, earlier) = try baselines(directories: trees.count)
    let changes = try await AuditSelection.changes(options, trees: trees.map { ($0.name, $0.tree) })
    let database: AuditDatabase
    do {
      database = try AuditDatabase(path: options.database)
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
    let text = PolicyText(policy: policy, catalogue: catalogue)
    let digest = text.digest
    let waivers = policy.waivers.map { $0.fact(horizon: policy.waiverHorizon) }
    // Before anything is read: what changes in the meantime is then seen by the next scan.
    let inputs = await FactInputs(
      options, kind: kind, trees: trees, policyDigest: digest, waivers: waivers, openedAt: database.openedAt)
    let kept = try await inputs?.find(in: database, trees: trees)
    let scan = try ScanRecord.begin(
      database, now: options.now,
      origin: ScanRecord.Origin(
        tool: ProductVersion.text, policy: policy.name, policyText: text.plain, policyDigest: digest), kept: kept)
    timing.end("start")

    var context = readingContext(policy)
    context.keys = try options.signingKeys()
    let (stores, found): ([ReadStore], Bool)
    let waiverIDs: [Int64]
    if let kept {
      (stores, found) = (try FactInputs.stores(of: kept, in: trees), true)
      waiverIDs = try WaiverFacts(database).written().map(\.id)
    } else {
      (stores, found) = try await read(trees, kind, &names, policy: policy, context, into: database)
      timing.end("read records")
      // Rules see the policy as facts.
      try policy.facts(for: catalogue).write(to: database)
      waiverIDs = try WaiverFacts(database).write(waivers)
      // What refers to what is known only when every store is loaded.
      try FactResolution.resolve(database)
    }
    try VanishedVersions(database).write { policy.examines($0) }
    // What is affected by what is known only when it is known what refers to what.
    let selection = try AuditSelection.apply(
      options, changes: changes, stores: stores, policy: policy, context: context, database: database)
    if let text = selection.text { try scan.restrict(to: text) }
    timing.end("resolve")

    // Git is waited for, files are worked at: both at once.
    let check = GitCheck(database: database, largeBlob: largeBlob(policy, rules))
    let git = PendingFacts { try await check.run() }
    defer { git.cancel() }
    if options.rehash == .changed { try scan.trustFileTimes() }
    if kept?.extent == .readings {
      progress.end()
    } else if options.rehash != .none {
      let trees = Dictionary(uniqueKeysWithValues: stores.map { ($0.name, $0.tree) })
      try await IntegrityScan(
        database: database, trees: trees, jobs: options.jobs, settle: options.settle, progress: progress,
        rehash: options.rehash, limits: options.limits, isDirect: options.readsDirectly, start: start
      ).run()
      let read = progress.snapshot
      try scan.noteReading(files: read.filesDone, bytes: read.bytes, seconds: progress.seconds)
    } else {
      let writer = ObservationWriter(database: database)
      try writer.writeChecks()
      try writer.finishChecks()
    }
    timing.end("hash files")

    // Rules come last: they need every fact.
    try database.openToReaders()
    let runner = RuleRunner(database: database, jobs: options.jobs, seconds: policy.ruleTimeLimit)
    let settlement = try Settlement(
      database: database, policy: policy, waiverIDs: waiverIDs,
      kinds: catalogue.descriptions.mapValues(\.subjects), baseline: baseline, collects: options.newBaseline != nil,
      root: baseline?.namesStores ?? (trees.count > 1) ? nil : trees.first?.name, today: try today())
    var ruleTimes = try await runner.run(
      rules.filter { !$0.rule.description.judgesWaivers },
      settlement: { rule, _ in try settlement.settlement(of: rule) }, pending: git)
    // Rules about waivers see what the waivers cover.
    try WaiverFacts(database).record(settlement.usage)
    ruleTimes += try await runner.run(rules.filter(\.rule.description.judgesWaivers))
    timing.end("run rules")
    async let counted = ResultSummary(database)
    let results = try scan.digest()
    let id = ScanRecord.id(ofDigest: results)
    let summary = try await counted
    let review = try BaselineReview(
      settlement, catalogue: catalogue, ran: rules.map(\.rule.description.id),
      completed: Set(summary.rules.filter { $0.status == "completed" }.map(\.rule)), stores: Set(stores.map(\.name)),
      hasGaps: summary.gaps > 0, isPartial: selection.text != nil)
    let sources = AuditSources(
      policy: policy, baseline: baseline,
      notices: try settlement.notices + review.notices
        + StoreNotices.of(stores, database, isWhole: selection.text == nil),
      folders: Dictionary(stores.map { ($0.name, $0.folder) }) { first, _ in first }, directories: trees.map(\.name))
    var sign: (@Sendable ([UInt8]) throws -> LedgerEntry.Signature)?
    if let signer = options.signer { sign = { try signer.sign($0) } }
    let entry = try scan.finish(
      digest: results, summary: summary, foundAnything: found, sources: try sources.json(), sign: sign)
    try FactInputs.note(found ? inputs : nil, of: stores, in: database)
    timing.end("sum up")
    var result = AuditResult(
      database: database, catalogue: catalogue.advising(kinds: Set(stores.map(\.kind.rawValue))), policy: policy,
      policyDigest: digest, scanID: id,
      now: options.now, summary: summary, foundAnything: found, timings: timing.phases)
    (result.baseline, result.earlierBaseline, result.review) = (baseline, earlier, review)
    result.sources = sources
    if entry != nil { result.ledger = try LedgerState(database, entry: entry) }
    result.ruleTimes = ruleTimes.map { PhaseTime(name: $0.rule, seconds: $0.seconds, cpuSeconds: nil) }
    result.selection = selection.text
    result.emptiness = selection.emptiness
    return result
  }

  private func selectRules(
    _ policy: Policy, _ catalogue: RuleCatalogue
  ) throws -> [(rule: RuleFile, severity: Severity)] {
    for id in options.rules where catalogue[id] == nil {
      throw AuditError.unknownRule(
        NearestName.message("rule", id, among: catalogue.rules.map(\.description.id)))
    }
    return policy.asked(of: catalogue).filter {
      options.rules.isEmpty || options.rules.contains($0.rule.description.id)
    }
  }

  /// The baseline that is judged against, and what stands where a new one goes.
  private func baselines(directories: Int) throws -> (judged: Baseline?, earlier: Baseline?) {
    let judged = try options.baseline.map(Baseline.read)
    try judged?.check(directories: directories)
    guard let new = options.newBaseline else { return (judged, nil) }
    if new == options.baseline { return (judged, judged) }
    guard try Baseline.isBaseline(new) else { return (judged, nil) }
    do {
      return (judged, try Baseline.read(new))
    } catch  where options.rules.isEmpty {
      // All rules make it anew, whatever state it is in; a scan by some would lose what the others found.
      return (judged, nil)
    }
  }

  private func today() throws -> CalendarDate {
    guard let day = CalendarDate(options.now.prefix(10)) else {
      throw AuditError.unusable("\(options.now): not an instant such as 2026-03-01T00:00:00Z")
    }
    return day
  }

  private func readingContext(_ policy: Policy) -> ReadingContext {
    var context = ReadingContext()
    context.maps = options.maps.map { LocationMap(prefix: $0.prefix, replacement: $0.path) }
    context.repositories = options.repositories
    context.stages = Set(policy.stages.map(\.name))
    context.vocabulary = context.vocabulary.adding(policy.synonyms)
    context.manifestVocabulary = context.manifestVocabulary.adding(policy.synonyms)
    context.lifecycleVocabulary = context.lifecycleVocabulary.adding(policy.synonyms)
    context.rollbackPlans = policy.rollbackPlans
    context.runSchema = policy.runSchema?.schema
    context.includes = { policy.includes($0) }
    return context
  }

  private func read(
    _ scanned: [OpenStore], _ kind: StoreKind?, _ names: inout StoreNames, policy: Policy, _ context: ReadingContext,
    into database: AuditDatabase
  ) async throws -> (stores: [ReadStore], foundAnything: Bool) {
    var stores: [ReadStore] = []
    var foundAnything = false
    for (number, store) in scanned.enumerated() {
      var store = store
      let documents = database.isKept ? ReadDocuments(tree: number, database: database) : nil
      if let documents { store.tree = store.tree.logging(to: documents.log) }
      let read = try await TreeReading(
        scanned: store, context: context, kind: kind, database: database, exclusion: { policy.exclusion($0) },
        documents: documents
      ).run(&names)
      try documents?.write()
      stores += read.stores
      foundAnything = foundAnything || read.foundAnything
    }
    return (stores, foundAnything)
  }

  /// The size from which a file in git is noted, when a rule asks for it.
  private func largeBlob(_ policy: Policy, _ rules: [(rule: RuleFile, severity: Severity)]) -> Int64? {
    let id = "large-file-in-git"
    guard let rule = rules.first(where: { $0.rule.description.id == id })?.rule.description else { return nil }
    let value = policy.parameters[id]?["limit"] ?? rule.parameters.first { $0.name == "limit" }?.defaultValue
    return value.flatMap { Int64($0) }
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
