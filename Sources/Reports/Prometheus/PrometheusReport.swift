import AuditDatabase
import Records

/// Figures of one scan for the textfile collector of the node exporter; see docs/operations.md.
package struct PrometheusReport: Sendable {
  package let header: ReportHeader
  package let summary: ResultSummary
  package let stores: [StoreVerdicts]
  /// How long the scan took.
  package let seconds: Double
  /// Findings that the complete scan before had not; nil without one.
  package var newFindings: Int?
  /// When all was last examined: of this scan, or of an earlier one when this could not. Seconds since 1970.
  package var lastSuccess: Double?
  /// What the exit code would be if nothing were lost: whether anything is undecided.
  package var isIncomplete = false
  /// `sha256:…` of the ledger's last entry; nil without a ledger.
  package var ledgerHead: String?

  static let prefix = "repro_audit_"
  private static let lastSuccessName = prefix + "last_success_timestamp_seconds"

  package init(header: ReportHeader, summary: ResultSummary, stores: [StoreVerdicts], seconds: Double) {
    self.header = header
    self.summary = summary
    self.stores = stores
    self.seconds = seconds
  }

  /// What an earlier report says of the last success; nil when it says nothing.
  package static func lastSuccess(in text: String) -> Double? {
    // Whatever an earlier file says, a moment is one that can be written again.
    MetricWriter.value(of: lastSuccessName, in: text).flatMap { (0..<1e12).contains($0) ? $0 : nil }
  }

  package func write(to file: ReportFile) throws {
    try file.write(text)
    try file.finish()
  }

  var text: String {
    var out = MetricWriter()
    writeScan(&out)
    writeFindings(&out)
    writeFiles(&out)
    return out.text
  }

  private func writeScan(_ out: inout MetricWriter) {
    out.gauge(Self.prefix + "info", "Which program judged by which policy.")
    out.sample(
      1, [("version", header.toolVersion), ("policy", header.policy), ("policy_digest", header.policyDigest)])
    if let ledgerHead {
      out.gauge(Self.prefix + "ledger_info", "The digest of the ledger's last entry.")
      out.sample(1, [("head", ledgerHead)])
    }
    out.gauge(Self.prefix + "exit_code", "0 compliant, 1 findings, 2 incomplete, 3 integrity lost.")
    out.sample(Int64(header.exitCode))
    out.gauge(Self.prefix + "incomplete", "1 when something could not be examined or decided.")
    out.sample(Int64(isIncomplete ? 1 : 0))
    if let scanned = Instant(header.now) {
      out.gauge(Self.prefix + "scan_timestamp_seconds", "When the last scan was made, whatever it came to.")
      out.sample(Int64(scanned.seconds))
    }
    if let lastSuccess {
      out.gauge(Self.lastSuccessName, "When a scan last examined everything in scope, whatever it found.")
      out.sample(Int64(lastSuccess))
    }
    out.gauge(Self.prefix + "scan_duration_seconds", "How long the last scan took.")
    out.sample(decimal: (seconds * 1000).rounded() / 1000)
    out.gauge(Self.prefix + "read_bytes", "Bytes of files that the last scan examined.")
    out.sample(summary.bytesExamined)
  }

  private func writeFindings(_ out: inout MetricWriter) {
    out.gauge(Self.prefix + "integrity_lost", "Published files that are lost or not what was published.")
    out.sample(Int64(summary.lostFiles.count))
    out.gauge(Self.prefix + "findings", "Findings that nobody has accepted, by severity.")
    for severity in Severity.allCases.reversed() {
      out.sample(Int64(summary.severities[severity] ?? 0), [("severity", severity.rawValue)])
    }
    if let newFindings {
      out.gauge(Self.prefix + "new_findings", "Findings that the complete scan before had not.")
      out.sample(Int64(newFindings))
    }
    out.gauge(Self.prefix + "results", "Outcomes of rules for subjects.")
    for outcome in Outcome.allCases {
      out.sample(Int64(summary.outcomes[outcome] ?? 0), [("outcome", outcome.rawValue)])
    }
    out.gauge(Self.prefix + "unread_records", "Records and directories that could not be read.")
    out.sample(Int64(summary.gaps))
  }

  private func writeFiles(_ out: inout MetricWriter) {
    out.gauge(Self.prefix + "files", "Files by what checking them came to, each once, and by store.")
    for store in stores {
      // A verdict that nothing has is a zero, so that a rule can see it rise.
      for verdict in CheckVerdict.allCases {
        out.sample(Int64(store.files[verdict] ?? 0), [("verdict", verdict.rawValue), ("store", store.store)])
      }
    }
    let verified = stores.compactMap { store in
      store.oldest.flatMap { Instant($0) }.map { (store: store.store, seconds: $0.seconds) }
    }
    guard !verified.isEmpty else { return }
    out.gauge(
      Self.prefix + "oldest_verification_timestamp_seconds",
      "When the file that was not verified for the longest time was verified, by store.")
    for store in verified { out.sample(Int64(store.seconds), [("store", store.store)]) }
  }
}
