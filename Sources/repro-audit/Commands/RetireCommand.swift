import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit retire`: leaves a record of a version that goes, so that its files are not missed.
struct RetireCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Record that a version is retired, so that its files may be deleted.",
    discussion: """
      Adds a line to promotions.jsonl in the model's folder, and nothing else: files are deleted by whoever may. What is \
      missing of a retired version is no finding; an alias that still points at it is.

        repro-audit retire fraud-detector 1.2.0 --reason 'replaced by 1.3.0' --by ada@example.org

      To take it back, append a record with the action `restore`. Exit codes: 0 it is retired, 64 there is no such \
      version, 74 the record could not be written.
      """)

  @Argument(help: "The model's name as in reports.") var model: String
  @Argument(help: "The version's name.") var version: String
  @Argument(help: ArgumentHelp("The directory that holds the registry.", valueName: "store")) var stores: [String] = [
    "."
  ]
  @Option(help: ArgumentHelp("Why, for whoever looks for it later.", valueName: "text")) var reason: String
  @Option(help: ArgumentHelp("Who retires it.", valueName: "name")) var by: String?
  @Option(help: ArgumentHelp("The store, when several hold a model of this name.", valueName: "name"))
  var store: String?
  @Flag(help: "The version's files are gone already.") var gone = false
  @Option(help: "The clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?

  func run() async throws {
    do {
      var options = AuditOptions(now: try Clock.instant(now), jobs: 1)
      options.stores = stores
      var retirement = Retirement(model: model, version: version, reason: reason)
      (retirement.by, retirement.store, retirement.isGone) = (by, store, gone)
      let outcome = try await retirement.record(options)
      for warning in outcome.warnings { Output.note("warning: \(warning)") }
      let name = "\(model)@\(version)"
      Output.write(outcome.file.map { "\(name) is retired: \($0)\n" } ?? "\(name) was retired before\n")
    } catch {
      throw Output.told(error)
    }
  }
}
