import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit selftest`: shows on damaged stores that the rules find what they say.
struct SelfTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest", abstract: "Damage a healthy store in thousands of ways, and count what is found.",
    discussion: """
      The store is made in a temporary folder and goes with it. Needs git. Exit codes: 0 every rule finds at least 99 % of its \
      damage and nothing where nothing is wrong, 1 otherwise.
      """)

  @Option(help: "How many stores are scanned.") var mutations = 5000
  @Option(help: "Another seed makes other mutations; the same one the same.") var seed: UInt64 = 1
  @Option(help: "How many are scanned at once; default: the number of cores.") var jobs: Int?
  @Option(help: "text, or json for machines.") var format: Format = .text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    guard (1...10_000_000).contains(mutations) else {
      throw Output.usageError("--mutations \(mutations): from 1 to 10000000")
    }
    if let jobs, !(1...1024).contains(jobs) { throw Output.usageError("--jobs \(jobs): from 1 to 1024") }
    let test = SelfTest(mutations: mutations, seed: seed, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    let report: SelfTestReport
    do {
      report = try await test.run()
    } catch let failure as SelfTest.Failure {
      Output.note("error: \(failure)")
      throw ExitCode(74)
    }
    switch format {
    case .text: Output.write(report.text)
    case .json:
      do {
        try report.writeJSON()
      } catch {
        throw Output.told(error)
      }
    }
    if !report.isGood { throw ExitCode(1) }
  }
}
