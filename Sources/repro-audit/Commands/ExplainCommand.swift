import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit explain`: why one subject failed, the evidence, and a waiver ready to paste.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why a subject failed, on what evidence, and what to do.",
    discussion: """
      Audits that one subject, or with --db reads what the last scan found of it. Commands after `$` show the same \
      without repro-audit. Exit codes: 0 explained, 64 the subject or rule is not known.
      """)

  @Argument(help: "A subject's name as in reports, such as fraud-detector@1.2.0 or run:8f3c.") var subject: String
  @Argument(help: ArgumentHelp("Directories to audit.", valueName: "store")) var stores: [String] = ["."]
  @Option(help: ArgumentHelp("Read the last scan that is kept here, without scanning.", valueName: "file"))
  var db: String?
  @Option(help: ArgumentHelp("Only what this rule says, whatever that is.", valueName: "id")) var rule: String?
  @Option(help: "A policy file, or a built-in policy.") var policy: String?
  @Option(help: ArgumentHelp("The store, when several hold a subject of this name.", valueName: "name"))
  var store: String?
  @Option(help: ArgumentHelp("model, version, alias, run, dataset or store, when names are equal.", valueName: "kind"))
  var kind: String?
  @Option(help: "text, or json for machines.") var format: Format = .text
  @Option(help: "The clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?
  @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    do {
      let result = try await audit()
      defer { try? result.close() }
      let explanation = try Explanation(subject, store: store, kind: kind, rule: rule, in: result)
      switch format {
      case .text: Output.write(explanation.text(TextStyle(colour: color.isOn(forOutput: true))))
      case .json: try explanation.writeJSON()
      }
    } catch let error as AuditError {
      throw Output.usageError(error.description)
    } catch let error as PolicyErrors {
      throw Output.usageError(error.description)
    } catch let error as ReportFailure {
      Output.note("error: \(error)")
      throw ExitCode(74)
    }
  }

  private func audit() async throws -> AuditResult {
    if let db { return try KeptAudits.lastFacts(path: db) }
    var options = AuditOptions(now: try Clock.instant(now), jobs: ProcessInfo.processInfo.activeProcessorCount)
    options.stores = stores
    options.policy = policy
    options.exactSubject = subject
    return try await Audit(options).run()
  }
}
