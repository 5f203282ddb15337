import Foundation
import Records
import Reports
import Testing

@Suite struct JUnitDirectoryTests {
  private static func write(_ results: [RuleResult], to path: String) throws -> JUnitSummary {
    let report = JUnitReport(now: "2026-03-01T12:30:00Z", cases: results.count, rules: [:])
    return try JUnitDirectory(report, path: path).write { try JUnitSample.grouped(results).forEach($0) }
  }

  private static func files(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  @Test func `one file per suite, numbered on over the files`() throws {
    try JUnitSample.inFolder { folder in
      let path = folder + "/new/junit/"
      let summary = try Self.write(JUnitSample.runs(4_000, outcomes: [.pass, .fail]), to: path)
      #expect(summary.suites == 2 && summary.cases == 8_000)
      #expect(try Self.files(path) == ["TEST-repro-audit-00000.xml", "TEST-repro-audit-00001.xml"])
      for (index, name) in try Self.files(path).enumerated() {
        let probe = try XMLProbe(Array(Data(contentsOf: URL(filePath: path + name))))
        #expect(try probe.values("//testsuite/@id") == [String(index)])
      }
    }
  }

  @Test func `a smaller report leaves nothing of the larger one, and other files alone`() throws {
    try JUnitSample.inFolder { folder in
      try Data().write(to: URL(filePath: folder + "/TEST-other.xml"))
      _ = try Self.write(JUnitSample.runs(4_000, outcomes: [.pass, .fail]), to: folder)
      _ = try Self.write(JUnitSample.runs(1, outcomes: [.pass]), to: folder)
      #expect(try Self.files(folder) == ["TEST-other.xml", "TEST-repro-audit-00000.xml"])
    }
  }

  @Test func `a directory that cannot be made is an error`() throws {
    try JUnitSample.inFolder { folder in
      try Data().write(to: URL(filePath: folder + "/file"))
      #expect(throws: ReportError.self) { try Self.write([], to: folder + "/file/junit") }
    }
  }
}
