import Documents
import Foundation
import Records
import Testing

@testable import Reports

@Suite struct SARIFReportTests {
  private static let header = ReportHeader(
    tool: "repro-audit", toolVersion: "1.0", policy: "default", policyDigest: "sha256:00", scanID: "e204",
    now: "2026-03-01T00:00:00Z", exitCode: 1, verdict: "findings", explanation: "1 error", checklist: [],
    waiverFiles: [], baseline: nil, notices: ["a waiver matches nothing"])

  private static func write(
    _ results: [RuleResult], rules: [RuleDescription] = [FindingSample.rule], folders: [String: String] = [:],
    listed: Int? = nil, undecided: Int = 0
  ) throws -> (text: String, notices: [String]) {
    var notices: [String] = []
    let report = SARIFReport(
      header: header, rules: rules.map { ($0, $0.severity) }, paths: ReportPaths(folders: folders), root: "registry",
      listed: listed ?? results.count, undecided: undecided)
    let text = try FindingSample.text { file in
      notices = try report.write(to: file, path: "r.sarif") { try results.forEach($0) }
    }
    return (text, notices)
  }

  private static func run(_ text: String) throws -> [String: Any] {
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  private static func results(_ text: String) throws -> [[String: Any]] {
    try #require(run(text)["results"] as? [[String: Any]])
  }

  @Test func `a finding has its rule, level, place and lasting fingerprint`() throws {
    let detail = Detail(item: "torch", message: "no version is given", path: "runs/a b/é.txt", line: 4)
    let text = try Self.write([FindingSample.result(details: [detail])], folders: ["registry": "./stores/"]).text
    let result = try #require(try Self.results(text).first)
    #expect(result["ruleId"] as? String == "missing-commit" && result["ruleIndex"] as? Int == 0)
    #expect(result["kind"] as? String == "fail" && result["level"] as? String == "error")
    #expect((result["message"] as? [String: String])?["text"] == "run:a: torch: no version is given")
    #expect(text.contains("\"uri\": \"stores/runs/a%20b/%C3%A9.txt\"") && text.contains("\"startLine\": 4"))
    let moved = Detail(item: "torch", message: "another message", path: "runs/a b/é.txt", line: 90)
    let later = try Self.results(Self.write([FindingSample.result(details: [moved])]).text)
    #expect(
      later.first?["partialFingerprints"] as? [String: String] == result["partialFingerprints"] as? [String: String])
    #expect((result["partialFingerprints"] as? [String: String])?["reproAudit/v1"]?.count == 32)
  }

  @Test func `a rule says what it asks, why and how to meet it`() throws {
    let text = try Self.write([]).text
    let driver = try #require((try Self.run(text)["tool"] as? [String: [String: Any]])?["driver"])
    let rule = try #require((driver["rules"] as? [[String: Any]])?.first)
    #expect(rule["helpUri"] as? String == "https://example.org/commit")
    let help = try #require((rule["help"] as? [String: String])?["markdown"])
    #expect(
      help.contains("Without the commit nobody knows the code.") && help.contains("```sh\ngit rev-parse HEAD\n```"))
    let tags = (rule["properties"] as? [String: Any])?["tags"] as? [String]
    #expect(tags == ["code", "reproducibility", "eu-ai-act: Annex IV 1(a)", "nist-ai-rmf: GOVERN 1.4"])
    #expect(text.contains("a waiver matches nothing"))
  }

  @Test func `descriptions keep to what GitHub takes, and the help holds all`() throws {
    let long = String(repeating: "a very long reason 😀 ", count: 120)
    let rule = RuleDescription(
      id: "long", category: "code", title: long, subjects: [.run], severity: .note, rationale: long, remedy: "r",
      references: [], controls: [:], parameters: [])
    let driver = try #require(
      (try Self.run(Self.write([], rules: [rule]).text)["tool"] as? [String: [String: Any]])?["driver"])
    let written = try #require((driver["rules"] as? [[String: Any]])?.first)
    for key in ["shortDescription", "fullDescription"] {
      let text = try #require((written[key] as? [String: String])?["text"])
      #expect(text.utf16.count <= 1_024 && text.utf16.count > 900 && text.contains("more characters"), "\(key)")
    }
    #expect((written["help"] as? [String: String])?["markdown"]?.contains(long.dropLast()) == true)
  }

  @Test func `what is accepted is suppressed, what is undecided is open`() throws {
    let waiver = Acceptance(
      form: .waiver, name: "w", reason: "old", owner: "ada", approvedBy: "grace", ends: "2026-06-30", details: 1)
    let text = try Self.write(
      [
        FindingSample.result(.waived, acceptances: [waiver]),
        FindingSample.result(.baselined, acceptances: [.baseline(details: 1)]), FindingSample.result(.unverified),
        FindingSample.result(.pass), FindingSample.result(.notApplicable),
      ], undecided: 1
    ).text
    let results = try Self.results(text)
    #expect(results.count == 3)
    let justifications = results.compactMap { ($0["suppressions"] as? [[String: String]])?.first?["justification"] }
    #expect(
      justifications == ["waived until 2026-06-30 (owner ada, approved by grace): old", "known since the baseline"])
    #expect(results[2]["kind"] as? String == "open" && results[2]["level"] as? String == "none")
    #expect(text.contains("the audit is incomplete"))
  }

  @Test func `a rule keeps twenty tags, and the rest is said`() throws {
    let rule = RuleDescription(
      id: "many", category: "code", title: "t", subjects: [.run], severity: .note, rationale: "r", remedy: "r",
      references: [], controls: ["x": (1...30).map(String.init)], parameters: [])
    let written = try Self.write([], rules: [rule])
    #expect(written.notices == ["r.sarif: many has 32 tags, GitHub takes 20 of a rule: the last are left out"])
    #expect(written.text.contains("\"x: 18\"]"))
  }

  @Test func `of more than 25,000 results the weightiest are written, and the rest is said`() throws {
    let notes = (0..<14_000).map { FindingSample.result(severity: .note, name: "run:n\($0)") }
    let details = [Detail(item: "a", message: "a"), Detail(item: "b", message: "b")]
    let errors = (0..<6_000).map { FindingSample.result(name: "run:z\($0)", details: details) }
    let written = try Self.write(notes + errors)
    let levels = try Self.results(written.text).map { $0["level"] as? String }
    #expect(levels.count { $0 == "error" } == 12_000 && levels.count { $0 == "note" } == 13_000)
    #expect(written.notices.count == 1 && written.notices[0].contains("25,000 of 26,000"))
    #expect(written.text.contains("25,000 of 26,000"))
  }

  @Test(arguments: FindingSample.hostile)
  func `whatever a store says, the log is one of SARIF that shows it and links nowhere`(text: String) throws {
    let written = try Self.write(FindingSample.filled(text), folders: ["registry": text]).text
    #expect(FindingSample.isVisible(written))
    let results = try Self.results(written)
    #expect(results.count == 6)
    for result in results {
      let locations = try #require(result["locations"] as? [[String: Any]])
      let place = try #require((locations[0]["physicalLocation"] as? [String: Any])?["artifactLocation"])
      let uri = try #require((place as? [String: String])?["uri"])
      #expect(!uri.isEmpty && !uri.hasPrefix("/") && !uri.contains("..") && !uri.contains(":"), "\(uri.prefix(80))")
      #expect((result["message"] as? [String: String])?["text"]?.contains("](") == false)
    }
    #expect(Set(results.compactMap { ($0["partialFingerprints"] as? [String: String])?["reproAudit/v1"] }).count >= 3)
  }

  /// The published schema, when the environment says where it lies.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONFORMANCE_DIR"] != nil))
  func `reports are valid under the published schema`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["CONFORMANCE_DIR"])
    let text = try String(contentsOfFile: "\(folder)/sarif-schema-2.1.0.json", encoding: .utf8)
      .replacing("\"format\": \"uri-reference\"", with: "\"minLength\": 1")
      .replacing(#/"id": "https:[^"]*",/#, with: "")
      // These two hold themselves, and no report of ours holds them.
      .replacing(#/"\$ref": "#\/definitions\/(exception|node)"/#, with: "\"type\": \"object\"")
    let schema = try JSONSchema(JSONDocument.read(Array(text.utf8)))
    for text in FindingSample.hostile {
      let log = try Self.write(FindingSample.filled(text), undecided: 1).text
      #expect(schema.violations(of: try JSONDocument.read(Array(log.utf8))) == [], "\(text.prefix(40))")
    }
    let wrong = try Self.write([]).text.replacing("\"driver\"", with: "\"drivers\"")
    #expect(schema.violations(of: try JSONDocument.read(Array(wrong.utf8))) != [])
  }
}
