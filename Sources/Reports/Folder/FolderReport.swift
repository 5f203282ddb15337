import Crypto
import Records

/// A report in many files: an index with the verdict, and a page for each model.
package enum FolderReport {
  package static let index = "index.html"

  /// One page as the index lists it.
  package struct Entry: Sendable {
    package let name: String
    package let file: String
    package var versions = 0
    package var findings: [Severity: Int] = [:]
    package var undecided = 0
    package var accepted = 0

    package init(name: String, file: String) {
      self.name = name
      self.file = file
    }

    package var results: Int { findings.values.reduce(undecided + accepted, +) }

    package mutating func count(_ result: RuleResult) {
      switch result.outcome {
      case .fail: findings[result.severity, default: 0] += 1
      case .unverified: undecided += 1
      case .waived, .baselined: accepted += 1
      case .pass, .notApplicable: break
      }
    }
  }

  /// The same for the same model in every scan; what belongs to no model is on a page of its own.
  package static func file(of model: String?) -> String {
    guard let model else { return "other.html" }
    let digest = SHA256.hash(data: Array(model.utf8)).prefix(6).hexadecimal
    return "model-\(digest).html"
  }

  /// Whether a file is one that such a report writes, so that one of an earlier report may go.
  package static func isPage(_ name: String) -> Bool {
    name == "other.html" || name.wholeMatch(of: /model-[0-9a-f]{12}\.html/) != nil
  }

  /// Renders `model.html`; over the limit of one file it shows less until it fits.
  package static func page(
    _ page: ReportPage, name: String, templates: ReportTemplates
  ) throws(ReportTemplateError) -> String {
    var page = page
    var text = ""
    for _ in 0..<mostFolds {
      var fields = TemplateData.fields(of: page)
      fields["home"] = index
      fields["name"] = VisibleText.line(name, limit: PageBuilder.nameLimit)
      text = try HTMLReport.whole(fields, template: "model.html", templates)
      guard text.utf8.count > HTMLReport.limit else { break }
      page = page.folded(limit: HTMLReport.limit)
    }
    return text
  }

  /// Renders `index.html`; `page` holds no results, which are on the other pages.
  package static func index(
    _ page: ReportPage, entries: [Entry], search: SearchIndex, templates: ReportTemplates
  ) throws(ReportTemplateError) -> String {
    let pages = entries.map { entry -> [String: Any] in
      [
        "name": VisibleText.line(entry.name, limit: PageBuilder.nameLimit), "file": entry.file,
        "versions": Figures.count(entry.versions), "errors": Figures.count(entry.findings[.error] ?? 0),
        "warnings": Figures.count(entry.findings[.warning] ?? 0), "notes": Figures.count(entry.findings[.note] ?? 0),
        "undecided": Figures.count(entry.undecided), "accepted": Figures.count(entry.accepted),
      ]
    }
    let json = search.json
    var page = page
    var text = ""
    for _ in 0..<mostFolds {
      var fields = TemplateData.fields(of: page)
      fields["pages"] = pages
      fields["searchIndex"] = json
      if search.leftOut > 0 { fields["searchLeftOut"] = Figures.count(search.leftOut, "more result") }
      text = try HTMLReport.whole(fields, template: "index.html", scriptFolder: "index/", templates)
      guard text.utf8.count > HTMLReport.limit else { break }
      page = page.folded(limit: HTMLReport.limit)
    }
    return text
  }

  private static let mostFolds = 12
}
