import ArgumentParser
import ReproAudit

/// Which reports to write, and where; `-` is standard output.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the JSON report.", valueName: "file")) var json: [String] = []
  @Flag(help: "Write passes too, however many there are.") var allResults = false

  var usesOutput: Bool { json.contains("-") }

  func write(_ result: AuditResult, failOn: FailureThreshold) throws {
    for path in json { try result.writeJSON(to: path, failOn: failOn, includesAll: allResults) }
  }
}
