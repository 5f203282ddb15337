import Crypto
import FoundationEssentials

/// The report for people: one HTML file that needs no network and runs no code but its own.
package enum HTMLReport {
  /// Renders `report.html` with `page.css` and the scripts inside; the same page gives the same bytes.
  ///
  /// Over `limit` bytes it shows less until it fits, and says so; what passes is only ever counted.
  package static func render(
    _ page: ReportPage, templates: ReportTemplates, limit: Int = limit
  ) throws(ReportTemplateError) -> String {
    var page = page
    var text = try whole(page, templates)
    for _ in 0..<mostFolds where text.utf8.count > limit {
      page = page.folded(limit: limit)
      text = try whole(page, templates)
    }
    return text
  }

  /// Bytes of one file that browsers open at once and mail servers take.
  package static let limit = 10_000_000
  private static let mostFolds = 12

  private static func whole(_ page: ReportPage, _ templates: ReportTemplates) throws(ReportTemplateError) -> String {
    try whole(
      TemplateData.fields(of: page), template: "report.html",
      style: ReportMeta.style(classification: page.meta?.classification), templates)
  }

  /// Renders one page with the style, `style` after it, and the scripts of a folder, inside.
  static func whole(
    _ fields: [String: Any], template: String, style own: String = "", scriptFolder: String? = "script/",
    _ templates: ReportTemplates
  ) throws(ReportTemplateError) -> String {
    let style = try raw("page.css", templates) + own
    // An element each, so that a mistake in one does not stop the others.
    let scripts = try (scriptFolder.map(templates.names) ?? []).map { name throws(ReportTemplateError) in
      try raw(name, templates)
    }
    var fields = fields
    fields["style"] = style
    fields["styleDigest"] = digest(of: style)
    fields["scripts"] = scripts
    fields["scriptDigests"] =
      scripts.isEmpty ? "'none'" : scripts.map { "'\(digest(of: $0))'" }.joined(separator: " ")
    return try templates.render(fields, template: template)
  }

  /// Browsers hash what they parsed, and parsing turns CR LF into LF.
  private static func raw(_ name: String, _ templates: ReportTemplates) throws(ReportTemplateError) -> String {
    let text = try templates.raw(name)
    guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
    return text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
  }

  /// As a Content-Security-Policy names a text that a page may use.
  static func digest(of text: String) -> String {
    "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
