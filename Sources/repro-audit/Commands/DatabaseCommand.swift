import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit db`: care of a kept database.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Take care of a kept audit database.", subcommands: [Compact.self])

  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compact", abstract: "Drop what happened before a time, and give the room back.",
      discussion: """
        Reports and comparisons of the scans before that time cannot be made any more. What holds today is kept whatever \
        its age, and so are the last complete scan, the list of scans and the ledger. It needs room for a second database \
        meanwhile.

          repro-audit db compact --db audit.db --keep 400d

        Exit codes: 0 done, 64 there is no such database, or a scan is using it.
        """)

    @Option(help: ArgumentHelp("The database that scans kept.", valueName: "file")) var db: String
    @Option(help: ArgumentHelp("How far back reports can be made, such as 400d, 52w or 2y.", valueName: "duration"))
    var keep: String
    @Option(help: "The clock, as 2026-03-01T00:00:00Z; default: now.") var now: String?

    func run() throws {
      do {
        Output.write(try Compaction(database: db, keep: keep, now: try Clock.instant(now)).text)
      } catch {
        throw Output.told(error)
      }
    }
  }
}
