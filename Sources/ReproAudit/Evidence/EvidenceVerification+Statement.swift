import AuditDatabase
import Records
import Reports

/// What a pack says of itself, held against what is in it; and what is said of one that is well.
extension EvidenceVerification {
  /// Members that a pack with this statement does not have, and those that it must have.
  static func unknown(_ contents: EvidenceContents, _ statement: EvidenceStatement) -> [String] {
    var expected: Set = [EvidenceNames.database, EvidenceNames.files, EvidenceNames.policy, EvidenceNames.statement]
    expected.formUnion(statement.waiverFiles.indices.map(EvidenceNames.waivers))
    if statement.baseline != nil { expected.insert(EvidenceNames.baseline) }
    if statement.runSchema != nil { expected.insert(EvidenceNames.runSchema) }
    var faults: [String] = []
    for report in statement.reports {
      if report.member != report.format.member || !expected.insert(report.member).inserted {
        faults.append("\(EvidenceNames.statement): the report `\(report.member)` is not where a pack has it")
      }
    }
    if !statement.reports.contains(where: { $0.format == .json }) {
      faults.append("\(EvidenceNames.statement): a pack has the JSON report")
    }
    let names = contents.names
    faults += names.filter { !expected.contains($0) && EvidenceNames.place(ofRule: $0) == nil }
      .map { "\($0): it is none of the members that a pack has" }
    faults += expected.subtracting(names).sorted().map { "\($0): it is missing" }
    return faults
  }

  func notes(_ statement: EvidenceStatement, isSameVersion: Bool) -> [String] {
    let tool = statement.tool
    guard isSameVersion else {
      return [
        "made by \(tool.name) \(tool.version), and this is \(ProductVersion.text): its rules are judged by as the pack has them, and not held against this program's"
      ]
    }
    guard tool.digest == EvidencePack.digestOfThisProgram() else {
      return [
        "made by another build of \(tool.name) \(tool.version) (\(tool.digest ?? "unknown"))"
      ]
    }
    return []
  }

  /// What the statement says of the scan has to be what the database says of it.
  static func compare(_ statement: EvidenceStatement, _ database: EvidenceDatabase) -> [String] {
    [
      ("id", statement.scan.id, database.scan.id ?? ""), ("clock", statement.scan.now, database.scan.now),
      ("tool", statement.tool.version, database.scan.tool), ("tool's name", statement.tool.name, ProductVersion.name),
    ].filter { $0.1 != $0.2 }.map {
      "\(EvidenceNames.statement): the scan's \($0.0) is `\($0.1)`, and \(EvidenceNames.database) says `\($0.2)`"
    }
  }

  static func text(_ audit: AuditResult, _ statement: EvidenceStatement, rules: Int) -> String {
    let results = audit.summary.outcomes.values.reduce(0, +)
    let code = FailureThreshold(rawValue: statement.settings.failOn).map { audit.exitCode(failOn: $0) }
    return """
      verified: scan \(audit.scanID) of \(VisibleText.line(audit.now)) by \(ProductVersion.name) \(VisibleText.line(audit.toolVersion)), policy \(VisibleText.line(audit.policy.name))
        \(results) results of \(audit.summary.rules.count) rules follow from the facts, \(rules) rules are in the pack
        \(audit.summary.filesExamined) files were read, and each check follows from what was claimed and what was read
        written again, byte for byte: \(statement.reports.map(\.member).joined(separator: ", ")), \(EvidenceNames.files)
        verdict: \(code?.verdict ?? "unknown") (--fail-on \(statement.settings.failOn))

      """
  }
}
