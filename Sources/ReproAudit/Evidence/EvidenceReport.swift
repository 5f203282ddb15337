import Reports

/// The reports that a pack holds: written with it, and again when it is verified.
enum EvidenceReport {
  enum Format: String, Sendable, Hashable, Codable, CaseIterable {
    case json, html, markdown, junit, sarif, csv, codequality, tree

    /// What the member is called.
    var member: String {
      switch self {
      case .json: "reports/report.json"
      case .html: "reports/report.html"
      case .markdown: "reports/report.md"
      case .junit: "reports/junit.xml"
      case .sarif: "reports/report.sarif"
      case .csv: "reports/findings.csv"
      case .codequality: "reports/codequality.json"
      case .tree: "reports/tree.txt"
      }
    }
  }

  /// What reports say depends on these besides the audit.
  struct Settings: Sendable, Hashable, Codable {
    let failOn: String
    let allResults: Bool
    let junitProfile: String
    let junitGranularity: String
    let meta: ReportMeta?
  }
}

extension AuditResult {
  /// Writes one report to `path`; false when `settings` are none that a scan has.
  func write(_ format: EvidenceReport.Format, _ settings: EvidenceReport.Settings, to path: String) throws -> Bool {
    guard let failOn = FailureThreshold(rawValue: settings.failOn),
      let junit = JUnitChoice(isStrict: settings.junitProfile == "strict", granularity: settings.junitGranularity),
      ["strict", "rich"].contains(settings.junitProfile)
    else { return false }
    switch format {
    case .json: try writeJSON(to: path, failOn: failOn, includesAll: settings.allResults)
    case .html: try page(failOn: failOn, meta: settings.meta.map(ReportMetaFile.init)).writeHTML(to: path)
    case .markdown: try page(failOn: failOn, meta: settings.meta.map(ReportMetaFile.init)).writeMarkdown(to: path)
    case .junit: _ = try writeJUnit(to: path, junit)
    case .sarif: _ = try writeSARIF(to: path, failOn: failOn)
    case .csv: try writeCSV(to: path, includesAll: settings.allResults)
    case .codequality: try writeCodeQuality(to: path)
    case .tree: try writeTree(to: path)
    }
    return true
  }
}
