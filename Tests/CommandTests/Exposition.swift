import Foundation

/// A strict reader of Prometheus' text exposition format 0.0.4: what its grammar does not allow is an error.
struct Exposition {
  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var types: [String: String] = [:]
  private(set) var helps: [String: String] = [:]
  /// Samples in order, as `name{label="value"}` with labels as written.
  private(set) var samples: [(name: String, labels: [String: String], value: Double)] = []

  init(_ text: String) throws {
    guard text.isEmpty || text.hasSuffix("\n") else { throw Mistake(description: "the last line has no end") }
    var closed: Set<String> = []
    var current: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      func fail(_ why: String) -> Mistake { Mistake(description: "\(why): \(line)") }
      let name: String
      if line.hasPrefix("#") {
        let words = line.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
        guard words.count == 4, words[0] == "#", Self.isName(words[2]) else { throw fail("no comment of the format") }
        name = words[2]
        switch words[1] {
        case "HELP":
          guard helps.updateValue(words[3], forKey: name) == nil else { throw fail("a second HELP") }
        case "TYPE":
          guard ["gauge", "counter", "untyped"].contains(words[3]) else { throw fail("no type") }
          guard types.updateValue(words[3], forKey: name) == nil else { throw fail("a second TYPE") }
          guard !samples.contains(where: { $0.name == name }) else { throw fail("TYPE after a sample") }
        default: throw fail("no HELP and no TYPE")
        }
      } else {
        let sample = try Self.sample(line)
        name = sample.name
        guard types[name] != nil, helps[name] != nil else { throw fail("no HELP or TYPE before it") }
        guard !samples.contains(where: { $0.name == name && $0.labels == sample.labels }) else {
          throw fail("the same series twice")
        }
        samples.append(sample)
      }
      if let current, current != name { closed.insert(current) }
      guard !closed.contains(name) else { throw fail("the lines of one metric are apart") }
      current = name
    }
  }

  /// The value of one series; nil when there is none.
  func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    samples.first { $0.name == "repro_audit_" + name && $0.labels == labels }?.value
  }

  private static func isName(_ text: String) -> Bool { text.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil }

  private static func sample(_ line: Substring) throws -> (name: String, labels: [String: String], value: Double) {
    func fail(_ why: String) -> Mistake { Mistake(description: "\(why): \(line)") }
    var rest = Array(line.unicodeScalars)[...]
    func take(_ isPart: (Unicode.Scalar) -> Bool) -> String {
      let part = rest.prefix(while: isPart)
      rest = rest.dropFirst(part.count)
      return String(String.UnicodeScalarView(part))
    }
    let name = take { $0 != "{" && $0 != " " }
    guard isName(name) else { throw fail("no metric name") }
    var labels: [String: String] = [:]
    if rest.first == "{" {
      repeat {
        rest = rest.dropFirst()
        let label = take { $0 != "=" }
        guard label.wholeMatch(of: /[a-zA-Z_][a-zA-Z0-9_]*/) != nil, rest.starts(with: "=\"".unicodeScalars) else {
          throw fail("no label")
        }
        rest = rest.dropFirst(2)
        var value = ""
        while let scalar = rest.first, scalar != "\"" {
          rest = rest.dropFirst()
          guard scalar == "\\" else {
            value.unicodeScalars.append(scalar)
            continue
          }
          switch rest.popFirst() {
          case "\\": value += "\\"
          case "n": value += "\n"
          case "\"": value += "\""
          default: throw fail("no escape")
          }
        }
        guard rest.popFirst() == "\"", labels.updateValue(value, forKey: label) == nil else { throw fail("no value") }
      } while rest.first == ","
      guard rest.popFirst() == "}" else { throw fail("labels do not end") }
    }
    guard rest.popFirst() == " ", let value = Double(String(String.UnicodeScalarView(rest))) else {
      throw fail("no number")
    }
    return (name, labels, value)
  }
}
