import ArgumentParser
import ReproAudit

/// Which reports to write, and where; `-` is standard output.
struct ReportOptions: ParsableArguments {
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
  var usesOutput: Bool { (junit + json).contains("-") }

  /// Writes every report; returns notices for people.
  func write(_ result: AuditResult, failOn: FailureThreshold) throws -> [String] {
    var notices: [String] = []
    if let choice = JUnitChoice(isStrict: junitProfile == .strict, granularity: junitGranularity.rawValue) {
      for path in junit { notices += try result.writeJUnit(to: path, choice) }
    }
    for path in json { try result.writeJSON(to: path, failOn: failOn, includesAll: allResults) }
    return notices
  }
}
