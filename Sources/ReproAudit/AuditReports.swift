import AuditDatabase
import Records
import Reports
import Rules

/// Renders a finished audit.
extension AuditResult {
  /// Writes the JSON report; `-` is standard output.
  public func writeJSON(to path: String, failOn: FailureThreshold, includesAll: Bool) throws {
    try Self.writing {
    let report = JSONReport(
      header: try header(failOn: failOn), rules: catalogue.rules.map(\.description), summary: summary, database: database,
      includesAll: includesAll)
    try report.write(to: try ReportFile(path: path))
    }
  }

  /// Turns what writers throw into what callers may see.
  private static func writing(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as ReportError {
      throw ReportFailure(description: error.description)
    }
  }

  func header(failOn: FailureThreshold) throws -> ReportHeader {
    let code = exitCode(failOn: failOn)
    var counts = Checklist.items.map { (item: $0.title, counts: [Outcome: Int]()) }
    try VersionOutcomes(database: database).forEach { version in
      for (index, outcome) in Checklist.outcomes(of: version).enumerated() {
        counts[index].counts[outcome, default: 0] += 1
      }
    }
    return ReportHeader(
      tool: ProductVersion.name, toolVersion: ProductVersion.text, policy: policy.name, policyDigest: policyDigest,
      scanID: scanID, now: now, exitCode: Int(code.rawValue), verdict: code.verdict,
      explanation: explanation(failOn: failOn), checklist: counts)
  }
}

/// Why a report is not there.
public struct ReportFailure: Error, Sendable, CustomStringConvertible {
  public let description: String
}
