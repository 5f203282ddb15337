import Foundation
import Yams

/// Holds a rule's header to its form when the catalogue is built, not when somebody runs the rule.
enum RuleHeaderCheck {
  private static let keys: Set<String> = [
    "id", "title", "subject", "severity", "rationale", "remedy", "references", "controls", "parameters",
  ]
  private static let optionalKeys: Set<String> = ["remedy_command", "staged"]

  private static let severities = ["error", "warning", "note"]

  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  static func check(_ text: String, path: String) throws {
    func fail(_ message: String) -> Mistake { Mistake(description: "\(path):1: \(message)") }
    guard text.hasPrefix("/*"), let end = text.range(of: "*/") else { throw fail("a rule begins with a /* header */") }
    let yaml = String(text[text.index(text.startIndex, offsetBy: 2)..<end.lowerBound])
    guard let header = try Yams.load(yaml: yaml) as? [String: Any] else { throw fail("the header is not a YAML map") }
    if let unknown = Set(header.keys).subtracting(keys).subtracting(optionalKeys).sorted().first {
      throw fail("unknown header key `\(unknown)`")
    }
    if let missing = keys.subtracting(header.keys).sorted().first { throw fail("the header lacks `\(missing)`") }
    let name = URL(filePath: path).deletingPathExtension().lastPathComponent
    guard header["id"] as? String == name else { throw fail("`id` must be the file's name, `\(name)`") }
    for key in ["severity", "staged"] {
      guard let value = header[key] else { continue }
      guard severities.contains(value as? String ?? "") else { throw fail("`\(key)` is error, warning or note") }
    }
    for key in optionalKeys.sorted() where header[key] != nil {
      guard let text = header[key] as? String, !text.isEmpty else { throw fail("`\(key)` is a text") }
    }
    let subjects = (header["subject"] as? [String]) ?? [header["subject"] as? String ?? ""]
    let kinds: Set<String> = ["store", "model", "version", "alias", "run", "dataset", "waiver"]
    guard !subjects.isEmpty, Set(subjects).isSubset(of: kinds) else {
      throw fail("`subject` is one or several of \(kinds.sorted().joined(separator: ", "))")
    }
    for key in ["title", "rationale", "remedy"] where ((header[key] as? String) ?? "").isEmpty {
      throw fail("`\(key)` is empty")
    }
  }
}
