import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit pins`: judges files on their own, for a hook before each commit.
struct PinsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pins",
    abstract: "Judge requirements, lock files, Dockerfiles and other files that name packages, images or a Python.",
    discussion: """
      Exit codes, the highest that applies: 0 nothing floats, 1 something floats or cannot be parsed, 2 something \
      cannot be read, or told from the file, 64 usage error.
      """)

  @Argument(help: ArgumentHelp("The files to judge.", valueName: "file")) var files: [String]
  @Option(help: "text, or json for machines.") var format: Format = .text
  @Flag(help: "Print what is fixed too; JSON always holds it.") var all = false

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    let check = PinCheck(paths: files)
    switch format {
    case .text: Output.write(check.text(all: all))
    case .json:
      do {
        try check.writeJSON()
      } catch let error as ReportFailure {
        Output.note("error: \(error)")
        throw ExitCode(74)
      }
    }
    throw ExitCode(check.exitCode.rawValue)
  }
}
