import Foundation
import Records
import Reports
import Testing

@Suite struct JUnitReportTests {
  @Test func `a failure says what and where first, then evidence, remedy and reach`() throws {
    let probe = try JUnitSample.probe([
      JUnitSample.result(
        .fail, details: [Detail(item: "git_commit", message: "is empty", path: "runs/8f3c/run.json", line: 12)],
        reaches: ["fraud-detector@prod"])
    ])
    let lines = try #require(try probe.value("//testcase/failure")).split(separator: "\n")
    #expect(
      lines == [
        "no commit is recorded",
        "run:8f3c in runs/8f3c/run.json:12, store registry",
        "evidence:",
        "- git_commit: is empty (runs/8f3c/run.json:12)",
        "severity: error",
        "remedy: record the commit with git rev-parse HEAD",
        "affects: fraud-detector@prod",
      ])
    #expect(try probe.value("//testcase/failure/@message") == "no commit is recorded")
    #expect(try probe.value("//testcase/failure/@type") == "error")
    #expect(try probe.value("//testcase/@file") == "runs/8f3c/run.json")
    #expect(try probe.value("//testcase/@line") == "12")
  }

  @Test(arguments: [
    (Outcome.pass, ""), (.fail, "failure"), (.unverified, "error"), (.waived, "skipped"), (.baselined, "skipped"),
    (.notApplicable, "skipped"),
  ])
  func `each outcome has its element, and its body is never empty`(outcome: Outcome, element: String) throws {
    for message in ["a reason", ""] {
      let probe = try JUnitSample.probe([JUnitSample.result(outcome, message: message)])
      #expect(try probe.count("//testcase/*") == (element.isEmpty ? 0 : 1))
      guard !element.isEmpty else { continue }
      #expect(try probe.value("//testcase/\(element)")?.isEmpty == false)
      #expect(try probe.value("//testcase/\(element)/@message")?.isEmpty == false)
      if !message.isEmpty { #expect(try probe.value("//testcase/\(element)/@message")?.hasSuffix(message) == true) }
    }
  }

  @Test(arguments: [
    (Outcome.waived, "accepted until 2026-06-30", "waived: accepted until 2026-06-30"),
    (.waived, "waived until 2026-06-30: accepted", "waived until 2026-06-30: accepted"),
    (.baselined, "known", "baselined: known"), (.notApplicable, "no framework", "not applicable: no framework"),
  ])
  func `a skipped case says why`(outcome: Outcome, message: String, expected: String) throws {
    let probe = try JUnitSample.probe([JUnitSample.result(outcome, message: message)])
    #expect(try probe.value("//skipped/@message") == expected)
    #expect(try probe.value("//skipped")?.hasPrefix(expected) == true)
  }

  @Test func `the suite's numbers are those of its cases`() throws {
    let results = JUnitSample.runs(7, outcomes: [.pass, .fail, .fail, .unverified, .waived, .notApplicable])
    let (bytes, summary) = try JUnitSample.write(results)
    let probe = try XMLProbe(bytes)
    #expect(try probe.value("//testsuite/@tests") == "42")
    #expect(try probe.value("//testsuite/@failures") == "14")
    #expect(try probe.value("//testsuite/@errors") == "7")
    #expect(try probe.value("//testsuite/@skipped") == "14")
    #expect(try probe.count("//testcase") == 42)
    #expect(try probe.value("//testsuite/@timestamp") == "2026-03-01T12:30:00")
    #expect(try probe.value("//testsuite/@hostname") == "localhost")
    #expect(summary.cases == 42 && summary.failures == 14 && summary.errors == 7 && summary.skipped == 14)
    #expect(summary.bytes == bytes.count)
    #expect(try summary.elements == probe.count("//*"))
    #expect(summary.notices.isEmpty)
  }

  @Test func `an audit of nothing is an error`() throws {
    let probe = try JUnitSample.probe([])
    #expect(try probe.count("//testcase/error") == 1)
    #expect(try probe.value("//testsuite/@errors") == "1")
  }

  @Test(arguments: JUnitProfile.allCases)
  func `suites hold at most 5000 cases, and a subject stays in one`(profile: JUnitProfile) throws {
    let (bytes, summary) = try JUnitSample.write(
      JUnitSample.runs(4_003, outcomes: [.pass, .fail, .pass]), profile: profile)
    let probe = try XMLProbe(bytes)
    #expect(summary.cases == 12_009)
    #expect(try probe.values("//testsuite/@tests") == ["4998", "4998", "2013"])
    #expect(try probe.values("//testsuite/@id") == ["0", "1", "2"])
    #expect(try Set(probe.values("//testsuite/@name")) == ["registry.runs"])
    if profile == .strict { #expect(try probe.faults(under: JUnitSample.schema()) == []) }
  }

  @Test func `the same results give the same bytes`() throws {
    let results = JUnitSample.runs(50, outcomes: [.pass, .fail])
    #expect(try JUnitSample.write(results).bytes == JUnitSample.write(results).bytes)
  }

  @Test func `a failed write leaves no file`() throws {
    struct Stop: Error {}
    try JUnitSample.inFolder { folder in
      let report = JUnitReport(now: "2026-03-01T12:30:00Z", cases: 1, rules: [:])
      #expect(throws: Stop.self) {
        try report.write(to: ReportFile(path: folder + "/junit.xml"), path: "junit.xml") { body in
          try JUnitSample.grouped(JUnitSample.runs(4_000, outcomes: [.pass, .fail])).forEach(body)
          throw Stop()
        }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }
}
