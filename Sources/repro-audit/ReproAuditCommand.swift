import ArgumentParser
import ReproAudit

/// The command line's root.
@main
struct ReproAuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repro-audit",
    abstract: "Prove that machine-learning work can be reproduced: audit a model registry and its run records.",
    discussion: """
      repro-audit scan                     audit the store in this directory
      repro-audit scan PATH --html r.html  … and write a report for people
      repro-audit rules explain RULE       what a rule asks, and how to meet it
      """,
    version: ProductVersion.text,
    subcommands: [ScanCommand.self, RulesCommand.self])
}
