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
      """)

  @Option(help: ArgumentHelp("The database that scans kept.", valueName: "file")) var db: String
  @Option(help: ArgumentHelp("A day (its end, in UTC) or an instant.", valueName: "date")) var asOf: String?
  @Option(help: ArgumentHelp("Only what was said of this subject.", valueName: "name")) var subject: String?
  @Flag(help: "List the scans and end.") var list = false
  @OptionGroup(title: "Reports") var reports: ReportOptions
  @Option(help: ArgumentHelp("Fail on findings this severe or more.", valueName: "severity"))
  var failOn: FailureThreshold = .error
  @Flag(name: .shortAndLong, help: "Print nothing but errors.") var quiet = false
  @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    let meta = try reports.meta()
    let templates = try reports.templateSet()
    let result: AuditResult
    do {
      let kept = try KeptAudits(path: db)
      if list { return Output.write(try kept.list()) }
      result = try kept.audit(
        asOf: try asOf.map { try Clock.end(of: $0, option: "--as-of") }, asOfText: asOf, subject: subject)
    } catch {
      throw Output.told(error)
    }
    defer { try? result.close() }
    try await reports.deliver(result, meta: meta, templates: templates, failOn: failOn, quiet: quiet, color: color)
  }
}
