/// Writes suites and testcases as elements.
struct JUnitSuiteWriter {
  let xml: XMLTextWriter
  let profile: JUnitProfile
  /// `2026-03-01T00:00:00`, without a zone.
  let timestamp: String
  let properties: [(name: String, value: String)]

  /// The root; the schemas allow it no attribute.
  func startDocument() throws(ReportError) {
    try xml.startDocument()
    try xml.startElement("testsuites")
  }

  func endDocument() throws(ReportError) {
    try xml.endElement()
    try xml.endDocument()
  }

  func write(_ suite: JUnitSuite, id: Int) throws(ReportError) {
    try xml.startElement("testsuite")
    try xml.attribute("package", suite.package)
    try xml.attribute("id", id)
    try xml.attribute("name", suite.name)
    try xml.attribute("timestamp", timestamp)
    // Neither who ran the audit nor how long it took is part of its result: the same input gives the same bytes.
    try xml.attribute("hostname", "localhost")
    try xml.attribute("tests", suite.cases.count)
    try xml.attribute("failures", suite.failures)
    try xml.attribute("errors", suite.errors)
    if profile == .rich { try xml.attribute("skipped", suite.skipped) }
    try xml.attribute("time", "0")
    try xml.startElement("properties")
    for (name, value) in properties { try xml.element("property", ["name": name, "value": value]) }
    try xml.endElement()
    for one in suite.cases { try write(one) }
    try xml.element("system-out", text: output(suite))
    try xml.element("system-err")
    try xml.endElement()
  }

  private func write(_ one: JUnitCase) throws(ReportError) {
    try xml.startElement("testcase")
    try xml.attribute("name", one.name)
    try xml.attribute("classname", one.className)
    try xml.attribute("time", "0")
    if profile == .rich {
      if let file = one.file { try xml.attribute("file", file) }
      if let line = one.line { try xml.attribute("line", line) }
      if let folded = one.folded { try xml.attribute("assertions", folded) }
    }
    switch one.verdict {
    case .passed: break
    case .failed(let type): try xml.element("failure", ["message": one.message, "type": type], text: one.body)
    case .undecided: try xml.element("error", ["message": one.message, "type": "unverified"], text: one.body)
    case .skipped: try xml.element("skipped", ["message": one.message], text: one.body)
    }
    try xml.endElement()
  }

  /// What was folded; the strict profile has no place for it on a testcase.
  private func output(_ suite: JUnitSuite) -> String {
    let passes = suite.cases.filter { if case .passed = $0.verdict { $0.folded != nil } else { false } }
    guard !passes.isEmpty else { return "" }
    let count = passes.reduce(0) { $0 + ($1.folded ?? 0) }
    var lines = [
      "\(count) passes are folded into \(passes.count) cases named passes; --junit-granularity rule writes each"
    ]
    if profile == .strict { lines += passes.map { "\($0.className): \($0.folded ?? 0) rules pass" } }
    return lines.joined(separator: "\n")
  }
}
