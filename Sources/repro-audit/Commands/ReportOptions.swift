import ArgumentParser
import Foundation
import ReproAudit

/// Which reports to write, and where; `-` is standard output.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the HTML report for people; DIR/ writes a page a model.", valueName: "file"))
  var html: [String] = []
  @Option(
    help: ArgumentHelp(
      "What the HTML report says of itself: organisation, auditor, sign-off lines (docs/html.md).", valueName: "file"))
  var reportMeta: String?
  @Option(
    help: ArgumentHelp(
      "Make HTML and Markdown from templates of one's own (docs/templates.md).", valueName: "dir"))
  var templates: String?
  @Option(help: ArgumentHelp("Write the Markdown report, for a step summary.", valueName: "file"))
  var markdown: [String] = []
  @Option(help: ArgumentHelp("Write the JUnit XML report; DIR/ writes one file a suite.", valueName: "file"))
  var junit: [String] = []
  @Option(help: ArgumentHelp("Write the JSON report.", valueName: "file")) var json: [String] = []
  @Option(help: ArgumentHelp("Write SARIF 2.1.0, for code scanning.", valueName: "file")) var sarif: [String] = []
  @Option(help: ArgumentHelp("Write findings as CSV, for spreadsheets.", valueName: "file")) var csv: [String] = []
  @Option(help: ArgumentHelp("Write GitLab's code quality report.", valueName: "file")) var codequality: [String] = []
  @Flag(help: "Print the weightiest findings as annotations of GitHub Actions.") var annotations = false
  @Option(help: "strict is valid under the Ant and Jenkins schemas; rich adds file and line.")
  var junitProfile: Profile = .rich
  @Option(help: "A test case per rule and subject, per subject, or auto.") var junitGranularity: Granularity = .auto
  @Flag(help: "Write passes to the JSON and CSV reports too, however many there are.") var allResults = false

  enum Profile: String, ExpressibleByArgument, CaseIterable { case strict, rich }
  enum Granularity: String, ExpressibleByArgument, CaseIterable { case auto, rule, subject }

  /// Where all reports go.
  private var paths: [String] { html + markdown + junit + json + sarif + csv + codequality }

  /// Whether nothing is asked for.
  var areNone: Bool { paths.isEmpty && !annotations }

  /// For pages that are written otherwise.
  mutating func leaveOutPages() { (html, markdown) = ([], []) }

  /// Whether one of the pages goes to standard output.
  var showsPage: Bool { (html + markdown).contains("-") }

  func validate() throws { try check(besides: []) }

  /// Throws when more goes to standard output than one can read from it; `others` are further reports.
  func check(besides others: [String]) throws {
    let count = (paths + others).count { $0 == "-" }
    guard count < 2 else { throw ValidationError("standard output takes one report; write the others to files") }
    guard !annotations || count == 0 else {
      throw ValidationError("--annotations go to standard output, where a report goes too; write that to a file")
    }
  }

  /// What `--templates` names, read before any work is done.
  func templateSet() throws -> TemplateSet {
    guard let templates else { return .builtIn }
    guard !html.isEmpty || !markdown.isEmpty else {
      throw Output.usageError("--templates \(templates): only HTML and Markdown are made from them; add --html FILE")
    }
    do {
      return try TemplateSet(folder: templates)
    } catch {
      throw Output.told(error)
    }
  }

  /// What `--report-meta` names, read before any work is done.
  func meta() throws -> ReportMetaFile? {
    guard let reportMeta else { return nil }
    guard !html.isEmpty else {
      throw Output.usageError("--report-meta \(reportMeta): only the HTML report shows it; add --html FILE")
    }
    do {
      return try ReportMetaFile(path: reportMeta)
    } catch {
      throw Output.told(error)
    }
  }

  /// A pack of evidence at `path` that holds the same reports; reads what decided about the audit.
  func pack(
    _ path: String, tree: [String], of result: AuditResult, meta: ReportMetaFile?, failOn: FailureThreshold
  ) throws -> EvidencePack {
    let wanted = [
      ("html", html), ("markdown", markdown), ("junit", junit), ("sarif", sarif), ("csv", csv),
      ("codequality", codequality), ("tree", tree),
    ]
    return EvidencePack(
      path: path, inputs: try EvidenceInputs(of: result), formats: wanted.filter { !$0.1.isEmpty }.map(\.0),
      failOn: failOn, allResults: allResults, junitProfile: junitProfile.rawValue,
      junitGranularity: junitGranularity.rawValue, meta: meta)
  }

  /// Writes every report and the summary, and ends with the audit's exit code; with `hasShownPage` standard output is taken.
  func deliver(
    _ result: AuditResult, trees: [String] = [], metrics: [String] = [], meta: ReportMetaFile?,
    templates: TemplateSet, failOn: FailureThreshold, quiet: Bool, color: ColourChoice,
    hasShownPage: Bool = false
  ) async throws {
    let usesOutput = hasShownPage || (paths + trees + metrics).contains("-")
    do {
      let notices = try await write(
        result, trees: trees, metrics: metrics, meta: meta, templates: templates, failOn: failOn)
      if !quiet { for notice in notices { Output.note("warning: \(notice)") } }
      if annotations { Output.write(try result.annotations()) }
    } catch {
      throw Output.told(error)
    }
    let summary = TextSummary(result, failOn: failOn, style: TextStyle(colour: color.isOn(forOutput: !usesOutput)))
    if !quiet {
      if usesOutput { Output.note(summary.text) } else { Output.write(summary.text) }
    }
    throw ExitCode(result.exitCode(failOn: failOn).rawValue)
  }

  /// A path that ends with `/`, or a directory that is there.
  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return path.hasSuffix("/")
      || FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        && isDirectory.boolValue
  }

  /// Writes every report, several at a time; returns notices for people.
  private func write(
    _ result: AuditResult, trees: [String], metrics: [String], meta: ReportMetaFile?, templates: TemplateSet,
    failOn: FailureThreshold
  ) async throws -> [String] {
    try await withThrowingTaskGroup(of: [String].self) { group in
      for path in metrics {
        group.addTask {
          try result.writeMetrics(to: path, failOn: failOn)
          return []
        }
      }
      for path in trees {
        group.addTask {
          try result.writeTree(to: path)
          return []
        }
      }
      for path in json {
        group.addTask {
          try result.writeJSON(to: path, failOn: failOn, includesAll: allResults)
          return []
        }
      }
      for path in sarif { group.addTask { try result.writeSARIF(to: path, failOn: failOn) } }
      for path in csv {
        group.addTask {
          try result.writeCSV(to: path, includesAll: allResults)
          return []
        }
      }
      for path in codequality {
        group.addTask {
          try result.writeCodeQuality(to: path)
          return []
        }
      }
      if let choice = JUnitChoice(isStrict: junitProfile == .strict, granularity: junitGranularity.rawValue) {
        for path in junit { group.addTask { try result.writeJUnit(to: path, choice) } }
      }
      for path in html where Self.isFolder(path) {
        group.addTask {
          try await result.writeHTMLFolder(to: path, failOn: failOn, meta: meta, templates: templates)
          return []
        }
      }
      if html.contains(where: { !Self.isFolder($0) }) || !markdown.isEmpty {
        group.addTask {
          let page = try result.page(failOn: failOn, meta: meta, templates: templates)
          for path in html where !Self.isFolder(path) { try page.writeHTML(to: path) }
          for path in markdown { try page.writeMarkdown(to: path) }
          return []
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }.sorted()
    }
  }
}
