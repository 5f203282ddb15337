import AuditDatabase
import Records
import Reports
import Rules

/// The first screen of a scan: verdict, causes and the next command, in at most 24 lines.
public struct TextSummary: Sendable {
  private static let mostCauses = 5
  private static let mostAccepted = 3
  /// Columns of a terminal, as most have at least.
  private static let width = 100

  private let result: AuditResult
  private let failOn: FailureThreshold
  private let style: TextStyle

  public init(_ result: AuditResult, failOn: FailureThreshold, style: TextStyle) {
    self.result = result
    self.failOn = failOn
    self.style = style
  }

  public var text: String { lines.map { $0 + "\n" }.joined() }

  private var lines: [String] {
    let summary = result.summary
    let code = result.exitCode(failOn: failOn)
    var lines = ["\(style.verdict(code)): \(style.visible(result.explanation(failOn: failOn)))", ""]
    if let asOf = result.asOf { lines.append("  as of       \(asOf): the scan of \(result.now), \(result.scanID)") }
    if result.emptiness != nil { return Array(lines.prefix(1)) }
    if !result.foundAnything { return lines + noStore }
    if let selection = result.selection { lines.append("  partial     \(style.visible(selection))") }
    lines.append("  audited     \(subjects)")
    lines.append("  re-hashed   \(count(summary.filesExamined, "file")), \(ByteCount.text(summary.bytesExamined))")
    if let coverage = summary.files.coverage {
      lines.append("  coverage    \(coverage.text)")
    }
    lines.append("  outcomes    \(outcomes)")
    if summary.outOfScope > 0 {
      lines.append(
        "  out of scope \(count(summary.outOfScope, "result")), as the policy `\(result.policy.name)` declares")
    }
    if !summary.causes.isEmpty {
      lines += ["", "Top causes:"]
      lines += causes
      let rest = summary.causes.count - Self.mostCauses
      if rest > 0 { lines.append("  … and \(count(rest, "more rule"))") }
    }
    if !summary.accepted.isEmpty { lines += ["", "Accepted:"] + accepted }
    return lines + ["", "Next: \(nextCommand)"]
  }

  private var noStore: [String] {
    [
      "No run record (run.json, run.yaml), data manifest or version directory was found in",
      "  " + result.summary.stores.map { style.visible($0.path) }.joined(separator: ", "), "",
      "A registry looks like  models/<model>/<version>/{model.*, run.json, checksum.txt}.",
      "Next: name the directory that holds it:  repro-audit scan PATH",
    ]
  }

  private var subjects: String {
    let summary = result.summary
    let parts: [(SubjectKind, String)] = [
      (.model, "model"), (.version, "version"), (.alias, "alias"), (.run, "run"), (.dataset, "dataset"),
    ]
    return parts.map { count(summary.subjects[$0.0] ?? 0, $0.1) }.joined(separator: ", ")
  }

  private var outcomes: String {
    Outcome.allCases.compactMap { outcome in
      result.summary.outcomes[outcome].map { "\($0) \(outcome.rawValue)" }
    }.joined(separator: ", ")
  }

  private var causes: [String] {
    let shown = result.summary.causes.prefix(Self.mostCauses)
    let width = shown.map { "\($0.subjects)".count }.max() ?? 0
    let ruleWidth = shown.map(\.rule.count).max() ?? 0
    return shown.map { cause in
      let number = String(repeating: " ", count: width - "\(cause.subjects)".count) + "\(cause.subjects)"
      let rule = cause.rule + String(repeating: " ", count: ruleWidth - cause.rule.count)
      let title = result.catalogue[cause.rule]?.description.title ?? ""
      let reach = Self.reach(cause.reaches)
      // Which aliases stand on it must not be cut off.
      let room = Self.width - 4 - width - 9 - ruleWidth - 2 - reach.count
      return "  \(number)  \(style.severity(cause.severity))  \(rule)  " + Self.cut(title, to: max(20, room))
        + style.visible(reach)
    }
  }

  /// ` → fraud-detector@prod +2`; empty when no alias stands on it.
  private static func reach(_ aliases: [String]) -> String {
    guard let first = aliases.first else { return "" }
    return " → " + cut(first, to: 30) + (aliases.count > 1 ? " +\(aliases.count - 1)" : "")
  }

  private static func cut(_ text: String, to width: Int) -> String {
    text.count <= width ? text : text.prefix(width - 1) + "…"
  }

  /// Who accepts what until when, the first to end first.
  private var accepted: [String] {
    let all = result.summary.accepted
    let lines = all.prefix(Self.mostAccepted).map { accepted in
      let acceptance = accepted.acceptance
      let count = "\(count(accepted.results, "finding")) (\(count(acceptance.details, "item")))"
      guard let ends = acceptance.ends else { return "  \(count) known since the baseline" }
      let text = "  until \(ends)  \(count)  \(accepted.rule)  \(acceptance.owner ?? ""): \(acceptance.reason)"
      return Self.cut(style.visible(text), to: Self.width)
    }
    let rest = all.count - lines.count
    return lines + (rest > 0 ? ["  … and by \(count(rest, "more waiver"))"] : [])
  }

  private var nextCommand: String {
    if let cause = result.summary.causes.first { return "repro-audit rules explain \(cause.rule)" }
    if result.summary.undecided > 0 { return "repro-audit scan … --html report.html   (what is undecided, and why)" }
    return "repro-audit scan … --html report.html   (the report for people)"
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(number == 1 ? noun : noun.hasSuffix("s") ? noun + "es" : noun + "s")"
  }
}

/// Bytes for people.
public enum ByteCount {
  /// `817 B`, `4.0 KiB`, `2.3 GiB`.
  public static func text(_ bytes: Int64) -> String { Figures.bytes(bytes) }
}

/// Colour and escaping for a terminal.
public struct TextStyle: Sendable {
  private let colour: Bool

  public init(colour: Bool) { self.colour = colour }

  func verdict(_ code: ExitCode) -> String {
    switch code {
    case .compliant: paint(code.verdict, "1;32")
    case .findings, .integrityLost: paint(code.verdict, "1;31")
    case .incomplete: paint(code.verdict, "1;33")
    }
  }

  func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: paint("error  ", "31")
    case .warning: paint("warning", "33")
    case .note: paint("note   ", "36")
    }
  }

  /// Text of a store, which must not move the cursor or begin a workflow command.
  func visible(_ text: String) -> String { VisibleText.line(text) }

  private func paint(_ text: String, _ code: String) -> String { colour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
