import Records

/// The report for CI systems: one testcase per rule and subject, streamed suite by suite.
///
/// What consumers read and what they choke on is in docs/formats/junit.md. Identity over time is class name and name.
package struct JUnitReport {
  /// Gives the results of every subject to its argument; passes need only be counted, and what does not apply be named,
  /// when the report folds them.
  package typealias Results = ((SubjectResults) throws -> Void) throws -> Void

  let timestamp: String
  let profile: JUnitProfile
  /// Whether passes are folded to one testcase a subject.
  package let folds: Bool
  let rules: [String: RuleDescription]
  let properties: [(name: String, value: String)]
  /// Why no subject is judged, when that is no fault; without it a report of nothing is an error.
  package var emptiness: String?

  /// Prepares a report over `cases` results, passes included.
  ///
  /// `now` is the scan's instant in UTC, as `2026-03-01T00:00:00Z`. `properties` are written for every suite: policy, tool.
  package init(
    now: String, profile: JUnitProfile = .rich, granularity: JUnitGranularity = .auto, cases: Int,
    rules: [String: RuleDescription], properties: [(name: String, value: String)] = []
  ) {
    timestamp = Self.timestamp(now)
    self.profile = profile
    folds = granularity.folds(cases: cases)
    self.rules = rules
    self.properties = properties
  }

  /// Writes one document to `file`, which appears only when it is complete; `path` is what notices call it.
  package func write(to file: ReportFile, path: String, results: Results) throws -> JUnitSummary {
    let sink = XMLReportFile(file)
    let writer = JUnitSuiteWriter(
      xml: try XMLTextWriter(to: sink), profile: profile, timestamp: timestamp, properties: properties)
    var summary = JUnitSummary()
    summary.elements = 1
    try writer.startDocument()
    var builder = JUnitSuiteBuilder(folds: folds, rules: rules, emptiness: emptiness)
    func write(_ suite: JUnitSuite) throws {
      try writer.write(suite, id: summary.suites)
      summary.count(suite, properties: properties.count)
    }
    try results { if let suite = builder.add($0) { try write(suite) } }
    for suite in builder.finish() { try write(suite) }
    try writer.endDocument()
    try file.finish()
    summary.bytes = sink.byteCount
    summary.notices = Self.notices(path: path, elements: summary.elements, bytes: summary.bytes)
    return summary
  }

  static func notices(path: String, elements: Int, bytes: Int) -> [JUnitNotice] {
    var notices: [JUnitNotice] = []
    if elements > JUnitNotice.elementLimit { notices.append(.tooManyElements(path: path, count: elements)) }
    if bytes >= JUnitNotice.byteLimit { notices.append(.tooManyBytes(path: path, count: bytes)) }
    return notices
  }

  /// Without zone and fraction, which the Ant schema forbids.
  private static func timestamp(_ now: String) -> String {
    let head = String(now.prefix(19))
    let shape = head.utf8.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 ? UInt8(ascii: "0") : $0 }
    return shape == Array("0000-00-00T00:00:00".utf8) ? head : "1970-01-01T00:00:00"
  }
}
