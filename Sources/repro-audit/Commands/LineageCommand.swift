import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit lineage`: what a subject comes from, and what comes from it.
struct LineageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lineage", abstract: "Show what a version, run or dataset comes from, and what comes from it.",
    discussion: """
      Audits the stores, or with --db reads what the last scan found, and writes what is nearest to the subject.

        repro-audit lineage fraud-detector@1.2.0
        repro-audit lineage fraud-detector@1.2.0 --db audit.db --upstream --hops all --format svg > lineage.svg
        repro-audit lineage dataset:transactions --db audit.db --downstream

      Exit codes: 0 shown, 64 the subject is not known, 74 the answer could not be written.
      """)

  @Argument(help: "A subject's name as in reports, such as fraud-detector@1.2.0 or run:8f3c.") var subject: String
  @Argument(help: ArgumentHelp("Directories to audit.", valueName: "store")) var stores: [String] = ["."]
  @Option(help: ArgumentHelp("Read the last scan that is kept here, without scanning.", valueName: "file"))
  var db: String?
  @Option(help: "text for people, svg, mermaid or dot to look at, json for machines.")
  var format: LineageQuestion.Format = .text
  @Option(help: ArgumentHelp("How many steps to go each way, or all.", valueName: "n")) var hops: Hops = Hops(steps: 2)
  @Flag(help: "Only what the subject comes from.") var upstream = false
  @Flag(help: "Only what comes from the subject.") var downstream = false
  @Option(help: "A policy file, or a built-in policy.") var policy: String?
  @Option(help: ArgumentHelp("The store, when several hold a subject of this name.", valueName: "name"))
  var store: String?
  @Option(help: ArgumentHelp("model, version, alias, run, dataset or store, when names are equal.", valueName: "kind"))
  var kind: String?
  @Option(help: "The clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?

  /// A number of steps, or `all`.
  struct Hops: ExpressibleByArgument {
    /// Nil for all.
    let steps: Int?

    init(steps: Int?) { self.steps = steps }

    init?(argument: String) {
      guard argument != "all" else {
        steps = nil
        return
      }
      guard let number = Int(argument), number >= 0 else { return nil }
      steps = number
    }

    var defaultValueDescription: String { steps.map(String.init) ?? "all" }
  }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    do {
      let result = try await audit()
      defer { try? result.close() }
      var question = LineageQuestion()
      question.hops = hops.steps
      question.looksUp = upstream || !downstream
      question.looksDown = downstream || !upstream
      question.store = store
      question.kind = kind
      for notice in try question.write(subject, of: result, as: format) { Output.note("note: \(notice)") }
    } catch let error as AuditError {
      throw Output.usageError(error.description)
    } catch let error as PolicyErrors {
      throw Output.usageErrors(error.lines)
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
    return try await Audit(options).run()
  }
}

extension LineageQuestion.Format: ExpressibleByArgument {}
