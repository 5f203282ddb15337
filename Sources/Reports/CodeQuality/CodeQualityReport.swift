import AuditDatabase
import Records

/// Findings as GitLab shows them in merge requests: its code quality JSON; see docs/formats/codequality.md.
package struct CodeQualityReport {
  private let paths: ReportPaths
  /// The one scanned directory's name; nil where there are several.
  private let root: String?
  private static let descriptionLimit = 1_000

  package init(paths: ReportPaths, root: String?) {
    self.paths = paths
    self.root = root
  }

  /// Writes findings and undecided results; what is accepted would be shown as open, and is left out.
  package func write(to file: ReportFile, results: ListedResults) throws {
    var json = JSONWriter(file)
    try json.array { json in
      try results { result in
        guard let severity = Self.severity(of: result) else { return }
        for item in FlaggedItem.of(result, below: root) { try write(item, severity, &json) }
      }
    }
    try file.write("\n")
    try file.finish()
  }

  private func write(_ item: FlaggedItem, _ severity: String, _ json: inout JSONWriter) throws {
    let place = paths.place(of: item)
    try json.object { json in
      try json.field("description", item.sentence(limit: Self.descriptionLimit))
      try json.field("check_name", VisibleText.line(item.result.rule))
      try json.field("fingerprint", item.fingerprint)
      try json.field("severity", severity)
      try json.key("location")
      try json.object { json in
        try json.field("path", VisibleText.line(place.path))
        try json.key("lines")
        try json.object { try $0.field("begin", place.line ?? 1) }
      }
    }
  }

  /// Nil for what is no finding; GitLab knows info, minor, major, critical and blocker.
  private static func severity(of result: RuleResult) -> String? {
    switch (result.outcome, result.severity) {
    case (.fail, .error): "critical"
    case (.fail, .warning), (.unverified, .error): "major"
    case (.fail, .note): "info"
    case (.unverified, _): "minor"
    case (.pass, _), (.waived, _), (.baselined, _), (.notApplicable, _): nil
    }
  }
}
