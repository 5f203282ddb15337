import AuditDatabase
import Records

/// Findings for spreadsheets: a row a flagged item, by RFC 4180 in UTF-8; see docs/formats/csv.md.
package struct CSVReport {
  private let titles: [String: String]
  /// The one scanned directory's name; nil where there are several.
  private let root: String?

  package init(rules: [RuleDescription], root: String?) {
    titles = Dictionary(rules.map { ($0.id, $0.title) }) { first, _ in first }
    self.root = root
  }

  static let columns = [
    "outcome", "severity", "rule", "title", "store", "kind", "subject", "item", "message", "path", "line", "aliases",
    "accepted", "fingerprint",
  ]

  /// Writes what `results` gives to `file`, which appears only when it is complete.
  package func write(to file: ReportFile, results: ListedResults) throws {
    try file.write(Self.columns.joined(separator: ",") + "\r\n")
    try results { result in
      for item in FlaggedItem.of(result, below: root) {
        try file.write(cells(item).joined(separator: ",") + "\r\n")
      }
    }
    try file.finish()
  }

  private func cells(_ item: FlaggedItem) -> [String] {
    let result = item.result
    let texts: [String?] = [
      result.outcome.rawValue, result.severity.rawValue, result.rule, titles[result.rule], result.subject.store,
      result.subject.kind.rawValue, result.subject.name, item.item, item.message, item.path ?? result.subjectPath,
    ]
    let accepted = result.acceptances.map { AcceptanceText.line($0, of: result) }.joined(separator: " / ")
    return texts.map(Self.cell) + [item.line.map(String.init) ?? ""]
      + [result.reaches.joined(separator: " "), accepted, item.fingerprint].map(Self.cell)
  }

  private static func cell(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "" }
    return CSVText.quoted(CSVText.guarded(VisibleText.line(text)))
  }
}
