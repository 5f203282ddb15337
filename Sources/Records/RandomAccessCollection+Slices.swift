extension RandomAccessCollection where Index == Int {
  /// The elements in their order, in at most `count` parts of the same size but for the last: one for each of so many jobs.
  public func slices(_ count: Int) -> [SubSequence] {
    let size = Swift.max(1, (self.count + count - 1) / Swift.max(1, count))
    return stride(from: startIndex, to: endIndex, by: size).map { self[$0..<Swift.min($0 + size, endIndex)] }
  }
}
