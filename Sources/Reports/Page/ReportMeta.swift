/// What people say of an audit beside its results: for whom and by whom it was made, and who signs it.
package struct ReportMeta: Sendable, Hashable, Codable {
  package var organisation: String?
  package var engagement: String?
  package var auditor: String?
  package var period: String?
  /// How the report may be passed on: `internal`, `confidential`.
  package var classification: String?
  /// A line to sign on for each: `prepared by`, `Grace Hopper, Model Risk`.
  package var signOff: [String] = []

  package init() {}
}

extension ReportPage {
  /// What people say of the audit, as it is shown.
  struct Meta: Sendable {
    let rows: [Row]
    let classification: String?
    let signOff: [String]

    struct Row: Sendable {
      let label: String
      let value: String
    }
  }
}

extension PageBuilder {
  var meta: ReportPage.Meta? {
    guard let meta = facts.meta else { return nil }
    let rows = [
      ("Organisation", meta.organisation), ("Engagement", meta.engagement), ("Auditor", meta.auditor),
      ("Period", meta.period), ("Classification", meta.classification),
    ]
    return ReportPage.Meta(
      rows: rows.compactMap { label, value in value.map { ReportPage.Meta.Row(label: label, value: name($0)) } },
      classification: meta.classification.map(name), signOff: meta.signOff.map(name))
  }
}

extension ReportMeta {
  /// A style that puts `classification` on every printed page.
  ///
  /// Every character is written as its number: whatever the text, it stays one string of the style.
  static func style(classification: String?) -> String {
    guard let classification else { return "" }
    let text = VisibleText.line(classification, limit: 100).unicodeScalars.map { scalar in
      let hex = String(scalar.value, radix: 16)
      return "\\" + String(repeating: "0", count: 6 - hex.count) + hex
    }
    return "\n@page { @top-right { content: \"\(text.joined())\"; font: 8pt sans-serif; color: #57616c; } }\n"
  }
}
