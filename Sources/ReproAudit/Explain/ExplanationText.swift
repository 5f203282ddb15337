import AuditDatabase
import Records
import Reports

extension Explanation {
  /// For people: the subject, what fails, the facts, and what to paste.
  public func text(_ style: TextStyle) -> String {
    let sections = [head(style)] + verdicts.map { Self.section($0, style) } + [files(style), lineage(style), waivers]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func head(_ style: TextStyle) -> [String] {
    let subject = found.subject
    let count = verdicts.count { $0.result.outcome == .fail }
    let undecided = verdicts.count { $0.result.outcome == .unverified }
    let rest = Outcome.allCases.compactMap { outcome in others[outcome].map { "\($0) \(outcome.rawValue)" } }
    var lines = [
      "\(style.visible(subject.name)): \(count) \(count == 1 ? "finding" : "findings"), \(undecided) undecided"
        + (rest.isEmpty ? "" : "; " + rest.joined(separator: ", ")),
      "  kind       \(subject.kind.rawValue), in store \(style.visible(subject.store))",
    ]
    if let path = found.path, !path.isEmpty {
      lines.append("  recorded   \(style.visible(Self.place(path, found.line)))")
    }
    lines.append(
      "  reached by \(facts.reaches.isEmpty ? "no alias" : facts.reaches.map(style.visible).joined(separator: ", "))")
    lines.append("  judged     \(now) by the policy \(style.visible(policy))")
    return lines
  }

  private static func section(_ verdict: Verdict, _ style: TextStyle) -> [String] {
    let result = verdict.result
    var lines = ["\(style.severity(result.severity)) \(result.rule): \(result.outcome.rawValue)"]
    let repeats = result.details.count == 1 && result.message.hasSuffix(result.details[0].message)
    if !result.message.isEmpty, !repeats { lines.append("  \(style.visible(result.message))") }
    for item in verdict.evidence {
      let place = item.detail.path.map { " (\(self.place($0, item.detail.line)))" } ?? ""
      lines.append("  - \(style.visible(item.detail.item + ": " + item.detail.message + place))")
      let width = item.excerpt.last.map { "\($0.number)".count } ?? 0
      for line in item.excerpt {
        let number = String(repeating: " ", count: width - "\(line.number)".count) + "\(line.number)"
        lines.append("    \(line.number == item.detail.line ? ">" : " ") \(number) | \(line.text)")
      }
      lines += item.commands.map { "      $ \($0)" }
    }
    if result.detailCount > result.details.count {
      lines.append("  … and \(result.detailCount - result.details.count) more")
    }
    if !verdict.rationale.isEmpty { lines.append("  why:        \(verdict.rationale)") }
    if !verdict.remedy.isEmpty { lines.append("  what to do: \(verdict.remedy)") }
    return lines
  }

  private func files(_ style: TextStyle) -> [String] {
    guard !facts.files.isEmpty else { return [] }
    var lines = ["Files:"]
    for file in facts.files {
      let size = file.size.map { ", \(ByteCount.text($0))" } ?? ""
      lines.append("  \(style.visible(file.path))  \(file.role), \(file.state)\(size)")
      if let message = file.message { lines.append("    \(style.visible(message))") }
      for claim in file.claims {
        let place = claim.document.map { " in \(Self.place($0, claim.line))" } ?? ""
        let verdict = claim.verdict.map { ": \($0)" + (claim.message.map { ", \($0)" } ?? "") } ?? ""
        lines.append("    recorded \(style.visible(claim.text + place + verdict)) (evidence: \(claim.evidence))")
        if claim.verdict != "matched", let found = claim.found {
          lines.append("    found    \(found)\(claim.verifiedAt.map { " at \($0)" } ?? "")")
        }
      }
      if file.claims.isEmpty, let sha256 = file.sha256 {
        lines.append("    no digest is recorded; found sha256:\(sha256)")
      }
      for command in Set(commands.filter { $0.path == file.path }.map(\.command)).sorted() {
        lines.append("      $ \(command)")
      }
    }
    return lines
  }

  private func lineage(_ style: TextStyle) -> [String] {
    let parents = facts.parents.map { parent in
      "\(parent.relation) \(parent.kind)\(parent.other.map { " \($0)" } ?? "")"
        + (parent.gap.map { ": gap, \($0)" } ?? "")
    }
    let children = facts.children.map { "\($0.kind) \($0.other ?? "") \($0.relation) it" }
    return [("Comes from:", parents), ("Stands on it:", children)].flatMap { title, lines in
      lines.isEmpty ? [] : [title] + lines.map { "  \(style.visible($0))" }
    }
  }

  private var waivers: [String] {
    let stanzas = verdicts.compactMap(\.waiver)
    guard !stanzas.isEmpty else { return [] }
    return [
      "To accept it for a time, say why and who answers for it in the policy:", "", "waivers:",
      String(stanzas.map(\.yaml).joined().dropLast()),
    ]
  }

  private static func place(_ path: String, _ line: Int?) -> String { line.map { "\(path):\($0)" } ?? path }
}
