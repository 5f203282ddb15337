import ArgumentParser
import ReproAudit

/// Which reports to write, and where; `-` is standard output.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the HTML report for people.", valueName: "file")) var html: [String] = []
  @Option(help: ArgumentHelp("Write the Markdown report, for a step summary.", valueName: "file"))
  var markdown: [String] = []
  @Option(help: ArgumentHelp("Write the JUnit XML report; DIR/ writes one file a suite.", valueName: "file"))
  var junit: [String] = []
  @Option(help: ArgumentHelp("Write the JSON report.", valueName: "file")) var json: [String] = []
  @Option(help: "strict is valid under the Ant and Jenkins schemas; rich adds file and line.")
  var junitProfile: Profile = .rich
  @Option(help: "A test case per rule and subject, per subject, or auto.") var junitGranularity: Granularity = .auto
  @Flag(help: "Write passes to the JSON report too, however many there are.") var allResults = false

  enum Profile: String, ExpressibleByArgument, CaseIterable { case strict, rich }
  enum Granularity: String, ExpressibleByArgument, CaseIterable { case auto, rule, subject }

  /// Whether a report goes to standard output.
  var usesOutput: Bool { (html + markdown + junit + json).contains("-") }

  /// Writes every report and the summary, and ends with the audit's exit code.
  func deliver(_ result: AuditResult, failOn: FailureThreshold, quiet: Bool, color: ColourChoice) async throws {
    do {
      for notice in try await write(result, failOn: failOn) where !quiet { Output.note("warning: \(notice)") }
    } catch let error as ReportFailure {
      // 74 is EX_IOERR: the audit was made, and its report is not there.
      Output.note("error: \(error)")
      throw ExitCode(74)
    }
    let summary = TextSummary(result, failOn: failOn, style: TextStyle(colour: color.isOn(forOutput: !usesOutput)))
    if !quiet {
      if usesOutput { Output.note(summary.text) } else { Output.write(summary.text) }
    }
    throw ExitCode(result.exitCode(failOn: failOn).rawValue)
  }

  /// Writes every report, several at a time; returns notices for people.
  func write(_ result: AuditResult, failOn: FailureThreshold) async throws -> [String] {
    try await withThrowingTaskGroup(of: [String].self) { group in
      for path in json {
        group.addTask {
          try result.writeJSON(to: path, failOn: failOn, includesAll: allResults)
          return []
        }
      }
      if let choice = JUnitChoice(isStrict: junitProfile == .strict, granularity: junitGranularity.rawValue) {
        for path in junit { group.addTask { try result.writeJUnit(to: path, choice) } }
      }
      if !html.isEmpty || !markdown.isEmpty {
        group.addTask {
          let page = try result.page(failOn: failOn)
          for path in html { try page.writeHTML(to: path) }
          for path in markdown { try page.writeMarkdown(to: path) }
          return []
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }.sorted()
    }
  }
}
