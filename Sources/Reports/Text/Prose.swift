/// Words as rules write them, with code in backticks.
enum Prose {
  /// `text` cut at its backticks; an unpaired one stays as it is.
  ///
  /// A text longer than is ever shown stays whole, since looking through it is slow.
  static func spans(_ text: String) -> [ReportPage.Span] {
    let pieces = text.utf8.count > VisibleText.limit ? [] : text.split(separator: "`", omittingEmptySubsequences: false)
    guard pieces.count > 2 else { return text.isEmpty ? [] : [ReportPage.Span(text: text, isCode: false)] }
    var spans: [ReportPage.Span] = []
    for (index, piece) in pieces.enumerated() {
      let isUnpaired = pieces.count.isMultiple(of: 2) && index == pieces.count - 1
      let text = isUnpaired ? "`" + piece : String(piece)
      if !text.isEmpty { spans.append(ReportPage.Span(text: text, isCode: !isUnpaired && !index.isMultiple(of: 2))) }
    }
    return spans
  }

  /// A paragraph of our own, folded to one line.
  static func paragraph(_ text: String) -> [ReportPage.Span] {
    spans(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }
}
