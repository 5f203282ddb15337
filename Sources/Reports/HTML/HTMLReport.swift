import Crypto
import FoundationEssentials

/// The report for people: one HTML file that needs no network and runs no code.
package enum HTMLReport {
  /// Renders `report.html` with `page.css` inside; the same page gives the same bytes.
  package static func render(_ page: ReportPage, templates: ReportTemplates) throws(ReportTemplateError) -> String {
    // Browsers hash what they parsed, and parsing turns CR LF into LF.
    let style = try templates.raw("page.css").split(separator: "\r\n", omittingEmptySubsequences: false).joined(
      separator: "\n")
    var fields = TemplateData.fields(of: page)
    fields["style"] = style
    fields["styleDigest"] = digest(of: style)
    return try templates.render(fields, as: .html)
  }

  /// As a Content-Security-Policy names a text that a page may use.
  static func digest(of text: String) -> String {
    "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
