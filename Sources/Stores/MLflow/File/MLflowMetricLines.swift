/// Reads a metric's file: a line for each value that was logged, `<milliseconds> <value> [<step> …]`.
enum MLflowMetricLines {
  /// The value in force, and where it stands.
  struct Best {
    let value: Double
    let text: String
    let step: Int64
    let time: Int64
    let line: Int
  }

  /// The value of the greatest step, then time, then value, as MLflow takes it; and the first line that is none.
  static func read(_ bytes: [UInt8]) -> (best: Best?, brokenLine: Int?) {
    var best: Best?
    var broken: Int?
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.isEmpty { continue }
      guard let read = self.line(line, number: number) else {
        broken = broken ?? number
        continue
      }
      if let known = best, !isLater(read, than: known) { continue }
      best = read
    }
    // An empty file was opened and never written.
    return (best, best == nil && broken == nil ? 1 : broken)
  }

  private static func line(_ bytes: ArraySlice<UInt8>, number: Int) -> Best? {
    let fields = bytes.split(separator: UInt8(ascii: " "))
    guard fields.count >= 2, fields.count <= 6, let time = integer(fields[0]) else { return nil }
    // Old stores have no steps.
    guard let step = fields.count > 2 ? integer(fields[2]) : 0 else { return nil }
    let text = String(decoding: fields[1], as: UTF8.self)
    guard let value = Double(text) else { return nil }
    return Best(value: value, text: text, step: step, time: time, line: number)
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> Int64? { Int64(String(decoding: bytes, as: UTF8.self)) }

  private static func isLater(_ one: Best, than other: Best) -> Bool {
    if one.step != other.step { return one.step > other.step }
    if one.time != other.time { return one.time > other.time }
    return one.value >= other.value || other.value.isNaN
  }
}
