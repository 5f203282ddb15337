import Documents
import Records

/// One record of what was done with a version after its training, with its values by meaning.
struct LifecycleRecord {
  let values: RecordValues
  let path: String
  let line: Int?
  private(set) var problems: [Problem] = []

  init(_ entries: [DocumentEntry], vocabulary: RecordVocabulary, path: String, line: Int?) {
    values = vocabulary.read(entries)
    self.path = path
    self.line = line
  }

  mutating func report(_ message: String) {
    problems.append(Problem(kind: .malformedRecord, path: path, line: line, message: message))
  }

  /// A scalar's text without blanks around it; nil when it is absent or empty.
  func text(_ key: RecordKey) -> String? { values[key].flatMap { Self.text($0.node) } }

  /// A version is often written `fraud-detector@1.2.0`, and a number where versions are counted.
  func version(_ key: RecordKey) -> String? {
    guard let node = values[key]?.node, let text = Self.text(node["version"] ?? node["name"] ?? node) else {
      return nil
    }
    guard let at = text.lastIndex(of: "@"), text.index(after: at) < text.endIndex else { return text }
    return String(text[text.index(after: at)...])
  }

  mutating func time(_ key: RecordKey) -> StatedTime? {
    guard let text = text(key) else { return nil }
    return time(text)
  }

  mutating func time(_ text: String) -> StatedTime {
    let time = StatedTime(text: text)
    if time.instant == nil { report("`\(text.prefix(80))` is no date or time; write it as 2025-06-10T10:12:00Z") }
    return time
  }

  mutating func digest(_ key: RecordKey) -> StatedDigest? {
    guard let node = values[key]?.node else { return nil }
    guard let text = Self.text(node["sha256"] ?? node["digest"] ?? node) else { return nil }
    let stated = StatedDigest(text: text)
    if stated.digest == nil { report("`\(text.prefix(80))` is no digest; write it as sha256:<64 hexadecimal digits>") }
    return stated
  }

  mutating func number(_ key: RecordKey) -> Double? {
    guard let text = text(key) else { return nil }
    guard let value = Double(text), value.isFinite else {
      report("`\(values[key]?.key ?? key.name)` is `\(text.prefix(80))`, not a finite number")
      return nil
    }
    return value
  }

  static func text(_ node: DocumentNode) -> String? {
    guard let text = node.text else { return nil }
    let trimmed = text.trimmingBlanks
    return trimmed.isEmpty ? nil : Redaction.redact(trimmed)
  }
}

/// What records call success and failure.
enum RecordedResult {
  private static let good: Set<String> = [
    "pass", "passed", "ok", "success", "succeeded", "successful", "true", "yes", "green", "approved", "reproduced",
    "identical", "match", "matched", "no drift", "no_drift", "stable", "1",
  ]
  private static let bad: Set<String> = [
    "fail", "failed", "failure", "error", "errored", "false", "no", "red", "rejected", "mismatch", "mismatched",
    "different", "diverged", "drift", "drifted", "not reproduced", "not_reproduced", "0",
  ]

  /// Whether the text of the entry says success; nil when it says neither.
  static func passed(_ entry: DocumentEntry?) -> Bool? {
    guard let entry, let text = LifecycleRecord.text(entry.node)?.lowercased() else { return nil }
    let said: Bool? = good.contains(text) ? true : bad.contains(text) ? false : nil
    // `drift_detected: true` is bad news.
    return RecordVocabulary.normalised(entry.key) == "drift_detected" ? said.map { !$0 } : said
  }
}

extension String {
  var trimmingBlanks: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
