import AuditDatabase
import Lineage
import Records

/// The machine's report: `repro-audit/report/1`, see docs/formats/report.md.
package struct JSONReport {
  package let header: ReportHeader
  package let rules: [RuleDescription]
  package let summary: ResultSummary
  package let database: AuditDatabase
  /// Whether passes and not-applicable results are written however many there are.
  package let includesAll: Bool
  /// The one scanned directory's name; nil where there are several.
  private let root: String?

  /// More results than this are folded to counts by rule and subject group.
  package static let foldAbove = 200_000

  package init(
    header: ReportHeader, rules: [RuleDescription], summary: ResultSummary, database: AuditDatabase, root: String?,
    includesAll: Bool
  ) {
    self.root = root
    self.header = header
    self.rules = rules
    self.summary = summary
    self.database = database
    self.includesAll = includesAll
  }

  private var folds: Bool { !includesAll && summary.outcomes.values.reduce(0, +) > Self.foldAbove }

  package func write(to file: ReportFile) throws {
    var json = JSONWriter(file)
    try json.object { json in
      try json.field("schema", "repro-audit/report/1")
      try writeHead(&json)
      try json.field("notices", header.notices)
      try writeRules(&json)
      if folds { try writeFolded(&json) }
      try json.key("results")
      try json.array { json in
        try ResultCursor(database: database).forEach(folds ? .findings : .everything) { result in
          try write(result, &json)
        }
      }
      try writeLineage(&json)
    }
    try file.write("\n")
    try file.finish()
  }

  private func writeHead(_ json: inout JSONWriter) throws {
    try json.key("tool")
    try json.object {
      try $0.field("name", header.tool)
      try $0.field("version", header.toolVersion)
    }
    try json.key("policy")
    try json.object {
      try $0.field("name", header.policy)
      try $0.field("digest", header.policyDigest)
      try $0.key("waiver_files")
      try $0.array { json in
        for file in header.waiverFiles { try Self.write(file, &json) }
      }
    }
    if let baseline = header.baseline {
      try json.key("baseline")
      try Self.write(baseline, &json)
    }
    try json.key("scan")
    try json.object { json in
      try json.field("id", header.scanID)
      try json.field("now", header.now)
      if let asOf = header.asOf { try json.field("as_of", asOf) }
      if let selection = header.selection { try json.field("selection", selection) }
      if let ledger = header.ledger { try json.field("ledger", ledger) }
      try json.field("exit_code", header.exitCode)
      try json.field("verdict", header.verdict)
      try json.field("explanation", header.explanation)
      try json.key("stores")
      try json.array { json in
        for store in summary.stores {
          try json.object {
            try $0.field("name", store.name)
            try $0.field("kind", store.kind)
            try $0.field("path", store.path)
          }
        }
      }
      try json.key("files")
      try json.object { json in
        try json.field("examined", summary.filesExamined)
        try json.field("bytes", Int(summary.bytesExamined))
        for (verdict, count) in summary.verdicts.sorted(by: { $0.key < $1.key }) { try json.field(verdict, count) }
        if let coverage = summary.files.coverage {
          try json.key("coverage")
          try json.object { try Self.write(coverage, &$0) }
        }
      }
    }
    try json.key("summary")
    try json.object { json in
      try json.key("outcomes")
      try json.object {
        for outcome in Outcome.allCases { try $0.field(outcome.rawValue, summary.outcomes[outcome] ?? 0) }
      }
      try json.key("severities")
      try json.object {
        for severity in Severity.allCases.reversed() {
          try $0.field(severity.rawValue, summary.severities[severity] ?? 0)
        }
      }
      try json.field("out_of_scope", summary.outOfScope)
      try json.key("checklist")
      try json.object { json in
        for (item, counts) in header.checklist {
          try json.key(item)
          try json.object { for outcome in Outcome.allCases { try $0.field(outcome.rawValue, counts[outcome] ?? 0) } }
        }
      }
    }
  }

  private static func write(_ coverage: FileCoverage, _ json: inout JSONWriter) throws {
    try json.field("files", coverage.files)
    try json.field("carried", coverage.carried)
    try json.field("verified", coverage.verified)
    try json.field("percent", coverage.percent)
    try json.field("within_days", coverage.days)
    try json.field("oldest", coverage.oldest)
    try json.field("unread_trusted_by", coverage.isWeak ? "size and times" : "digest")
  }

  private static func write(_ file: ReportHeader.File, _ json: inout JSONWriter) throws {
    try json.object {
      try $0.field("path", file.path)
      try $0.field("digest", file.digest)
    }
  }

  private func writeRules(_ json: inout JSONWriter) throws {
    let described = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
    try json.key("rules")
    try json.array { json in
      for status in summary.rules {
        try json.object { json in
          try json.field("id", status.rule)
          try json.field("title", described[status.rule]?.title)
          try json.field("category", described[status.rule]?.category)
          try json.field("severity", status.severity.rawValue)
          try json.field("examined", status.examined)
          try json.field("status", status.status)
          if let message = status.message { try json.field("message", message) }
        }
      }
    }
  }

  /// What is left out of `results` is counted here, by rule and kind of outcome.
  private func writeFolded(_ json: inout JSONWriter) throws {
    try json.key("folded")
    try json.array { json in
      for status in summary.rules {
        for outcome in [Outcome.pass, .notApplicable] {
          guard let count = status.outcomes[outcome] else { continue }
          try json.object {
            try $0.field("rule", status.rule)
            try $0.field("outcome", outcome.rawValue)
            try $0.field("count", count)
          }
        }
      }
    }
  }

  private func write(_ result: RuleResult, _ json: inout JSONWriter) throws {
    try json.object { json in
      try json.field("rule", result.rule)
      try json.field("severity", result.severity.rawValue)
      try json.key("subject")
      try json.object {
        try $0.field("kind", result.subject.kind.rawValue)
        try $0.field("name", result.subject.name)
        try $0.field("store", result.subject.store)
        try $0.field("path", result.subjectPath)
      }
      try json.field("outcome", result.outcome.rawValue)
      try json.field("message", result.message)
      try json.key("details")
      try json.array { json in
        for detail in result.details {
          try json.object {
            try $0.field("fingerprint", Fingerprint.of(detail, in: result, below: root))
            try $0.field("item", detail.item)
            try $0.field("message", detail.message)
            try $0.field("path", detail.path)
            try $0.field("line", detail.line)
          }
        }
      }
      try json.field("detail_count", result.detailCount)
      try json.field("reaches", result.reaches)
      if !result.acceptances.isEmpty { try write(result.acceptances, &json) }
    }
  }

  private func write(_ acceptances: [Acceptance], _ json: inout JSONWriter) throws {
    try json.key("accepted")
    try json.array { json in
      for acceptance in acceptances {
        try json.object {
          try $0.field("form", acceptance.form.rawValue)
          try $0.field("name", acceptance.name)
          try $0.field("reason", acceptance.form == .baseline ? nil : acceptance.reason)
          try $0.field("owner", acceptance.owner)
          try $0.field("approved_by", acceptance.approvedBy)
          try $0.field("ends", acceptance.ends)
          try $0.field("details", acceptance.details)
        }
      }
    }
  }

  private func writeLineage(_ json: inout JSONWriter) throws {
    let graph = LineageCursor(database: database)
    try json.key("lineage")
    try json.object { json in
      try json.key("nodes")
      try json.array { json in
        try graph.forEachNode { node in
          try json.object {
            try $0.field("id", node.id)
            try $0.field("kind", node.kind)
            try $0.field("label", node.label)
            try $0.field("outcome", node.outcome)
          }
        }
      }
      try json.key("edges")
      try json.array { json in
        try graph.forEachEdge { edge in
          try json.object {
            try $0.field("from", edge.from)
            try $0.field("to", edge.to)
            try $0.field("relation", edge.relation)
          }
        }
      }
    }
  }
}

/// What every report says of the scan as a whole.
package struct ReportHeader: Sendable {
  package let tool: String
  package let toolVersion: String
  package let policy: String
  package let policyDigest: String
  package let scanID: String
  package let now: String
  package let exitCode: Int
  package let verdict: String
  package let explanation: String
  /// Checklist item → how many versions have which outcome.
  package let checklist: [(item: String, counts: [Outcome: Int])]
  /// What was judged when that was not everything.
  package let selection: String?
  /// The day or instant that an earlier scan was asked for by.
  package let asOf: String?
  /// The digest of the scan's entry in the ledger.
  package let ledger: String?

  /// The files whose waivers the policy holds.
  package let waiverFiles: [File]
  package let baseline: File?
  /// What of the policy or the baseline has no effect.
  package let notices: [String]

  /// A file that decided something, as the user named it.
  package struct File: Sendable, Hashable {
    package let path: String
    package let digest: String

    package init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }
  }

  package init(
    tool: String, toolVersion: String, policy: String, policyDigest: String, scanID: String, now: String, exitCode: Int,
    verdict: String, explanation: String, checklist: [(item: String, counts: [Outcome: Int])],
    waiverFiles: [File], baseline: File?, notices: [String], selection: String? = nil, asOf: String? = nil,
    ledger: String? = nil
  ) {
    self.selection = selection
    self.asOf = asOf
    self.ledger = ledger
    self.tool = tool
    self.toolVersion = toolVersion
    self.policy = policy
    self.policyDigest = policyDigest
    self.scanID = scanID
    self.now = now
    self.exitCode = exitCode
    self.verdict = verdict
    self.explanation = explanation
    self.checklist = checklist
    self.waiverFiles = waiverFiles
    self.baseline = baseline
    self.notices = notices
  }
}
