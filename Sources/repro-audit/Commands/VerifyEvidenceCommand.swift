import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit verify-evidence`: whether what a pack says follows from what it holds.
struct VerifyEvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-evidence",
    abstract: "Judge an evidence pack again, and find what does not follow from its facts.",
    discussion: """
      Runs the rules of a pack that `scan --evidence` wrote over its facts, and holds results, waivers, reports and the \
      list of files against what comes out. That the facts are those of the scan only the pack's own digest can say, \
      which `scan` prints: give it with --digest (docs/evidence.md).

      Exit codes: 0 everything follows from the facts, 2 it is no pack that this version can read, 3 something does not, \
      64 it cannot be read.
      """)

  @Argument(help: ArgumentHelp("What `scan --evidence` wrote.", valueName: "pack")) var pack: String
  @Option(help: ArgumentHelp("The digest that `scan --evidence` printed.", valueName: "sha256:hex")) var digest: String?
  @Flag(name: .shortAndLong, help: "Print nothing but errors and differences.") var quiet = false

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    let expected = try digest.map(Self.plain)
    let jobs = ProcessInfo.processInfo.activeProcessorCount
    let outcome: EvidenceVerification.Outcome
    do {
      outcome = try await SignalWatch(database: nil).during {
        try await EvidenceVerification(path: pack, jobs: jobs).run()
      }
    } catch let failure as EvidenceVerification.Failure {
      Output.note("error: \(failure)")
      throw ArgumentParser.ExitCode(failure.isUnreadable ? 64 : 2)
    } catch {
      throw Output.told(error)
    }
    var differences = outcome.differences
    if let expected, expected != outcome.digest {
      differences.insert("archive: its digest is \(outcome.digest), and \(expected) was written", at: 0)
    }
    if !quiet { for note in outcome.notes { Output.note("note: \(note)") } }
    guard differences.isEmpty else {
      let count = differences.count == 1 ? "1 difference" : "\(differences.count) differences"
      Output.write("\(pack): not what it says it is: \(count)\n")
      for difference in differences { Output.write("  \(difference)\n") }
      throw ArgumentParser.ExitCode(3)
    }
    if !quiet { Output.write(outcome.text + "  pack: \(outcome.digest)\n") }
  }

  /// With its algorithm, in lower case.
  private static func plain(_ text: String) throws -> String {
    let hex = (text.hasPrefix("sha256:") ? String(text.dropFirst(7)) : text).lowercased()
    guard hex.utf8.count == 64, hex.allSatisfy(\.isHexDigit) else {
      throw Output.usageError("--digest \(text): it is `sha256:` and 64 hexadecimal digits")
    }
    return "sha256:\(hex)"
  }
}
