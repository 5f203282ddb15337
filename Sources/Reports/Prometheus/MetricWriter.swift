/// Writes the text exposition format of Prometheus, version 0.0.4.
struct MetricWriter {
  private(set) var text = ""
  private var name = ""

  /// Begins a family of gauges; its samples come next.
  mutating func gauge(_ name: String, _ help: String) {
    self.name = name
    text += "# HELP \(name) \(Self.escaped(help))\n# TYPE \(name) gauge\n"
  }

  mutating func sample(_ value: Int64, _ labels: [(name: String, value: String)] = []) { add(labels, String(value)) }

  mutating func sample(decimal value: Double) { add([], "\(value)") }

  private mutating func add(_ labels: [(name: String, value: String)], _ value: String) {
    let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    text += name + (pairs.isEmpty ? "" : "{\(pairs)}") + " \(value)\n"
  }

  /// A line feed and a backslash may not stand as they are, in label values nor a quote; all else may.
  static func escaped(_ text: String, quotes: Bool = false) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The value of the only sample of `name` in an earlier exposition.
  static func value(of name: String, in text: String) -> Double? {
    // Only a line feed ends a line: whatever else stands in a label of an earlier file begins none.
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) where line.starts(with: (name + " ").utf8) {
      return Double(String(decoding: line.dropFirst(name.utf8.count + 1), as: UTF8.self))
    }
    return nil
  }
}
