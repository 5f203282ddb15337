import ArgumentParser
import ReproAudit

/// `repro-audit explain`: why one subject failed, the evidence, and a waiver ready to paste.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say why a subject failed, on what evidence, and what to do.",
    discussion: """
      Audits that one subject, or with --db reads what the last scan found of it. Commands after `$` show the same \
      without repro-audit. Exit codes: 0 explained, 64 the subject or rule is not known.
      """)

  @OptionGroup var asked: SubjectOptions
  @Option(help: ArgumentHelp("Only what this rule says, whatever that is.", valueName: "id")) var rule: String?
  @Option(help: "text, or json for machines.") var format: Format = .text
  @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() async throws {
    try await asked.audited(alone: true) { result in
      let explanation = try Explanation(asked.subject, store: asked.store, kind: asked.kind, rule: rule, in: result)
      switch format {
      case .text: Output.write(explanation.text(TextStyle(colour: color.isOn(forOutput: true))))
      case .json: try explanation.writeJSON()
      }
    }
  }
}
