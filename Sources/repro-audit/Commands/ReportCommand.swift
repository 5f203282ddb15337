import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit report`: the reports of an earlier scan again, from a kept database.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the reports of a kept scan again, without scanning or judging.",
    discussion: """
      Reads what `scan --db` keeps: the last complete scan, or the last until --as-of. The reports are those of the \
      scan, byte for byte; with --as-of they say so. Exit codes are those of the scan, and 64 when there is none.

      With --subject they speak of that subject and of what it rests on. For a version, an alias or a run, HTML and Markdown \
      are one page: checklist with evidence, findings, values, digests and lineage; without any report Markdown goes to \
      standard output. Without --db the directories after --in are scanned first.

        repro-audit report --db audit.db --as-of 2026-03-01 --html r.html
        repro-audit report --subject fraud-detector@1.2.0 --html page.html
      """)

  @Option(help: ArgumentHelp("The database that scans kept.", valueName: "file")) var db: String?
  @Option(help: ArgumentHelp("A day (its end, in UTC) or an instant.", valueName: "date")) var asOf: String?
  @Option(help: ArgumentHelp("Only what was said of this subject.", valueName: "name")) var subject: String?
  @Option(
    name: .customLong("in"),
    help: ArgumentHelp(
      "With --subject, without --db: a directory to audit; may be given several times.", valueName: "store"))
  var stores: [String] = []
  @Option(help: "With --in: a policy file, or a built-in policy.") var policy: String?
  @Option(help: "With --in: the clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?
  @Flag(help: "List the scans and end.") var list = false
  @OptionGroup(title: "Reports") var reports: ReportOptions
  @Option(help: ArgumentHelp("Fail on findings this severe or more.", valueName: "severity"))
  var failOn: FailureThreshold = .error
  @Flag(name: .shortAndLong, help: "Print nothing but errors.") var quiet = false
  @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

  func validate() throws {
    guard db != nil || subject != nil && asOf == nil && !list else {
      throw ValidationError("name the database that scans kept with --db; only --subject can do without")
    }
    guard db == nil || stores.isEmpty && policy == nil && now == nil else {
      throw ValidationError("--in, --policy and --now are for a scan, and --db is read: choose one")
    }
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    var reports = reports
    if subject != nil, asOf == nil, reports.areNone { reports.markdown = ["-"] }
    let meta = try reports.meta()
    let templates = try reports.templateSet()
    let audit: (result: AuditResult, subject: OnePageSubject?)
    do {
      if list, let db { return Output.write(try KeptAudits(path: db).list()) }
      audit = try await self.audit()
    } catch {
      throw Output.told(error)
    }
    let result = audit.result
    defer { try? result.close() }
    if db == nil, !quiet { for notice in result.notices { Output.note("warning: \(notice)") } }
    var showsPage = false
    do {
      if meta == nil, let subject = audit.subject,
        let page = try LoadedOnePage(of: subject, in: result, failOn: failOn, templates: templates)
      {
        for path in reports.html { try page.writeHTML(to: path) }
        for path in reports.markdown { try page.writeMarkdown(to: path) }
        showsPage = reports.showsPage
        reports.leaveOutPages()
      }
    } catch {
      throw Output.told(error)
    }
    try await reports.deliver(
      result, meta: meta, templates: templates, failOn: failOn, quiet: quiet, color: color, hasShownPage: showsPage)
  }

  /// The audit that is reported, and what is known of the subject, of which earlier scans keep too little for a page.
  private func audit() async throws -> (AuditResult, OnePageSubject?) {
    if let db {
      let kept = try KeptAudits(path: db)
      let instant = try asOf.map { try Clock.end(of: $0, option: "--as-of") }
      let result = try kept.audit(asOf: instant, asOfText: asOf, subject: subject)
      guard let subject, asOf == nil else { return (result, nil) }
      let facts = try KeptAudits.lastFacts(path: db)
      defer { try? facts.close() }
      return (result, try OnePageSubject(subject, in: facts))
    }
    let subject = subject ?? ""
    var options = AuditOptions(now: try Clock.instant(now), jobs: ProcessInfo.processInfo.activeProcessorCount)
    options.stores = stores.isEmpty ? ["."] : stores
    options.policy = policy
    let whole = try await Audit(options).run()
    do {
      // Before the audit forgets what is not asked for.
      let known = try OnePageSubject(subject, in: whole)
      return (try whole.restricted(to: subject), known)
    } catch {
      try? whole.close()
      throw error
    }
  }
}
