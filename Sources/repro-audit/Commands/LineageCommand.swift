import ArgumentParser
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

  @OptionGroup var asked: SubjectOptions
  @Option(help: "text for people, svg, mermaid or dot to look at, json for machines, openlineage for catalogues.")
  var format: LineageQuestion.Format = .text
  @Option(help: ArgumentHelp("How many steps to go each way, or all.", valueName: "n")) var hops: Most = Most(number: 2)
  @Option(help: ArgumentHelp("How many nodes each way a drawing holds: the nearest, or all.", valueName: "n"))
  var nodes: Most = Most(number: LineageQuestion.mostDrawn)
  @Flag(help: "Only what the subject comes from.") var upstream = false
  @Flag(help: "Only what comes from the subject.") var downstream = false

  /// A number, or `all`.
  struct Most: ExpressibleByArgument {
    /// Nil for all.
    let number: Int?

    init(number: Int?) { self.number = number }

    init?(argument: String) {
      guard argument != "all" else {
        number = nil
        return
      }
      guard let number = Int(argument), number >= 0 else { return nil }
      self.number = number
    }

    var defaultValueDescription: String { number.map(String.init) ?? "all" }
  }

  func run() async throws {
    try await asked.audited(alone: false) { result in
      var question = LineageQuestion()
      question.hops = hops.number
      question.most = nodes.number
      question.looksUp = upstream || !downstream
      question.looksDown = downstream || !upstream
      question.store = asked.store
      question.kind = asked.kind
      for notice in try question.write(asked.subject, of: result, as: format) { Output.note("note: \(notice)") }
    }
  }
}

extension LineageQuestion.Format: ExpressibleByArgument {}
