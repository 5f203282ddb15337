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
      repro-audit explain SUBJECT          why it failed, and what to do
      repro-audit lineage SUBJECT          what it comes from, and what comes from it
      repro-audit report --db F --as-of D  the reports of an earlier scan again
      repro-audit diff --db F              what changed since the scan before
      repro-audit ledger verify --db F     whether past scans are what they were
      repro-audit attest SUBJECT --db F    … and a signed statement of what was found
      repro-audit bom SUBJECT --db F       … and what it is made of, as CycloneDX
      repro-audit verify-evidence PACK     whether what a pack of evidence says follows from its facts
      repro-audit retire MODEL VERSION     record that a version goes, before its files do
      repro-audit pins requirements.txt    judge a file before it is committed
      repro-audit rules explain RULE       what a rule asks, and how to meet it
      repro-audit policy show              what the policy here comes to
      """,
    version: ProductVersion.text,
    subcommands: [
      ScanCommand.self, ExplainCommand.self, LineageCommand.self, ReportCommand.self, DiffCommand.self,
      PlanCommand.self,
      PinsCommand.self,
      RulesCommand.self,
      PolicyCommand.self, QueryCommand.self, DatabaseCommand.self, RetireCommand.self, LedgerCommand.self,
      AttestCommand.self, BOMCommand.self, VerifyEvidenceCommand.self, TemplatesCommand.self, SelfTestCommand.self,
    ])
}
