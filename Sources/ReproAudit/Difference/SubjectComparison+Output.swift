import Records
import Reports

extension SubjectComparison {
  /// Writes the comparison as `repro-audit/comparison/1`; see docs/diff.md.
  public func writeJSON(to path: String = "-") throws {
    try AuditResult.writing { try ComparisonJSON.write(comparison, to: ReportFile(path: path)) }
  }

  /// Writes one HTML file that needs nothing else.
  public func writeHTML(to path: String, templates: TemplateSet = .builtIn) throws {
    try AuditResult.write(to: path) {
      try ComparisonReport.html(
        comparison, tool: ProductVersion.name, version: toolVersion, templates: templates.templates)
    }
  }

  public func writeMarkdown(to path: String, templates: TemplateSet = .builtIn) throws {
    try AuditResult.write(to: path) {
      try ComparisonReport.markdown(
        comparison, tool: ProductVersion.name, version: toolVersion, templates: templates.templates)
    }
  }
}
