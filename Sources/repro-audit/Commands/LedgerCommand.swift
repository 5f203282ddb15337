import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit ledger`: what past scans left, and whether it is still what they left.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Look at the ledger of complete scans, and find out whether it was tampered with.",
    subcommands: [Verify.self, Show.self])

  /// Which ledger.
  struct Source: ParsableArguments {
    @Argument(help: ArgumentHelp("A ledger that `scan --ledger` wrote.", valueName: "file")) var file: String?
    @Option(help: ArgumentHelp("The database that scans kept.", valueName: "file")) var db: String?

    func validate() throws {
      guard file != nil || db != nil else { throw ValidationError("name a ledger file, or a database with --db") }
    }

    func ledger() throws -> Ledger {
      do {
        return try Ledger(database: db, file: file)
      } catch {
        throw Output.told(error)
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Find entries that were edited, moved, put in or taken out.",
      discussion: """
        Each entry is held against the one before, with --db also against the list of scans and the results that are kept. \
        Whoever can write the whole ledger anew is found out by signatures (--key) and by digests that were written down \
        elsewhere (--anchor).

        Exit codes: 0 it is as it was written, 2 there is no entry, 3 it is not, 64 it cannot be read.
        """)

    @OptionGroup var source: Source
    @Option(
      name: .customLong("key"),
      help: ArgumentHelp("The public key (PEM) of --sign-key; may be given several times.", valueName: "file"))
    var keys: [String] = []
    @Option(
      name: .customLong("anchor"),
      help: ArgumentHelp("A file that `scan --anchor` wrote; may be given several times.", valueName: "file"))
    var anchors: [String] = []

    func run() throws {
      signal(SIGPIPE, SIG_IGN)
      let found: Ledger.Verification
      do {
        found = try source.ledger().verify(keys: keys, anchors: anchors)
      } catch {
        throw Output.told(error)
      }
      guard found.faults.isEmpty else {
        Output.write("integrity lost: the ledger is not as it was written\n")
        for fault in found.faults { Output.write("  \(fault)\n") }
        throw ExitCode(3)
      }
      guard found.entries > 0 else {
        Output.note("error: the ledger has no entry; a complete scan with --db writes one")
        throw ExitCode(2)
      }
      Output.write(found.text)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "List the entries, the oldest first.")

    @OptionGroup var source: Source
    @Flag(help: "Print the entries as they are chained, one line of JSON each.") var json = false

    func run() throws {
      signal(SIGPIPE, SIG_IGN)
      let ledger = try source.ledger()
      Output.write(json ? ledger.text : ledger.list())
    }
  }
}
