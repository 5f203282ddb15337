import Foundation
import Records
import Reports
import Testing

@Suite struct JUnitSchemaTests {
  static let hostile: [String] = [
    "]]>", "<script>alert(1)</script>", "a\u{0}\u{1}\u{8}\u{1B}[31mb", "line\nbreak\r\n\ttab",
    "\u{202E}gnp.exe\u{2066}",
    "\u{FFFE}\u{FFFF}", "  padded  ", "", "'\"&<>", "::error::injected", String(repeating: "é", count: 50_000),
  ]

  static func results(_ text: String) -> [RuleResult] {
    [
      (SubjectKind.run, "run:"), (.version, text + "@"), (.alias, "m@"), (.dataset, "dataset:"), (.model, ""),
      (.store, ""),
    ]
    .flatMap { kind, prefix in
      Outcome.allCases.enumerated().map { index, outcome in
        RuleResult(
          rule: "r\(index)", subject: Subject(store: text, kind: kind, name: prefix + text), subjectPath: text,
          severity: .warning,
          outcome: outcome, message: text, details: [Detail(item: text, message: text, path: text, line: 3)],
          detailCount: 40,
          reaches: [text])
      }
    }
  }

  @Test(arguments: hostile, JUnitProfile.allCases)
  func `hostile text stays text`(text: String, profile: JUnitProfile) throws {
    for granularity in [JUnitGranularity.rule, .subject] {
      let results = Self.results(text)
      let (bytes, summary) = try JUnitSample.write(results, profile: profile, granularity: granularity)
      let probe = try XMLProbe(bytes)
      #expect(try probe.count("//testcase") == summary.cases)
      #expect(try probe.count("//script") == 0)
      #expect(try probe.values("//@name | //@classname | //@message").allSatisfy { !$0.isEmpty && !$0.contains("\n") })
      let seen = String(decoding: bytes, as: UTF8.self).unicodeScalars
      #expect(!seen.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E || $0.value == 0x2066 })
      if profile == .strict { #expect(try probe.faults(under: JUnitSample.schema()) == []) }
    }
  }

  @Test func `long text is cut and says so`() throws {
    let (bytes, _) = try JUnitSample.write(Self.results(String(repeating: "y", count: 100_000)))
    #expect(bytes.count < 400_000)
    #expect(try XMLProbe(bytes).value("//failure")?.contains("… (99000 more characters)") == true)
  }

  @Test func `an empty audit is valid`() throws {
    let probe = try JUnitSample.probe([], profile: .strict)
    #expect(try probe.faults(under: JUnitSample.schema()) == [])
  }

  @Test(arguments: [
    "<testsuites/>", "<testsuites name=\"x\"/>",
  ])
  func `the schema refuses what is not strict`(document: String) throws {
    #expect(try XMLProbe(document).faults(under: JUnitSample.schema()) != [])
  }

  @Test func `the schema refuses what the rich profile adds`() throws {
    let probe = try JUnitSample.probe([JUnitSample.result(.fail)], profile: .rich)
    #expect(try probe.faults(under: JUnitSample.schema()) != [])
  }

  /// Both schemas in use, when the environment says where they lie.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONFORMANCE_DIR"] != nil))
  func `strict reports are valid under the schemas in use`() throws {
    let folder = try #require(ProcessInfo.processInfo.environment["CONFORMANCE_DIR"])
    for name in ["jenkins-xunit-junit-10.xsd", "windyroad-JUnit.xsd"] {
      let schema = try String(contentsOfFile: "\(folder)/junit/\(name)", encoding: .utf8)
      for text in Self.hostile {
        let probe = try JUnitSample.probe(Self.results(text), profile: .strict)
        #expect(try probe.faults(under: schema) == [], "\(name): \(text.prefix(40))")
      }
      #expect(try JUnitSample.probe([], profile: .strict).faults(under: schema) == [])
    }
  }
}
