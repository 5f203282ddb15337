import Glibc

/// Writes a JUnit report as one file per suite, for audits that no consumer takes as one file.
package struct JUnitDirectory {
  private let report: JUnitReport
  private let path: String

  /// Prepares to write into the directory `path`, which is made when it is not there.
  package init(_ report: JUnitReport, path: String) {
    self.report = report
    self.path = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
  }

  /// Writes the files; removes those that an earlier, larger report left, and all of them when one cannot be written.
  package func write(_ results: JUnitReport.Results) throws -> JUnitSummary {
    try makeDirectory()
    var summary = JUnitSummary()
    do {
      var builder = JUnitSuiteBuilder(folds: report.folds, rules: report.rules, emptiness: report.emptiness)
      try results { if let suite = builder.add($0) { try write(suite, &summary) } }
      for suite in builder.finish() { try write(suite, &summary) }
    } catch {
      // Half a report would be taken for a whole one.
      removeFiles(from: 0)
      throw error
    }
    removeFiles(from: summary.suites)
    if summary.bytes >= JUnitNotice.totalByteLimit {
      summary.notices.append(.tooManyBytesTogether(path: path, count: summary.bytes))
    }
    return summary
  }

  private func write(_ suite: JUnitSuite, _ summary: inout JUnitSummary) throws {
    let name = fileName(summary.suites)
    let file = try ReportFile(path: name)
    let sink = XMLReportFile(file)
    let writer = JUnitSuiteWriter(
      xml: try XMLTextWriter(to: sink), profile: report.profile, timestamp: report.timestamp,
      properties: report.properties)
    try writer.startDocument()
    // The number goes on over the files: Jenkins drops a suite whose name, id and timestamp it has seen.
    try writer.write(suite, id: summary.suites)
    try writer.endDocument()
    try file.finish()
    summary.count(suite, properties: report.properties.count)
    summary.elements += 1
    summary.bytes += sink.byteCount
    summary.notices += JUnitReport.notices(
      path: name, elements: suite.elements(properties: report.properties.count) + 1, bytes: sink.byteCount)
  }

  private static let prefix = "TEST-repro-audit-"

  private func fileName(_ index: Int) -> String {
    let digits = String(index)
    return "\(path)/\(Self.prefix)\(String(repeating: "0", count: max(0, 5 - digits.count)))\(digits).xml"
  }

  private func makeDirectory() throws(ReportError) {
    var part = ""
    for name in path.split(separator: "/", omittingEmptySubsequences: false) {
      part += name
      if !part.isEmpty, mkdir(part, 0o777) != 0, errno != EEXIST, errno != EROFS, errno != EACCES {
        throw ReportError(path: path, reason: String(cString: strerror(errno)).lowercased())
      }
      part += "/"
    }
  }

  /// Removes files of ours from number `first` on; other files in the directory are not touched.
  private func removeFiles(from first: Int) {
    guard let directory = opendir(path) else { return }
    defer { closedir(directory) }
    var stale: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix(Self.prefix), name.hasSuffix(".xml"),
        let number = Int(name.dropFirst(Self.prefix.count).dropLast(4)), number >= first
      else { continue }
      stale.append(name)
    }
    for name in stale { unlink("\(path)/\(name)") }
  }
}
