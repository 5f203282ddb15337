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
        header: try header(failOn: failOn), rules: catalogue.rules.map(\.description), summary: summary,
        database: database, includesAll: includesAll)
      try report.write(to: try ReportFile(path: path))
    }
  }

  /// Writes the JUnit report: a file, standard output for `-`, or one file a suite for a path that ends with `/`.
  ///
  /// Returns notices about limits of consumers that the report exceeds.
  public func writeJUnit(to path: String, _ options: JUnitChoice) throws -> [String] {
    try Self.writing {
      var report = JUnitReport(
        now: now, profile: options.isStrict ? .strict : .rich, granularity: options.granularity,
        cases: summary.outcomes.values.reduce(0, +), rules: catalogue.descriptions,
        properties: [
          ("tool", "\(ProductVersion.name) \(toolVersion)"), ("policy", policy.name),
          ("policy.digest", policyDigest), ("scan", scanID),
        ] + [("selection", selection), ("as-of", asOf)].compactMap { name, value in value.map { (name, $0) } }
          + notices.enumerated().map { ("notice.\($0.offset + 1)", $0.element) })
      report.emptiness = emptiness
      let results: JUnitReport.Results = {
        try ResultCursor(database: database).forEachSubject(report.folds ? .findings : .everything, $0)
      }
      let written =
        path.hasSuffix("/")
        ? try JUnitDirectory(report, path: path).write(results)
        : try report.write(to: ReportFile(path: path), path: path, results: results)
      return written.notices.map(\.description)
    }
  }

  /// Loads the page that the reports for people are made from.
  public func page(failOn: FailureThreshold) throws -> LoadedPage {
    LoadedPage(page: try PageLoader(result: self, failOn: failOn, caps: PageCaps()).page())
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
      tool: ProductVersion.name, toolVersion: toolVersion, policy: policy.name, policyDigest: policyDigest,
      scanID: scanID, now: now, exitCode: Int(code.rawValue), verdict: code.verdict,
      explanation: explanation(failOn: failOn), checklist: counts,
      waiverFiles: sources.waiverFiles.map(\.named), baseline: sources.baseline?.named, notices: notices,
      selection: selection, asOf: asOf)
  }

  /// Turns what writers throw into what callers may see.
  static func writing<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as ReportError {
      throw ReportFailure(description: error.description)
    } catch let error as ReportTemplateError {
      throw ReportFailure(description: error.description)
    }
  }
}

/// What the reports for people show, loaded once for all of them.
public struct LoadedPage: Sendable {
  let page: ReportPage

  /// Writes the HTML report: one file that needs nothing else.
  public func writeHTML(to path: String) throws {
    try write(to: path) { try HTMLReport.render($0, templates: .builtIn) }
  }

  /// Writes the Markdown report, shortened in steps until it fits a step summary.
  public func writeMarkdown(to path: String) throws {
    try write(to: path) { try MarkdownReport.render($0, templates: .builtIn) }
  }

  private func write(to path: String, _ render: (ReportPage) throws -> String) throws {
    try AuditResult.writing {
      let text = try render(page)
      let file = try ReportFile(path: path)
      try file.write(text)
      try file.finish()
    }
  }
}

/// How JUnit reports are written.
public struct JUnitChoice: Sendable {
  /// Valid under the Ant and the Jenkins schema, without file and line.
  public var isStrict = false
  /// `auto`, `rule` or `subject`.
  let granularity: JUnitGranularity

  /// Nil for an unknown granularity.
  public init?(isStrict: Bool, granularity: String) {
    guard let granularity = JUnitGranularity(rawValue: granularity) else { return nil }
    self.isStrict = isStrict
    self.granularity = granularity
  }
}

/// Why a report is not there.
public struct ReportFailure: Error, Sendable, CustomStringConvertible {
  public let description: String
}
