import ArgumentParser
import Foundation
import ReproAudit

/// Which subject a command is about, and where its facts come from: an audit, or the last one that was kept.
struct SubjectOptions: ParsableArguments {
  @Argument(help: "A subject's name as in reports, such as fraud-detector@1.2.0 or run:8f3c.") var subject: String
  @Argument(help: ArgumentHelp("Directories to audit.", valueName: "store")) var stores: [String] = ["."]
  @Option(help: ArgumentHelp("Read the last scan that is kept here, without scanning.", valueName: "file"))
  var db: String?
  @Option(help: "A policy file, or a built-in policy.") var policy: String?
  @Option(help: ArgumentHelp("The store, when several hold a subject of this name.", valueName: "name"))
  var store: String?
  @Option(help: ArgumentHelp("model, version, alias, run, dataset or store, when names are equal.", valueName: "kind"))
  var kind: String?
  @Option(help: "The clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?

  /// Gives an audit that knows the subject to `body`, and tells people of what they can mend; with `alone` nothing else
  /// is judged.
  func audited(alone: Bool, checksLedger: Bool = false, _ body: (AuditResult) throws -> Void) async throws {
    signal(SIGPIPE, SIG_IGN)
    do {
      let result = try await audit(alone: alone, checksLedger: checksLedger)
      defer { try? result.close() }
      try body(result)
    } catch {
      throw Output.told(error)
    }
  }

  private func audit(alone: Bool, checksLedger: Bool) async throws -> AuditResult {
    if let db { return try KeptAudits.lastFacts(path: db, checksLedger: checksLedger) }
    var options = AuditOptions(now: try Clock.instant(now), jobs: ProcessInfo.processInfo.activeProcessorCount)
    options.stores = stores
    options.policy = policy
    if alone { options.exactSubject = subject }
    return try await Audit(options).run()
  }
}
