/// The report for a step summary or a merge request: shortened in steps until it fits.
package enum MarkdownReport {
  /// Bytes within GitHub's 1 MiB a step, with some room for other tools' output.
  package static let limit = 1_000_000

  /// Renders `report.md`; the same page gives the same bytes.
  ///
  /// Over `limit` bytes only failures without details are shown, then only counts; the report says what it left out.
  package static func render(
    _ page: ReportPage, templates: ReportTemplates, limit: Int = limit
  ) throws(ReportTemplateError) -> String {
    var text = ""
    for extent in Extent.allCases {
      let shortened = page.shortened(to: extent, limit: limit)
      text = try templates.render(TemplateData.fields(of: shortened), template: "report.md")
      if text.utf8.count <= limit { break }
    }
    return text
  }

  /// How much of a page is shown, from all to least.
  enum Extent: Sendable, CaseIterable {
    case everything, failures, counts
  }
}

extension ReportPage {
  /// Entries that lists keep where only counts are shown.
  private static let fewest = 10

  /// The page with what does not fit taken out, and a notice of it.
  func shortened(to extent: MarkdownReport.Extent, limit: Int) -> ReportPage {
    var page = self
    switch extent {
    case .everything: return page
    case .failures:
      page.notice =
        "To stay within \(Figures.bytes(Int64(limit))), details, lineage, undecided and accepted results are left "
        + "out. The HTML, JSON and JUnit reports hold them."
      page.findings.dropDetails()
      page.undecided.groups = []
      page.accepted.groups = []
      page.lineage.versions = []
    case .counts:
      page.notice =
        "To stay within \(Figures.bytes(Int64(limit))), only counts are shown. The HTML, JSON and JUnit reports hold "
        + "every finding, the checklist and the lineage."
      page.findings.groups = []
      page.undecided.groups = []
      page.accepted.groups = []
      page.lineage.versions = []
      page.checklist = nil
      page.aliases = nil
      page.scope.keep(Self.fewest)
    }
    return page
  }
}

extension ReportPage.ResultList {
  fileprivate mutating func dropDetails() {
    for group in groups.indices {
      for result in groups[group].results.indices {
        groups[group].results[result].details = []
        groups[group].results[result].detailsLeftOut = nil
      }
    }
  }
}

extension ReportPage.Scope {
  fileprivate mutating func keep(_ count: Int) {
    let stores = stores.count
    self.stores = Array(self.stores.prefix(count))
    if stores > count { storesLeftOut = "and \(Figures.count(stores - count, "more store"))" }
    excluded = Array(excluded.prefix(count))
    undecided = Array(undecided.prefix(count))
  }
}
