import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit diff`: what changed between two scans.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what changed between two scans that a database keeps.",
    discussion: """
      New, fixed and continuing findings, and the files whose good state was added, removed or replaced; a damaged file is \
      a finding. Without SCAN the last two complete scans are compared.

        repro-audit diff --db audit.db
        repro-audit diff --db audit.db 12 41 --json

      Exit codes: 0 compared (with --exit-code: and nothing differs), 1 with --exit-code: something differs, 64 there are \
      no such scans, 74 the answer could not be written.
      """)

  @Option(help: ArgumentHelp("The database that scans kept.", valueName: "file")) var db: String
  @Argument(
    help: ArgumentHelp("Two scans, by number or the beginning of the id, as `report --list` shows.", valueName: "scan"))
  var scans: [String] = []
  @Flag(help: "Write JSON, for machines.") var json = false
  @Flag(help: "Exit with 1 when anything differs, as `git diff --exit-code` does.") var exitCode = false
  @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

  func validate() throws {
    guard scans.isEmpty || scans.count == 2 else {
      throw ValidationError("name two scans, or none for the last two complete ones")
    }
  }

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    do {
      let comparison = try ScanComparison(database: db, scans: scans)
      if json {
        try comparison.writeJSON()
      } else {
        Output.write(comparison.text(TextStyle(colour: color.isOn(forOutput: true))))
      }
      if exitCode, !comparison.isEmpty { throw ArgumentParser.ExitCode(1) }
    } catch {
      throw Output.told(error)
    }
  }
}
