import Foundation
import Records
import Testing

@testable import Reports

@Suite struct CodeQualityTests {
  private struct Issue: Decodable {
    struct Location: Decodable {
      struct Lines: Decodable { let begin: Int }
      let path: String
      let lines: Lines
    }
    let description: String
    let checkName: String
    let fingerprint: String
    let severity: String
    let location: Location

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }
  }

  private static func issues(_ results: [RuleResult], folders: [String: String] = [:]) throws -> [Issue] {
    let text = try FindingSample.text { file in
      try CodeQualityReport(paths: ReportPaths(folders: folders), root: "registry").write(to: file) {
        try results.forEach($0)
      }
    }
    #expect(FindingSample.isVisible(text))
    return try JSONDecoder().decode([Issue].self, from: Data(text.utf8))
  }

  @Test func `findings say what, where and how grave; what is accepted or passes is not there`() throws {
    let twice = [
      Detail(item: "torch", message: "no version", path: "r.txt", line: 2),
      Detail(item: "torch", message: "no version", path: "r.txt", line: 7),
    ]
    let issues = try Self.issues(
      [
        FindingSample.result(details: twice), FindingSample.result(severity: .warning, name: "run:b"),
        FindingSample.result(severity: .note, name: "run:c", path: nil),
        FindingSample.result(.unverified, severity: .note, name: "run:d"), FindingSample.result(.waived),
        FindingSample.result(.baselined), FindingSample.result(.pass), FindingSample.result(.notApplicable),
      ], folders: ["registry": "models/../store"])
    #expect(issues.map(\.severity) == ["critical", "critical", "major", "info", "minor"])
    #expect(issues.map(\.location.path).prefix(4) == ["store/r.txt", "store/r.txt", "store/runs/a/run.json", "store"])
    #expect(issues.map(\.location.lines.begin) == [2, 7, 1, 1, 1])
    #expect(Set(issues.map(\.fingerprint)).count == 5)
    #expect(issues[0].description == "run:a: torch: no version" && issues[0].checkName == "missing-commit")
    #expect(issues[4].description == "run:d: undecided: no commit")
  }

  @Test func `no finding is an empty list`() throws { #expect(try Self.issues([]).isEmpty) }

  @Test(arguments: FindingSample.hostile)
  func `whatever a store says, the list can be read and leads nowhere`(text: String) throws {
    let issues = try Self.issues(FindingSample.filled(text), folders: ["registry": text])
    #expect(issues.count == 5)
    for issue in issues {
      #expect(
        !issue.location.path.hasPrefix("/") && !issue.location.path.contains("..") && issue.description.count < 2_000)
    }
  }
}
