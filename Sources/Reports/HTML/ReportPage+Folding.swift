extension ReportPage {
  /// The page with half of what it lists, and a notice of it; every rule and every list keeps something.
  func folded(limit: Int) -> ReportPage {
    var page = self
    page.notice =
      "To stay within \(Figures.bytes(Int64(limit))), this page shows a part of the results, versions, aliases and "
      + "lineages only. All are counted, and the JSON and JUnit reports (--json, --junit) hold them."
    page.findings.fold()
    page.undecided.fold()
    page.accepted.fold()
    page.lineage.versions = Self.half(lineage.versions)
    page.checklist?.rows = Self.half(checklist?.rows ?? [])
    page.aliases?.rows = Self.half(aliases?.rows ?? [])
    page.dropDeadLinks()
    return page
  }

  fileprivate static func half<Element>(_ list: [Element]) -> [Element] { Array(list.prefix((list.count + 1) / 2)) }

  /// What led to something that is no longer shown leads nowhere.
  private mutating func dropDeadLinks() {
    var places = Set(lineage.versions.map(\.anchor))
    for list in [findings, undecided, accepted] { places.formUnion(list.groups.flatMap(\.results).map(\.anchor)) }
    guard var rows = checklist?.rows else { return }
    for row in rows.indices {
      if let anchor = rows[row].anchor, !places.contains(anchor) { rows[row].anchor = nil }
      for cell in rows[row].cells.indices {
        if let anchor = rows[row].cells[cell].anchor, !places.contains(anchor) { rows[row].cells[cell].anchor = nil }
      }
    }
    checklist?.rows = rows
  }
}

extension ReportPage.ResultList {
  /// Half of each rule's results, with half of their items.
  fileprivate mutating func fold() {
    for group in groups.indices {
      let results = ReportPage.half(groups[group].results)
      if results.count < groups[group].results.count { groups[group].leftOut = "\(Figures.count(results.count)) shown" }
      groups[group].results = results
      for result in results.indices {
        let details = ReportPage.half(results[result].details)
        guard details.count < results[result].details.count else { continue }
        groups[group].results[result].details = details
        groups[group].results[result].detailsLeftOut = "\(Figures.count(details.count)) shown"
        groups[group].results[result].command = []
      }
    }
  }
}
