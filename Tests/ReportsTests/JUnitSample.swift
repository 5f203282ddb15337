import Foundation
import Records
import Reports
import Testing

/// Results and reports that the JUnit tests share.
enum JUnitSample {
  static let rules = [
    "missing-commit": RuleDescription(
      id: "missing-commit", category: "code", title: "a run names no commit", subjects: [.run], severity: .error,
      rationale: "", remedy: "record the commit with git rev-parse HEAD", references: [], controls: [:], parameters: [])
  ]

  static let run = Subject(store: "registry", kind: .run, name: "run:8f3c")

  static func result(
    _ outcome: Outcome, rule: String = "missing-commit", subject: Subject = run,
    message: String = "no commit is recorded",
    details: [Detail] = [], reaches: [String] = []
  ) -> RuleResult {
    RuleResult(
      rule: rule, subject: subject, subjectPath: "runs/8f3c/run.json", severity: .error, outcome: outcome,
      message: message, details: details, reaches: reaches)
  }

  /// `count` subjects with the outcomes of `outcomes` under rules `r0`, `r1`, ….
  static func runs(_ count: Int, outcomes: [Outcome]) -> [RuleResult] {
    (0..<count).flatMap { number in
      outcomes.enumerated().map { index, outcome in
        result(
          outcome, rule: "r\(index)",
          subject: Subject(store: "registry", kind: .run, name: "run:\(10_000_000 + number)"))
      }
    }
  }

  /// The bytes of a report and what it came to.
  static func write(
    _ results: [RuleResult], profile: JUnitProfile = .rich, granularity: JUnitGranularity = .auto
  ) throws -> (bytes: [UInt8], summary: JUnitSummary) {
    try inFolder { folder in
      let path = folder + "/junit.xml"
      let report = JUnitReport(
        now: "2026-03-01T12:30:00Z", profile: profile, granularity: granularity, cases: results.count, rules: rules,
        properties: [("policy", "default")])
      let summary = try report.write(to: ReportFile(path: path), path: "junit.xml") { try grouped(results).forEach($0) }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["junit.xml"])
      return (Array(try Data(contentsOf: URL(filePath: path))), summary)
    }
  }

  /// Results of one subject together; names that differ in their bytes are two subjects.
  static func grouped(_ results: [RuleResult]) -> [SubjectResults] {
    var groups: [[RuleResult]] = []
    for result in results {
      if let last = groups.last?.last?.subject, last.kind == result.subject.kind,
        last.name.utf8.elementsEqual(result.subject.name.utf8),
        last.store.utf8.elementsEqual(result.subject.store.utf8)
      {
        groups[groups.count - 1].append(result)
      } else {
        groups.append([result])
      }
    }
    return groups.map { SubjectResults(subject: $0[0].subject, path: $0[0].subjectPath, results: $0) }
  }

  static func probe(
    _ results: [RuleResult], profile: JUnitProfile = .rich, granularity: JUnitGranularity = .auto
  ) throws -> XMLProbe {
    try XMLProbe(write(results, profile: profile, granularity: granularity).bytes)
  }

  static func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "junit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  static func schema() throws -> String {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Resources/junit-strict.xsd")
    return try String(contentsOf: path, encoding: .utf8)
  }
}
