import Foundation
import Hashing
import Testing

/// One `##` section of a case file: a small store and the outcomes its subjects must get.
struct RuleCase: Sendable, CustomTestStringConvertible {
  enum Entry: Sendable {
    case file(path: String, text: String)
    case link(path: String, target: String)
    case repository(path: String, files: [(name: String, text: String)])
  }

  struct Expectation: Sendable {
    let kind: String
    let subject: String
    let outcome: String
    /// Flagged items; nil when the case does not say.
    let items: [String]?
    let line: Int

    /// `remedied version m@1.0.0` is about the version.
    var afterwards: Expectation {
      let parts = subject.split(separator: " ", maxSplits: 1).map(String.init)
      return Expectation(kind: parts[0], subject: parts.last ?? "", outcome: outcome, items: items, line: line)
    }
  }

  let rule: String
  let name: String
  let entries: [Entry]
  let expectations: [Expectation]
  /// What the rule must say once its `remedy_command` was run for every flagged item of the subject.
  let remedied: [Expectation]

  var testDescription: String { "\(rule): \(name)" }

  /// All cases of the case files beside this source.
  static let all: [RuleCase] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }.flatMap(read)
  }()

  private static func read(_ url: URL) -> [RuleCase] {
    let rule = url.deletingPathExtension().lastPathComponent
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    var cases: [RuleCase] = []
    var name: String?
    var entries: [Entry] = []
    var expectations: [Expectation] = []
    var fence: (info: String, lines: [String])?
    func close() {
      let remedied = expectations.filter { $0.kind == "remedied" }.map(\.afterwards)
      expectations.removeAll { $0.kind == "remedied" }
      if let name {
        cases.append(
          RuleCase(rule: rule, name: name, entries: entries, expectations: expectations, remedied: remedied))
      }
      entries = []
      expectations = []
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).enumerated() {
      if let open = fence {
        if line == "```" {
          entries.append(entry(info: open.info, lines: open.lines))
          fence = nil
        } else {
          fence?.lines.append(line)
        }
      } else if line.hasPrefix("```") {
        fence = (String(line.dropFirst(3)), [])
      } else if line.hasPrefix("## ") {
        close()
        name = String(line.dropFirst(3))
      } else if line.hasPrefix("- "), let expectation = expectation(line.dropFirst(2), line: index + 1) {
        expectations.append(expectation)
      }
    }
    close()
    return cases
  }

  private static func entry(info: String, lines: [String]) -> Entry {
    let parts = info.split(separator: " ", maxSplits: 1).map(String.init)
    let path = parts.count > 1 ? parts[1] : parts[0]
    let text = lines.map { $0 + "\n" }.joined()
    switch parts[0] {
    case "link": return .link(path: path, target: lines.first ?? "")
    case "git":
      let files = lines.compactMap { line -> (name: String, text: String)? in
        guard let colon = line.firstRange(of: ": ") else { return nil }
        return (String(line[..<colon.lowerBound]), String(line[colon.upperBound...]) + "\n")
      }
      return .repository(path: path, files: files)
    default: return .file(path: path, text: text)
    }
  }

  private static func expectation(_ text: Substring, line: Int) -> Expectation? {
    guard let arrow = text.firstRange(of: " → ") else { return nil }
    let subject = text[..<arrow.lowerBound].split(separator: " ", maxSplits: 1).map(String.init)
    guard subject.count == 2 else { return nil }
    let verdict = text[arrow.upperBound...]
    let colon = verdict.firstRange(of: ": ")
    return Expectation(
      kind: subject[0], subject: subject[1], outcome: String(colon.map { verdict[..<$0.lowerBound] } ?? verdict),
      items: colon.map { verdict[$0.upperBound...].components(separatedBy: "; ") }, line: line)
  }
}
