/// Words as rules write them, with code in backticks.
enum Prose {
  /// `text` cut at its backticks; an unpaired one stays as it is.
  ///
  /// A text longer than is ever shown stays whole, since looking through it is slow.
  static func spans(_ text: String) -> [ReportPage.Span] {
    guard text.utf8.count <= VisibleText.limit, text.utf8.contains(UInt8(ascii: "`")) else { return plain(text) }
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    guard pieces.count > 2 else { return plain(text) }
    var spans: [ReportPage.Span] = []
    for (index, piece) in pieces.enumerated() {
      let isUnpaired = pieces.count.isMultiple(of: 2) && index == pieces.count - 1
      let text = isUnpaired ? "`" + piece : String(piece)
      let isCode = !isUnpaired && !index.isMultiple(of: 2)
      spans += isCode ? [ReportPage.Span(text: text, isCode: true)] : plain(text)
    }
    return spans
  }

  /// Text without backticks, its digests as code.
  private static func plain(_ text: String) -> [ReportPage.Span] {
    var spans: [ReportPage.Span] = []
    var plain = text[...]
    while let digest = text.utf8.count > VisibleText.limit ? nil : firstDigest(in: plain) {
      if digest.startIndex > plain.startIndex {
        spans.append(ReportPage.Span(text: String(plain[..<digest.startIndex]), isCode: false))
      }
      spans.append(ReportPage.Span(text: String(digest), isCode: true))
      plain = plain[digest.endIndex...]
    }
    if !plain.isEmpty { spans.append(ReportPage.Span(text: String(plain), isCode: false)) }
    return spans
  }

  /// The first run of 32 hexadecimal digits or more, with the algorithm before it.
  private static func firstDigest(in text: Substring) -> Substring? {
    guard mayHoldDigest(text) else { return nil }
    return text.split(separator: " ").lazy.map { $0.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ":") } }
      .first {
        let digits = $0.split(separator: ":").last ?? ""
        return digits.utf8.count >= 32 && digits.allSatisfy(\.isHexDigit)
      }
  }

  /// Whether so many letters and digits of such a number stand together; nearly no text holds them.
  private static func mayHoldDigest(_ text: Substring) -> Bool {
    var run = 0
    for byte in text.utf8 {
      let isDigit =
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
      run = isDigit ? run + 1 : 0
      if run == 32 { return true }
    }
    return false
  }

  /// A paragraph of our own, folded to one line.
  static func paragraph(_ text: String) -> [ReportPage.Span] {
    spans(folded(text))
  }

  /// Each run of white space as one space, none at either end.
  private static func folded(_ text: String) -> String {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
      return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    // By bytes: every page of a large report folds what every rule says.
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      let isSpace = byte == 0x20 || 0x09...0x0D ~= byte
      if !isSpace { bytes.append(byte) } else if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
