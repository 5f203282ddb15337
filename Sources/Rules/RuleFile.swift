import Documents
import Records

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
    let bytes = Array(text.utf8)
    guard bytes.starts(with: Array("/*".utf8)), let end = Self.headerEnd(bytes) else {
      throw Mistake(path: path, line: 1, message: "a rule begins with its header in /* */")
    }
    let header = try RuleHeader(yaml: Array(bytes[2..<end]), path: path)
    self.text = text
    place = isOwn ? path : nil
    let folder = path.split(separator: "/").dropLast().last.map(String.init)
    description = try isOwn ? header.ownDescription() : header.description(category: folder ?? "own")
    let rest = bytes[(end + 2)...]
    select = String(decoding: rest, as: UTF8.self)
    selectLine = bytes[..<rest.startIndex].count { $0 == UInt8(ascii: "\n") } + 1
  }

  /// Where the first `*/` begins.
  private static func headerEnd(_ bytes: [UInt8]) -> Int? {
    bytes.indices.dropFirst(2).dropLast().first { bytes[$0] == UInt8(ascii: "*") && bytes[$0 + 1] == UInt8(ascii: "/") }
  }
}

/// The YAML of a rule's header.
struct RuleHeader {
  let root: DocumentNode
  let path: String

  init(yaml: [UInt8], path: String) throws(RuleFile.Mistake) {
    self.path = path
    do {
      root = try YAMLDocument.read(yaml)
    } catch {
      throw RuleFile.Mistake(
        path: path, line: error.line ?? 1, message: "the header cannot be read: \(error.message)")
    }
    guard root.entries != nil else {
      throw RuleFile.Mistake(path: path, line: 1, message: "the header is not a map of keys and values")
    }
  }

  func description(category: String) throws -> RuleDescription {
    let kinds = try list("subject").map { name in
      guard let kind = SubjectKind(rawValue: name) else { throw mistake("subject", "unknown subject `\(name)`") }
      return kind
    }
    guard let severity = Severity(rawValue: try text("severity")) else {
      throw mistake("severity", "`severity` is error, warning or note")
    }
    let staged = root["staged"]?.text.flatMap(Severity.init)
    guard root["staged"] == nil || staged != nil else {
      throw mistake("staged", "`staged` is error, warning or note")
    }
    var controls: [String: [String]] = [:]
    for entry in root["controls"]?.entries ?? [] {
      controls[entry.key] = entry.node.elements?.compactMap(\.text) ?? []
    }
    return RuleDescription(
      id: try text("id"), category: category, title: try text("title"), subjects: kinds, severity: severity,
      staged: staged, rationale: try text("rationale"), remedy: try text("remedy"), remedyCommand: command,
      references: try list("references"), controls: controls,
      parameters: try (root["parameters"]?.elements ?? []).map(parameter))
  }

  private func parameter(_ node: DocumentNode) throws -> RuleParameter {
    guard let name = node["name"]?.text, let value = node["default"] else {
      throw mistake("parameters", "a parameter has name, type, default and meaning")
    }
    guard let kind = RuleParameter.Kind(rawValue: node["type"]?.text ?? "") else {
      throw mistake("parameters", "the type of `\(name)` is integer, number, text, boolean, list or duration")
    }
    return RuleParameter(
      name: name, kind: kind,
      defaultValue: value.elements.map { $0.compactMap(\.text).joined(separator: ",") } ?? value.text ?? "",
      meaning: (node["meaning"]?.text ?? "").onOneLine)
  }

  /// Its line ends are kept: it is a script.
  private var command: String? {
    root["remedy_command"]?.text.flatMap { text in
      let lines = text.split(separator: "\n").map(String.init)
      return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
  }

  func text(_ key: String) throws -> String {
    guard let text = root[key]?.text, !text.isEmpty else { throw mistake(key, "the header lacks `\(key)`") }
    return text.onOneLine
  }

  private func list(_ key: String) throws -> [String] {
    guard let node = root[key] else { return [] }
    return node.elements.map { $0.compactMap(\.text) } ?? node.text.map { [$0] } ?? []
  }

  func mistake(_ key: String, _ message: String) -> RuleFile.Mistake {
    RuleFile.Mistake(path: path, line: root[key]?.line ?? 1, message: message)
  }
}

extension String {
  /// Headers are written in ASCII whitespace.
  fileprivate var onOneLine: String {
    utf8.split { $0 == 0x20 || (0x09...0x0D).contains($0) }.map { String(Substring($0)) }.joined(separator: " ")
  }
}
