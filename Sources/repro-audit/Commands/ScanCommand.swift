import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit scan`: the main job.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Audit stores: read their records, re-hash their files, judge them, report.",
    discussion: """
      Exit codes, the highest that applies: 0 compliant, 1 findings at or above --fail-on, 2 the audit is incomplete, \
      3 a published file is lost or not what was published, 64 usage or policy error.
      """)

  @Argument(help: ArgumentHelp("Directories to audit.", valueName: "store")) var stores: [String] = ["."]

  @Option(help: "Read this kind of store only; default: every kind that is found (docs/stores.md).") var kind: String?
  @Option(help: "A policy file, or a built-in policy: \(Policy.builtIn.joined(separator: ", ")).") var policy: String?
  @Option(help: "Keep the audit database in this file.") var db: String?
  @OptionGroup(title: "Reports") var reports: ReportOptions
  @Option(help: ArgumentHelp("Write the files and folders that were audited, with a verdict each.", valueName: "file"))
  var tree: [String] = []
  @Option(
    help: ArgumentHelp("Write figures for the textfile collector of Prometheus' node exporter.", valueName: "file"))
  var prometheus: [String] = []
  @Option(
    help: ArgumentHelp(
      "Pack facts, results, rules, policy and reports, for others to verify (docs/evidence.md).", valueName: "file"))
  var evidence: String?
  @Option(help: ArgumentHelp("Fail on findings this severe or more.", valueName: "severity"))
  var failOn: FailureThreshold = .error
  @Option(help: ArgumentHelp("Accept the findings that this file knows.", valueName: "file")) var baseline: String?
  @Option(help: ArgumentHelp("Write what is found as known findings, one a line.", valueName: "file"))
  var writeBaseline: String?
  @Flag(help: "Drop from the baseline what matches nothing any more.") var pruneBaseline = false
  @OptionGroup(title: "Reading files") var reading: ReadingOptions
  @Option(name: .customLong("rule"), help: "Judge by this rule only; may be given several times.") var rules: [String] =
    []
  @Option(
    name: .customLong("subject"),
    help: ArgumentHelp("Judge only subjects of this name or pattern; may be given several times.", valueName: "glob"))
  var subjects: [String] = []
  @Option(
    help: ArgumentHelp(
      "Judge only what differs from where the branch left this commit, and what stands on it.", valueName: "ref"))
  var changedSince: String?
  @Option(help: ArgumentHelp("Read what records place at a URI from a local path.", valueName: "uri-prefix=path"))
  var map: [String] = []
  @Option(help: ArgumentHelp("Where a repository that records name lies here.", valueName: "name=path"))
  var repository: [String] = []
  @Option(
    name: .customLong("key"),
    help: ArgumentHelp(
      "A public key (PEM) that signatures of models have to be made with; may be given several times.",
      valueName: "file"))
  var keys: [String] = []
  @Option(
    help: ArgumentHelp("With --db: also add the scan's entry to this ledger, a line of JSON each.", valueName: "file"))
  var ledger: [String] = []
  @Option(
    help: ArgumentHelp("With --db: sign the ledger's entry with this private key (PEM).", valueName: "file"))
  var signKey: String?
  @Option(
    help: ArgumentHelp(
      "With --db: write the digest of the ledger's entry down in this file, which lies elsewhere.", valueName: "file"))
  var anchor: [String] = []
  @Option(help: "The scan's clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?
  @Flag(name: .shortAndLong, help: "Print nothing but errors.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say how long each step and each rule took.") var verbose = false
  @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

  func validate() throws { try reports.check(besides: tree + prometheus) }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    // A limit on the size of files is an error of writing, which can be told.
    signal(SIGXFSZ, SIG_IGN)
    let options = try auditOptions()
    let meta = try reports.meta()
    let templates = try reports.templateSet()
    let wanted = (html: !reports.html.isEmpty, markdown: !reports.markdown.isEmpty)
    async let _ = templates.prepare(html: wanted.html, markdown: wanted.markdown)
    let display = ProgressDisplay(isWanted: !quiet)
    var result: AuditResult
    do {
      result = try await SignalWatch(database: options.database).during {
        try await display.during { try await Audit(options, progress: display.progress).run() }
      }
    } catch {
      throw Output.told(error)
    }
    let finished = result
    defer { try? finished.close() }
    if !quiet { for notice in result.notices { Output.note("warning: \(notice)") } }
    do {
      // A baseline that is written anew is not the one that was judged by.
      let pack = try evidence.map { try reports.pack($0, tree: tree, of: finished, meta: meta, failOn: failOn) }
      if let writeBaseline {
        let said = try result.writeBaseline(to: writeBaseline)
        if !quiet { Output.note(said) }
      }
      if pruneBaseline {
        let said = try result.pruneBaseline()
        if !quiet { Output.note(said) }
      }
      for path in ledger { try result.writeLedger(to: path) }
      for path in anchor { try result.anchorLedger(to: path) }
      if !quiet {
        if let line = result.ledgerLine {
          Output.note(line)
        } else if !ledger.isEmpty || !anchor.isEmpty || signKey != nil {
          Output.note("warning: a scan of a part is not entered in the ledger")
        }
      }
      if let pack, let evidence {
        let digest = try pack.write(result)
        if !quiet { Output.note("evidence: \(evidence), \(digest)") }
      }
    } catch {
      throw Output.told(error)
    }
    if verbose {
      for phase in result.timings + result.ruleTimes {
        let cpu = phase.cpuSeconds.map { String(format: ", CPU %.3f s", $0) } ?? ""
        Output.note("\(phase.name): \(String(format: "%.3f s", phase.seconds))\(cpu)")
      }
    }
    try await reports.deliver(
      result, trees: tree, metrics: prometheus, meta: meta, templates: templates, failOn: failOn, quiet: quiet,
      color: color)
  }

  private func auditOptions() throws -> AuditOptions {
    var options = AuditOptions(now: try Clock.instant(now), jobs: try reading.jobCount())
    options.stores = stores
    options.kind = kind
    options.keys = keys
    options.policy = policy
    options.database = db
    options.rules = rules
    guard baseline != nil || !pruneBaseline else {
      throw Output.usageError("--prune-baseline: name the file with --baseline")
    }
    guard writeBaseline != "-" else { throw Output.usageError("--write-baseline -: a baseline is kept; name a file") }
    guard writeBaseline == nil || !pruneBaseline else {
      throw Output.usageError("--prune-baseline and --write-baseline: a new baseline holds only what is needed")
    }
    guard writeBaseline == nil && !pruneBaseline || subjects.isEmpty && changedSince == nil else {
      throw Output.usageError(
        "a scan of some subjects only cannot write a baseline; leave out --subject and --changed-since")
    }
    guard prometheus.isEmpty || subjects.isEmpty && changedSince == nil && rules.isEmpty else {
      throw Output.usageError(
        "figures of a part would pass for those of the whole; leave out --prometheus, or --subject, --changed-since and --rule"
      )
    }
    guard evidence == nil || subjects.isEmpty && changedSince == nil && rules.isEmpty else {
      throw Output.usageError(
        "evidence of a part would pass for that of the whole; leave out --evidence, or --subject, --changed-since and --rule"
      )
    }
    guard evidence == nil || reports.templates == nil else {
      throw Output.usageError(
        "--evidence: a pack's reports are made again by whoever verifies it, who has not your templates; leave out --templates"
      )
    }
    guard evidence != "-" else { throw Output.usageError("--evidence -: a pack is kept; name a file") }
    guard db != nil || ledger.isEmpty && anchor.isEmpty && signKey == nil else {
      throw Output.usageError(
        "--ledger, --anchor and --sign-key: the ledger is of a database that is kept; name it with --db")
    }
    do {
      options.signer = try signKey.map { try LedgerSigner(path: $0) }
    } catch {
      throw Output.told(error)
    }
    options.baseline = baseline
    options.newBaseline = writeBaseline
    options.subjects = subjects
    options.changedSince = changedSince
    try reading.apply(to: &options)
    options.maps = try map.map { try Self.pair($0, option: "--map") }.map { (prefix: $0.0, path: $0.1) }
    options.repositories = Dictionary(
      try repository.map { try Self.pair($0, option: "--repository") }, uniquingKeysWith: { $1 })
    return options
  }

  private static func pair(_ text: String, option: String) throws -> (String, String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw Output.usageError("\(option) \(text): write it as NAME=PATH")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}

extension FailureThreshold: ExpressibleByArgument {}
