import Foundation
import Records
import Testing

@testable import Reports

/// Results and what the formats for machines make of them.
enum FindingSample {
  static let rule = RuleDescription(
    id: "missing-commit", category: "code", title: "The run names no commit", subjects: [.run], severity: .error,
    rationale: "Without the commit\nnobody knows the code.", remedy: "Record it.",
    remedyCommand: "git rev-parse HEAD\n",
    references: ["a book", "https://example.org/commit"],
    controls: ["eu-ai-act": ["Annex IV 1(a)"], "nist-ai-rmf": ["GOVERN 1.4"]], parameters: [])

  static func result(
    _ outcome: Outcome = .fail, severity: Severity = .error, name: String = "run:a", message: String = "no commit",
    path: String? = "runs/a/run.json", details: [Detail] = [], count: Int? = nil, reaches: [String] = [],
    acceptances: [Acceptance] = []
  ) -> RuleResult {
    RuleResult(
      rule: rule.id, subject: Subject(store: "registry", kind: .run, name: name), subjectPath: path, severity: severity,
      outcome: outcome, message: message, details: details, detailCount: count, reaches: reaches,
      acceptances: acceptances)
  }

  /// `text` in every field that a store, a policy or a user can fill.
  static func filled(_ text: String) -> [RuleResult] {
    let waiver = Acceptance(
      form: .waiver, name: text, reason: text, owner: text, approvedBy: text, ends: "2026-06-30", details: 1)
    return [
      result(.fail, name: text, message: text, path: text, reaches: [text]),
      result(
        .fail, severity: .warning, name: text, message: text, path: text,
        details: [
          Detail(item: text, message: text, path: text, line: 3), Detail(item: text, message: text, path: text),
        ],
        count: 9, acceptances: [waiver]),
      result(.unverified, name: text, message: text, path: text),
      result(.waived, name: text, message: text, path: text, acceptances: [waiver]),
    ]
  }

  static let hostile = [
    "<script>alert(1)</script>]]>", "a\r\nb::error::c\u{0}\u{7}\u{1B}[31m", "\u{202E}gnp.exe\u{2066}", "=1+1|cmd",
    "::set-output name=x::y", "%0A::error::z", "](javascript:x)", "../../etc/passwd", "/etc/passwd", "s3://b/k",
    "\"',;\t=2",
    "{0}\\N", "", " ", String(repeating: "x\u{301}", count: 50_000),
  ]

  /// What `write` puts into a file.
  static func text(_ write: (ReportFile) throws -> Void) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "format-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "report").path
    try write(ReportFile(path: path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report"])
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  /// Whether nothing in `text` hides, reorders or moves a cursor; line breaks are the format's own.
  static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0 == "\n" || $0 == "\r"
        || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value)
          && !$0.properties.isDefaultIgnorableCodePoint && !("\u{202A}"..."\u{202E}").contains($0)
          && !("\u{2066}"..."\u{2069}").contains($0)
    }
  }
}
