import Foundation
import Pins
import Testing

/// Holds requirements to pip's verdicts, column by column.
@Suite(.enabled(if: Conformance.folder != nil, "set CONFORMANCE_DIR to hold it against the tools' verdicts"))
struct RequirementConformanceTests {
  /// Lines on which we differ on purpose, with the columns and the reason.
  private static let exceptions: [String: (columns: Set<String>, reason: String)] = [
    "file://../../lib/project#egg=MyProject": (
      ["name", "name_normalized", "url"],
      "pip rewrites the URL and loses its fragment; we keep it and the name in it as written"
    )
  ]

  @Test func `every line of requirements.jsonl`() throws {
    let rows = try Conformance.rows("requirements.jsonl")
    #expect(rows.count > 600)
    for row in rows {
      let text = try #require(row["text"] as? String)
      let kind = try #require(row["kind"] as? String)
      let excused = Self.exceptions[text]?.columns ?? []
      for (column, found, wanted) in Self.columns(text, kind, row) where !excused.contains(column) {
        #expect(found == wanted, "\(column) of \(text)")
      }
    }
  }

  private typealias Column = (column: String, found: String, wanted: String)

  private static func columns(_ text: String, _ kind: String, _ row: [String: Any]) -> [Column] {
    let reading = RequirementsFile.read(path: "f", bytes: Array(text.utf8), lookup: .none)
    let found = kindFound(text, reading)
    guard ["requirement", "url", "vcs", "local_path"].contains(kind) else { return [("kind", found, kind)] }
    let line = RequirementLine(text)
    func wanted(_ key: String) -> String { row[key] as? String ?? "-" }
    func list(_ key: String) -> String { (row[key] as? [String] ?? []).sorted().joined(separator: " ") }
    func flag(_ key: String) -> String { String(row[key] as? Bool ?? false) }
    var result: [Column] = [("kind", found, kind)]
    result.append(("specifier", line.specifier.canonical, wanted("specifier")))
    result.append(("vcs", line.tool ?? "-", wanted("vcs")))
    result.append(("rev", line.revision ?? "-", wanted("rev")))
    result.append(("editable", String(line.isEditable), flag("editable")))
    result.append(("hashes", line.hashes.map(\.text).sorted().joined(separator: " "), list("hashes")))
    result.append(("fragment_hash", line.digest?.text ?? "-", wanted("fragment_hash")))
    result.append(("pinned_exact", String(line.pin.isPinned), flag("pinned_exact")))
    result.append(("requirement", reading.requirements.map(\.pin.rawValue).joined(), line.pin.rawValue))
    // What only a disk could tell has no verdict.
    if row["error"] is NSNull {
      result.append(("extras", line.extras.sorted().joined(separator: " "), list("extras")))
      result.append(("marker", line.marker ?? "-", wanted("marker")))
      result.append(("name", line.writtenName ?? "-", wanted("name")))
      result.append(("name_normalized", line.name ?? "-", wanted("name_normalized")))
    }
    // A path is no URL before the disk has been asked.
    if kind != "local_path" { result.append(("url", line.url ?? "-", wanted("url"))) }
    return result
  }

  private static func kindFound(_ text: String, _ reading: PinReading) -> String {
    guard let requirement = reading.requirements.first else {
      if text.hasPrefix("-r") || text.hasPrefix("--requirement") { return "include" }
      if text.hasPrefix("-c") { return "constraint_include" }
      return reading.problems.contains { $0.message.contains("no option") } ? "invalid" : "option"
    }
    if requirement.pin == .invalid { return reading.problems.isEmpty ? "invalid without a reason" : "invalid" }
    switch RequirementLine(text).kind {
    case .named: return "requirement"
    case .repository: return "vcs"
    case .url: return "url"
    case .path: return "local_path"
    case .invalid: return "invalid"
    }
  }
}
