/// The lines of a requirements file in pip's order: first joined at `\`, then freed of comments.
package struct LogicalLines: IteratorProtocol, Sequence {
  private let bytes: [UInt8]
  private var index = 0
  private var number = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package mutating func next() -> LogicalLine? {
    var joined: [UInt8] = []
    var first = 0
    var lastPiece = 0
    while let range = physical() {
      let isComment = isComment(range)
      if !isComment, range.upperBound > range.lowerBound, bytes[range.upperBound - 1] == 0x5C {
        if first == 0 { first = number }
        lastPiece = joined.count
        joined += bytes[withoutBackslashes(range)]
        continue
      }
      if first == 0 {
        if isComment, isFreezeNote(range) {
          let text = PythonWhitespace.trim(bytes, range)
          return LogicalLine(bytes: Array(bytes[text]), number: number, isFreezeNote: true, swallows: false)
        }
        if isComment { continue }
        if let line = finished(bytes, range, number: number, lastPiece: range.lowerBound) { return line }
        continue
      }
      // The blank makes the comment one even behind a word.
      if isComment { joined.append(0x20) }
      lastPiece = joined.count
      joined += bytes[range]
      if let line = finished(joined, 0..<joined.count, number: first, lastPiece: isComment ? 0 : lastPiece) {
        return line
      }
      joined.removeAll(keepingCapacity: true)
      first = 0
    }
    return first == 0 ? nil : finished(joined, 0..<joined.count, number: first, lastPiece: lastPiece)
  }

  /// Where the next line of the file is, without its end.
  private mutating func physical() -> Range<Int>? {
    guard index < bytes.count else { return nil }
    number += 1
    let start = index
    while index < bytes.count {
      let length = PythonWhitespace.lineEnd(bytes, at: index)
      if length > 0 {
        defer { index += length }
        return start..<index
      }
      index += 1
    }
    return start..<index
  }

  private func withoutBackslashes(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, bytes[end - 1] == 0x5C { end -= 1 }
    while start < end, bytes[start] == 0x5C { start += 1 }
    return start..<end
  }

  /// The line without its comment; nil when nothing is left of it.
  private func finished(_ line: [UInt8], _ range: Range<Int>, number: Int, lastPiece: Int) -> LogicalLine? {
    let start = commentStart(line, range)
    let text = PythonWhitespace.trim(line, range.lowerBound..<(start ?? range.upperBound))
    let swallows =
      start.map { $0 < lastPiece && !PythonWhitespace.trim(line, lastPiece..<line.count).isEmpty } ?? false
    if text.isEmpty, !swallows { return nil }
    return LogicalLine(bytes: Array(line[text]), number: number, isFreezeNote: false, swallows: swallows)
  }

  /// Whether the line is nothing but a comment.
  private func isComment(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      let length = PythonWhitespace.space(bytes, at: place, end: range.upperBound)
      if length == 0 { return bytes[place] == 0x23 }
      place += length
    }
    return false
  }

  /// Where a comment starts: a `#` in front or behind white space, so that `url#egg=x` holds none.
  private func commentStart(_ line: [UInt8], _ range: Range<Int>) -> Int? {
    for place in range where line[place] == 0x23 {
      if place == range.lowerBound || PythonWhitespace.spaceBefore(line, end: place, start: range.lowerBound) > 0 {
        return place
      }
    }
    return nil
  }

  /// `# Editable install with no version control (x==1.0)` and its like.
  private func isFreezeNote(_ range: Range<Int>) -> Bool {
    bytes[range].starts(with: "# Editable ".utf8) && bytes[range].contains(0x28)
  }
}
