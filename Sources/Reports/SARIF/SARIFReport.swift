import AuditDatabase
import Records

/// The report for code scanning: SARIF 2.1.0, within the limits of GitHub; see docs/formats/sarif.md.
package struct SARIFReport {
  private let header: ReportHeader
  private let rules: [SARIFRule]
  private let indices: [String: Int]
  private let paths: ReportPaths
  /// The one scanned directory's name; nil where there are several.
  private let root: String?
  private let undecided: Int
  /// Results times items of each can be no more.
  private let isSmall: Bool

  /// What relative paths are relative to, by the name that consumers know.
  static let root = "%SRCROOT%"

  /// `rules` are those that ran, with the severity that the policy gives them; `listed` is how many findings, undecided and
  /// accepted results there are, `undecided` how many of them make the audit incomplete.
  package init(
    header: ReportHeader, rules: [(rule: RuleDescription, severity: Severity)], paths: ReportPaths, root: String?,
    listed: Int, undecided: Int
  ) {
    self.header = header
    self.rules = rules.map { SARIFRule(rule: $0.rule, severity: $0.severity) }
    indices = Dictionary(rules.enumerated().map { ($0.element.rule.id, $0.offset) }) { first, _ in first }
    self.paths = paths
    self.root = root
    self.undecided = undecided
    isSmall = listed * (DetailList.mostShown + 1) <= SARIFQuota.mostResults
  }

  /// Writes what `results` gives, which is asked twice for a large audit; returns what was left out.
  package func write(to file: ReportFile, path: String, results: ListedResults) throws -> [String] {
    var quota = SARIFQuota()
    if !isSmall { try results { quota.count($0) } }
    var rooms = quota.rooms
    let notices = ([quota.notice] + rules.map(\.notice)).compactMap { $0 }
    var json = JSONWriter(file)
    try json.object { json in
      try json.field(
        "$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      try json.field("version", "2.1.0")
      try json.key("runs")
      try json.array { json in
        try json.object { json in
          try writeHead(&json, notices: notices)
          try json.key("results")
          try json.array { json in
            try results { result in
              guard let weight = SARIFQuota.weight(result), isSmall || rooms[weight, default: 0] > 0 else { return }
              for item in FlaggedItem.of(result, below: root) {
                if !isSmall {
                  guard let room = rooms[weight], room > 0 else { return }
                  rooms[weight] = room - 1
                }
                try SARIFResult(item: item, ruleIndex: indices[result.rule], paths: paths).write(&json)
              }
            }
          }
        }
      }
    }
    try file.write("\n")
    try file.finish()
    return notices.map { "\(path): \($0)" }
  }

  private func writeHead(_ json: inout JSONWriter, notices: [String]) throws {
    try json.key("tool")
    try json.object { json in
      try json.key("driver")
      try json.object { json in
        try json.field("name", header.tool)
        try json.field("version", header.toolVersion)
        try json.key("rules")
        try json.array { json in for rule in rules { try rule.write(&json) } }
      }
    }
    try json.key("automationDetails")
    try json.object { try $0.field("id", "\(header.tool)/\(header.scanID)") }
    try json.key("originalUriBaseIds")
    try json.object { json in
      try json.key(Self.root)
      try json.object { try SARIFRule.message("description", "the directory in which the scan was started", &$0) }
    }
    try json.key("invocations")
    try json.array { json in try json.object { try writeInvocation(&$0, notices: notices) } }
    try json.key("properties")
    try json.object { json in
      try json.field("policy", VisibleText.line(header.policy))
      try json.field("policyDigest", header.policyDigest)
      if let ledger = header.ledger { try json.field("ledger", ledger) }
      if let selection = header.selection { try json.field("selection", VisibleText.line(selection)) }
      if let asOf = header.asOf { try json.field("asOf", VisibleText.line(asOf)) }
    }
  }

  private func writeInvocation(_ json: inout JSONWriter, notices: [String]) throws {
    // An audit that could not decide everything has run, and says what it lacks.
    try json.key("executionSuccessful")
    try json.value(true)
    try json.field("exitCode", header.exitCode)
    try json.field("exitCodeDescription", VisibleText.line("\(header.verdict): \(header.explanation)"))
    try json.field("startTimeUtc", header.now)
    var notes = (header.notices + notices).map { ("warning", $0) }
    if undecided > 0 { notes.insert(("error", "the audit is incomplete: \(header.explanation)"), at: 0) }
    guard !notes.isEmpty else { return }
    try json.key("toolExecutionNotifications")
    try json.array { json in
      for (level, text) in notes {
        try json.object { json in
          try json.field("level", level)
          try SARIFRule.message("message", SARIFResult.plain(VisibleText.line(text)), &json)
        }
      }
    }
  }
}
