/// A comparison as a page for people, shortened until it fits.
package enum ComparisonReport {
  /// Rows of each kind that one topic shows at first.
  private static let mostRows = 500

  /// Renders `diff.html`: one file that needs nothing else.
  package static func html(
    _ comparison: Comparison, tool: String, version: String, templates: ReportTemplates
  ) throws(ReportTemplateError) -> String {
    try fitting(HTMLReport.limit) { most throws(ReportTemplateError) in
      let page = ComparisonPage(comparison, tool: tool, version: version, most: most)
      return try HTMLReport.whole(TemplateData.fields(of: page), template: "diff.html", scriptFolder: nil, templates)
    }
  }

  /// Renders `diff.md`, for a step summary or a merge request.
  package static func markdown(
    _ comparison: Comparison, tool: String, version: String, templates: ReportTemplates
  ) throws(ReportTemplateError) -> String {
    try fitting(MarkdownReport.limit) { most throws(ReportTemplateError) in
      let page = ComparisonPage(comparison, tool: tool, version: version, most: most)
      return try templates.render(TemplateData.fields(of: page), template: "diff.md")
    }
  }

  private static func fitting(
    _ limit: Int, _ render: (Int) throws(ReportTemplateError) -> String
  ) throws(ReportTemplateError) -> String {
    var most = mostRows
    var text = try render(most)
    while text.utf8.count > limit, most > 1 {
      most /= 2
      text = try render(most)
    }
    return text
  }
}
