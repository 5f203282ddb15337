import ArgumentParser
import Foundation
import ReproAudit

/// `repro-audit bom`: what a version is made of, in a format that others read.
struct BOMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bom", abstract: "Write what a version is made of as a CycloneDX 1.6 bill of materials (ML-BOM).",
    discussion: """
      Audits the stores, or with --db reads what the last scan found.

        repro-audit bom fraud-detector@1.2.0 registry > bom.cdx.json
        repro-audit bom fraud-detector@prod --db audit.db -o bom.cdx.json

      The model with its digests, metrics and card, data sets, requirements with package URLs, images, files, and the commit \
      (docs/formats/bom.md). Exit codes: 0 written, 64 there is no such version, 74 it could not be written.
      """)

  @OptionGroup var asked: SubjectOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("Where it goes; `-` is standard output.", valueName: "file"))
  var output = "-"

  func run() async throws {
    try await asked.audited(alone: false, checksLedger: true) { result in
      var question = MaterialsQuestion()
      question.store = asked.store
      question.kind = asked.kind
      for gap in try question.write(asked.subject, of: result, to: output) {
        Output.note("note: not all is recorded: \(gap)")
      }
    }
  }
}
