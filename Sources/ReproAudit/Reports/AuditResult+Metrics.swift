import AuditDatabase
import Hashing
import Records
import Reports

extension AuditResult {
  /// Writes the figures of this scan for Prometheus; `-` is standard output.
  ///
  /// A scan that could not examine everything keeps the time of the last success that stands at `path`.
  public func writeMetrics(to path: String, failOn: FailureThreshold) throws {
    try Self.writing {
      var report = PrometheusReport(
        header: try header(failOn: failOn, countsChecklist: false), summary: summary,
        stores: try StoreVerdicts.of(database), seconds: timings.reduce(0) { $0 + $1.seconds })
      report.isIncomplete = isIncomplete
      report.ledgerHead = ledger.entry?.digest
      report.newFindings = try FindingChanges.sinceLastComplete(database)
      report.lastSuccess = isIncomplete ? Self.lastSuccess(at: path) : Instant(now).map { Double($0.seconds) }
      try report.write(to: try ReportFile(path: path))
    }
  }

  private static func lastSuccess(at path: String) -> Double? {
    guard path != "-", let bytes = try? WholeFile.read(SystemPath(path), limit: 1 << 24) else { return nil }
    return PrometheusReport.lastSuccess(in: String(decoding: bytes, as: UTF8.self))
  }
}
