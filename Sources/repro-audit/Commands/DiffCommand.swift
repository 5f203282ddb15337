import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit diff`: what runs, versions or scans do not share.
struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what differs between runs or versions, or between two scans.",
    discussion: """
      Names with `@` or `:` are runs, versions and aliases: code with its log, data, configuration, parameters, environment, \
      seeds, metrics, artifacts and lineage, each held against the first name's; the first input that differs is named. \
      They are read from the last scan in --db, or from a scan of --in.

      Other names are scans of --db, by number or by the beginning of an id: new, fixed and continuing findings, and the \
      files whose good state was added, removed or replaced. Without a name the last two complete scans are compared.

        repro-audit diff fraud-detector@1.2.0 fraud-detector@1.2.1 --tolerance 0.001
        repro-audit diff run:8f3c run:9a41 run:b2d0 --db audit.db --html diff.html
        repro-audit diff --db audit.db
        repro-audit diff --db audit.db 12 41 --json

      Exit codes: 0 compared (with --exit-code: and nothing differs), 1 with --exit-code: something differs, 64 there is no \
      such run, version or scan, 74 the answer could not be written.
      """)

  @Argument(
    help: ArgumentHelp("Runs, versions or aliases; or two scans, as `report --list` shows them.", valueName: "name"))
  var names: [String] = []
  @Option(help: ArgumentHelp("The database that scans kept.", valueName: "file")) var db: String?
  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("A directory to audit, without --db; may be given several times.", valueName: "store"))
  var stores: [String] = []
  @Option(help: "A policy file, or a built-in policy.") var policy: String?
  @Option(help: ArgumentHelp("The store, when several hold a subject of a name.", valueName: "name"))
  var store: String?
  @Option(
    help: ArgumentHelp(
      "How far apart metrics may be: 0.001, or a share of the first such as 0.1%.", valueName: "amount"))
  var tolerance: String?
  @Option(help: ArgumentHelp("Also write the comparison as HTML.", valueName: "file")) var html: [String] = []
  @Option(help: ArgumentHelp("Also write it as Markdown; `-` is standard output.", valueName: "file"))
  var markdown: [String] = []
  @Option(help: ArgumentHelp("Make HTML and Markdown from templates of one's own.", valueName: "dir"))
  var templates: String?
  @Flag(help: "Write JSON, for machines.") var json = false
  @Flag(help: "Exit with 1 when anything differs, as `git diff --exit-code` does.") var exitCode = false
  @Option(help: "The clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?
  @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

  /// Names of subjects hold one of these, and those of scans neither.
  private var comparesSubjects: Bool { names.contains(where: Self.isSubject) || db == nil && !names.isEmpty }

  private static func isSubject(_ name: String) -> Bool { name.contains { $0 == "@" || $0 == ":" } }

  func validate() throws {
    guard !names.isEmpty || db != nil else {
      throw ValidationError("name two runs or versions, or a database with --db whose last two scans are compared")
    }
    guard db == nil || stores.isEmpty else { throw ValidationError("--in is scanned, and --db is read: choose one") }
    guard (html + markdown).count(where: { $0 == "-" }) + (json ? 1 : 0) < 2 else {
      throw ValidationError("standard output takes one answer; write the others to files")
    }
    guard templates == nil || comparesSubjects && !(html + markdown).isEmpty else {
      throw ValidationError("--templates: only HTML and Markdown are made from them; add --html FILE")
    }
    if comparesSubjects {
      if db != nil, let scan = names.first(where: { !Self.isSubject($0) }) {
        throw ValidationError(
          "`\(scan)` is no run or version (run:… or model@version), and scans are compared with scans")
      }
      guard (2...SubjectComparison.most).contains(names.count) else {
        throw ValidationError("name two runs or versions, or up to \(SubjectComparison.most)")
      }
      return
    }
    guard names.isEmpty || names.count == 2 else {
      throw ValidationError("name two scans, or none for the last two complete ones")
    }
    guard html.isEmpty, markdown.isEmpty, tolerance == nil else {
      throw ValidationError(
        "--html, --markdown and --tolerance are for runs and versions; scans are compared as text or JSON")
    }
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    let differs: Bool
    do {
      differs = try await comparesSubjects ? compareSubjects() : compareScans()
    } catch {
      throw Output.told(error)
    }
    if exitCode, differs { throw ArgumentParser.ExitCode(1) }
  }

  private func compareScans() throws -> Bool {
    let comparison = try ScanComparison(database: db ?? "", scans: names)
    if json {
      try comparison.writeJSON()
    } else {
      Output.write(comparison.text(TextStyle(colour: color.isOn(forOutput: true))))
    }
    return !comparison.isEmpty
  }

  private func compareSubjects() async throws -> Bool {
    let limit = try tolerance.map { text in
      guard let limit = MetricTolerance(text) else {
        throw Output.usageError("--tolerance \(text): not a number such as 0.001, or a share such as 0.1%")
      }
      return limit
    }
    let templates = try templates.map { try TemplateSet(folder: $0) } ?? .builtIn
    let result = try await audit()
    defer { try? result.close() }
    let comparison = try await SubjectComparison(names, store: store, tolerance: limit, in: result)
    for path in html { try comparison.writeHTML(to: path, templates: templates) }
    for path in markdown { try comparison.writeMarkdown(to: path, templates: templates) }
    if json {
      try comparison.writeJSON()
    } else if !(html + markdown).contains("-") {
      Output.write(comparison.text(TextStyle(colour: color.isOn(forOutput: true))))
    }
    return !comparison.isEmpty
  }

  private func audit() async throws -> AuditResult {
    if let db { return try KeptAudits.lastFacts(path: db, checksLedger: false) }
    var options = AuditOptions(now: try Clock.instant(now), jobs: ProcessInfo.processInfo.activeProcessorCount)
    options.stores = stores.isEmpty ? ["."] : stores
    options.policy = policy
    return try await Audit(options).run()
  }
}
