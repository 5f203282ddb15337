import Testing

@testable import Reports

/// What an earlier exposition is asked for.
@Suite struct MetricWriterTests {
  @Test(arguments: ["\r", "\u{85}", "\u{2028}", "\u{b}", "\u{c}", "\n"])
  func `no label begins a line of its own`(separator: String) {
    var writer = MetricWriter()
    writer.gauge("repro_audit_files", "Files.")
    writer.sample(1, [("store", "x\(separator)repro_audit_last_success_timestamp_seconds 9\(separator)y")])
    #expect(PrometheusReport.lastSuccess(in: writer.text) == nil)
    writer.gauge("repro_audit_last_success_timestamp_seconds", "When.")
    writer.sample(7)
    #expect(PrometheusReport.lastSuccess(in: writer.text) == 7)
  }

  @Test(arguments: ["nan", "inf", "-inf", "1e300", "-1", "x", ""])
  func `what is no moment is taken for none`(value: String) {
    #expect(PrometheusReport.lastSuccess(in: "repro_audit_last_success_timestamp_seconds \(value)\n") == nil)
  }
}
