/// Marks that git leaves in a text where two branches changed the same lines.
enum ConflictMarks {
  /// The line of the first mark, from 1; nil when both ends of no conflict are there.
  static func firstLine(in bytes: [UInt8]) -> Int? {
    let start = Array("<<<<<<< ".utf8)
    let end = Array(">>>>>>> ".utf8)
    var first: Int?
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if first == nil, line.starts(with: start) { first = index + 1 }
      if first != nil, line.starts(with: end) { return first }
    }
    return nil
  }
}
