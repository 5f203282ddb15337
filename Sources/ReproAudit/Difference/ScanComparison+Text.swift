import AuditDatabase
import Records
import Reports

extension ScanComparison {
  /// For people: what is new first, what goes on last, a line each.
  public func text(_ style: TextStyle) -> String {
    var lines = [line("from", from), line("to  ", to)]
    if from.policyDigest != to.policyDigest {
      lines.append("The policy is another one: what is new may only be asked for since.")
    }
    let damage = difference.continuing.count { !$0.newItems.isEmpty || !$0.fixedItems.isEmpty }
    lines += section("New", difference.new, style, sign: "+")
    lines += section("Fixed", difference.fixed, style, sign: "-")
    lines += section("Continuing", difference.continuing, style, sign: " ")
    if damage > 0 {
      lines.append("  \(damage == 1 ? "1 of them has" : "\(damage) of them have") other items than before")
    }
    lines += files(style)
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ word: String, _ scan: AuditHistory.Scan) -> String {
    "\(word)  scan \(scan.number) of \(scan.now), \(scan.id ?? "")"
  }

  private func section(
    _ title: String, _ findings: [ScanDifference.Finding], _ style: TextStyle, sign: String
  ) -> [String] {
    guard !findings.isEmpty else { return ["", "\(title): no finding"] }
    let width = findings.map(\.rule.count).max() ?? 0
    return ["", "\(title): \(findings.count == 1 ? "1 finding" : "\(findings.count) findings")"]
      + findings.flatMap { finding -> [String] in
        let rule = finding.rule + String(repeating: " ", count: width - finding.rule.count)
        let name = style.visible(finding.subject.name)
        let items =
          finding.newItems.map { "      + \(style.visible($0))" }
          + finding.fixedItems.map { "      - \(style.visible($0))" }
        return ["  \(sign) \(style.severity(finding.severity))  \(rule)  \(name): \(style.visible(finding.message))"]
          + items
      }
  }

  private func files(_ style: TextStyle) -> [String] {
    let files = difference.files
    guard !files.isEmpty else { return ["", "Files: no good state is another one"] }
    let counts = [
      (files.count { $0.before != nil && $0.after != nil }, "changed"), (files.count { $0.before == nil }, "added"),
      (files.count { $0.after == nil }, "removed"),
    ].map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return ["", "Files: \(counts)"]
      + files.map { file in
        let path = style.visible(file.path)
        switch (file.before, file.after) {
        case (let before?, let after?): return "  ~ \(path)  \(Self.short(before)) → \(Self.short(after))"
        case (nil, let after?): return "  + \(path)  \(Self.short(after))"
        case (let before?, nil): return "  - \(path)  \(Self.short(before))"
        case (nil, nil): return "    \(path)"
        }
      }
  }

  /// `sha256:0a1b2c3d4e5f, 4.0 KiB`
  private static func short(_ state: ScanDifference.State) -> String {
    let digest = state.digest.map { text in
      let cut = text.lastIndex(of: ":").map { text.index(after: $0) } ?? text.startIndex
      return String(text[..<cut] + text[cut...].prefix(12))
    }
    return [digest ?? "no digest", state.size.map { ByteCount.text($0) }].compactMap(\.self).joined(separator: ", ")
  }
}
