import AuditDatabase
import Records
import Reports

/// A reproducibility report of one page, for a version, an alias or a run.
public struct LoadedOnePage: Sendable {
  let facts: OnePageFacts
  let templates: ReportTemplates

  /// `result` is restricted to the subject; nil when it is of another scan than what is known of the subject.
  public init?(
    of subject: OnePageSubject, in result: AuditResult, failOn: FailureThreshold, templates: TemplateSet = .builtIn
  ) throws {
    guard result.scanID == subject.scanID else { return nil }
    facts = try OnePageLoader(result: result, subject: subject, failOn: failOn).page()
    self.templates = templates.templates
  }

  public func writeHTML(to path: String) throws {
    try AuditResult.write(to: path) { try OnePageReport.html(facts, templates: templates) }
  }

  public func writeMarkdown(to path: String) throws {
    try AuditResult.write(to: path) { try OnePageReport.markdown(facts, templates: templates) }
  }
}
