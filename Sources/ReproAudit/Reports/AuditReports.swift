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
        database: database, root: sources.root(of: summary), includesAll: includesAll)
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
        ]
          + [("selection", selection), ("as-of", asOf), ("ledger", ledger.entry?.digest)].compactMap { name, value in
            value.map { (name, $0) }
          }
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

  /// Writes the SARIF report; returns notices about what was left out.
  public func writeSARIF(to path: String, failOn: FailureThreshold) throws -> [String] {
    try Self.writing {
      let severities = Dictionary(summary.rules.map { ($0.rule, $0.severity) }) { first, _ in first }
      let report = SARIFReport(
        header: try header(failOn: failOn, countsChecklist: false),
        rules: catalogue.rules.map(\.description).compactMap { rule in severities[rule.id].map { (rule, $0) } },
        paths: sources.paths, root: sources.root(of: summary),
        listed: [Outcome.fail, .unverified, .waived, .baselined].reduce(0) { $0 + (summary.outcomes[$1] ?? 0) },
        undecided: summary.undecided)
      return try report.write(to: ReportFile(path: path), path: path, results: results(.findings))
    }
  }

  /// Writes findings as CSV; with `includesAll` also what passes or does not apply.
  public func writeCSV(to path: String, includesAll: Bool) throws {
    try Self.writing {
      try CSVReport(rules: catalogue.rules.map(\.description), root: sources.root(of: summary)).write(
        to: ReportFile(path: path), results: results(includesAll ? .everything : .findings))
    }
  }

  /// Writes findings as GitLab's code quality JSON.
  public func writeCodeQuality(to path: String) throws {
    try Self.writing {
      try CodeQualityReport(paths: sources.paths, root: sources.root(of: summary)).write(
        to: ReportFile(path: path), results: results(.findings))
    }
  }

  /// Writes the scanned directories as text; only a scan itself knows its files.
  public func writeTree(to path: String) throws {
    try Self.writing {
      try TreeReport(database: database, folders: sources.folders ?? [:], summary: summary)
        .write(to: ReportFile(path: path))
    }
  }

  /// Workflow commands of GitHub Actions for the weightiest findings, a line each; empty when there are none.
  public func annotations() throws -> String {
    var annotations = WorkflowAnnotations(paths: sources.paths, rules: catalogue.descriptions)
    let results = results(.findings)
    try results { annotations.add($0) }
    return annotations.text
  }

  private func results(_ listing: ResultCursor.Listing) -> ListedResults {
    { try ResultCursor(database: database).forEach(listing, $0) }
  }

  /// Loads the page that the reports for people are made from.
  public func page(
    failOn: FailureThreshold, meta: ReportMetaFile? = nil, templates: TemplateSet = .builtIn
  ) throws -> LoadedPage {
    let loader = PageLoader(
      result: self, failOn: failOn, caps: PageCaps(), meta: meta?.meta, templates: templates.origin)
    return LoadedPage(page: try loader.page(), templates: templates.templates)
  }

  /// Writes the HTML report into a directory: an index, and a page for each model.
  public func writeHTMLFolder(
    to path: String, failOn: FailureThreshold, meta: ReportMetaFile? = nil, templates: TemplateSet = .builtIn
  ) async throws {
    let writer = FolderWriter(result: self, failOn: failOn, meta: meta, templates: templates)
    do {
      try await writer.write(to: path)
    } catch {
      try Self.writing { throw error }
    }
  }

  /// What reports say of the scan; `countsChecklist` reads what was said of every version.
  func header(failOn: FailureThreshold, countsChecklist: Bool = true) throws -> ReportHeader {
    let code = exitCode(failOn: failOn)
    var counts = Checklist.items.map { (item: $0.title, counts: [Outcome: Int]()) }
    if countsChecklist {
      try VersionOutcomes(database: database).forEach { version in
        for (index, outcome) in Checklist.outcomes(of: version).enumerated() {
          counts[index].counts[outcome, default: 0] += 1
        }
      }
    }
    return ReportHeader(
      tool: ProductVersion.name, toolVersion: toolVersion, policy: policy.name, policyDigest: policyDigest,
      scanID: scanID, now: now, exitCode: Int(code.rawValue), verdict: code.verdict,
      explanation: explanation(failOn: failOn), checklist: counts,
      waiverFiles: sources.waiverFiles.map(\.named), baseline: sources.baseline?.named, notices: notices,
      selection: selection, asOf: asOf, ledger: ledger.entry?.digest)
  }

  /// Writes what `render` makes, whole; `-` is standard output.
  static func write(to path: String, _ render: () throws -> String) throws {
    try writing {
      let text = try render()
      let file = try ReportFile(path: path)
      try file.write(text)
      try file.finish()
    }
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
  let templates: ReportTemplates

  /// Writes the HTML report: one file that needs nothing else.
  public func writeHTML(to path: String) throws {
    try AuditResult.write(to: path) { try HTMLReport.render(page, templates: templates) }
  }

  /// Writes the Markdown report, shortened in steps until it fits a step summary.
  public func writeMarkdown(to path: String) throws {
    try AuditResult.write(to: path) { try MarkdownReport.render(page, templates: templates) }
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
