import Records
import Yams

/// A rule as it stands in its file: what the header says, and the SELECT.
package struct RuleFile: Sendable {
  package internal(set) var description: RuleDescription
  package let select: String
  /// The whole file.
  package let text: String
  /// Where a rule that a policy names lies, as it was named; nil for a built-in one.
  package let place: String?
  /// The line of the file on which `select` begins, from 1.
  package let selectLine: Int

  package var isOwn: Bool { place != nil }

  /// Why a text is no rule; `line` from 1.
  package struct Mistake: Error, Sendable, Hashable, CustomStringConvertible {
    package let path: String
    package let line: Int
    package let message: String

    package var description: String { "\(path):\(line): \(message)" }
  }

  /// Reads `text`, which lies at `path` (`<category>/<id>.sql`); `isOwn` when it is not part of the catalogue.
  package init(text: String, path: String, isOwn: Bool = false) throws {
    guard text.hasPrefix("/*"), let end = text.firstRange(of: "*/") else {
      throw Mistake(path: path, line: 1, message: "a rule begins with its header in /* */")
    }
    let yaml = String(text[text.index(text.startIndex, offsetBy: 2)..<end.lowerBound])
    let header: RuleHeader
    do {
      header = try RuleHeader(yaml: yaml, path: path)
    } catch let error as YamlError {
      throw Mistake(path: path, line: error.line, message: "the header cannot be read: \(error.problem)")
    }
    self.text = text
    place = isOwn ? path : nil
    let folder = path.split(separator: "/").dropLast().last.map(String.init)
    description = try isOwn ? header.ownDescription() : header.description(category: folder ?? "own")
    select = String(text[end.upperBound...])
    selectLine = text[..<end.upperBound].count { $0.isNewline } + 1
  }
}

/// The YAML of a rule's header.
struct RuleHeader {
  let root: Node.Mapping
  let path: String

  init(yaml: String, path: String) throws {
    self.path = path
    guard let root = try Yams.compose(yaml: yaml)?.mapping else {
      throw RuleFile.Mistake(path: path, line: 1, message: "the header is not a map of keys and values")
    }
    self.root = root
  }

  func description(category: String) throws -> RuleDescription {
    let kinds = try list("subject").map { name in
      guard let kind = SubjectKind(rawValue: name) else { throw mistake("subject", "unknown subject `\(name)`") }
      return kind
    }
    guard let severity = Severity(rawValue: try text("severity")) else {
      throw mistake("severity", "`severity` is error, warning or note")
    }
    let staged = root["staged"]?.string.flatMap(Severity.init)
    guard root["staged"] == nil || staged != nil else {
      throw mistake("staged", "`staged` is error, warning or note")
    }
    var controls: [String: [String]] = [:]
    for (name, clauses) in root["controls"]?.mapping ?? [:] {
      controls[name.string ?? ""] = clauses.sequence?.compactMap(\.string) ?? []
    }
    return RuleDescription(
      id: try text("id"), category: category, title: try text("title"), subjects: kinds, severity: severity,
      staged: staged, rationale: try text("rationale"), remedy: try text("remedy"), remedyCommand: command,
      references: try list("references"), controls: controls,
      parameters: try (root["parameters"]?.sequence ?? []).map(parameter))
  }

  private func parameter(_ node: Node) throws -> RuleParameter {
    guard let map = node.mapping, let name = map["name"]?.string, let value = map["default"] else {
      throw mistake("parameters", "a parameter has name, type, default and meaning")
    }
    guard let kind = RuleParameter.Kind(rawValue: map["type"]?.string ?? "") else {
      throw mistake("parameters", "the type of `\(name)` is integer, number, text, boolean, list or duration")
    }
    return RuleParameter(
      name: name, kind: kind,
      defaultValue: value.sequence.map { $0.compactMap(\.string).joined(separator: ",") } ?? value.string ?? "",
      meaning: (map["meaning"]?.string ?? "").onOneLine)
  }

  /// Its line ends are kept: it is a script.
  private var command: String? {
    root["remedy_command"]?.string.flatMap { text in
      let lines = text.split(separator: "\n").map(String.init)
      return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
  }

  func text(_ key: String) throws -> String {
    guard let text = root[key]?.string, !text.isEmpty else { throw mistake(key, "the header lacks `\(key)`") }
    return text.onOneLine
  }

  private func list(_ key: String) throws -> [String] {
    guard let node = root[key] else { return [] }
    return node.sequence.map { $0.compactMap(\.string) } ?? node.string.map { [$0] } ?? []
  }

  func mistake(_ key: String, _ message: String) -> RuleFile.Mistake {
    RuleFile.Mistake(path: path, line: root[key]?.mark?.line ?? 1, message: message)
  }
}

extension String {
  fileprivate var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
