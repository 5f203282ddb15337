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
    Self.fold(&page.lineage.versions, &page.lineage.leftOut)
    if var list = checklist {
      Self.fold(&list.rows, &list.leftOut)
      page.checklist = list
    }
    if var table = aliases {
      Self.fold(&table.rows, &table.leftOut)
      page.aliases = table
    }
    page.dropDeadLinks()
    return page
  }

  fileprivate static func half<Element>(_ list: [Element]) -> [Element] { Array(list.prefix((list.count + 1) / 2)) }

  /// Half of a list; the figures of what its end said are those of before.
  private static func fold<Element>(_ list: inout [Element], _ leftOut: inout String?) {
    let rest = half(list)
    if rest.count < list.count { leftOut = "not all are shown here; the notice at the top says where they are" }
    list = rest
  }

  /// `10 of 134 shown`, where `20 of 134 shown` stood, or all 134.
  fileprivate static func part(_ shown: Int, of before: Int, _ said: String?) -> String {
    let total = said.flatMap { said in said.firstRange(of: " of ").map { String(said[$0.lowerBound...]) } }
    return Figures.count(shown) + (total ?? " of \(Figures.count(before)) shown")
  }

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
      let all = groups[group].results.count
      if results.count < all {
        groups[group].leftOut = ReportPage.part(results.count, of: all, groups[group].leftOut)
      }
      groups[group].results = results
      for result in results.indices {
        let details = ReportPage.half(results[result].details)
        let all = results[result].details.count
        guard details.count < all else { continue }
        groups[group].results[result].details = details
        groups[group].results[result].detailsLeftOut = ReportPage.part(
          details.count, of: all, results[result].detailsLeftOut)
        groups[group].results[result].command = []
      }
    }
  }
}
