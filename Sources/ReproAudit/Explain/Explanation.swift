import AuditDatabase
import Records
import Rules

/// Why one subject failed: what the rules say of it, every fact behind that, and what to do about it.
public struct Explanation: Sendable {
  /// What one rule says, with what a person needs to check and to act on it.
  struct Verdict: Sendable {
    let result: RuleResult
    let title: String
    let rationale: String
    let remedy: String
    /// Beside each detail: the lines of the record, and commands that show the same without us.
    let evidence: [Evidence]
    /// Nil where there is nothing to waive.
    let waiver: WaiverStanza?
  }

  struct Evidence: Sendable {
    let detail: Detail
    let excerpt: [RecordExcerpt.Line]
    let commands: [String]
  }

  let found: SubjectEvidence.Found
  let facts: SubjectEvidence
  let now: String
  let policy: String
  /// Findings and undecided results first; with a rule asked for, what that says.
  let verdicts: [Verdict]
  /// Outcomes of the other rules.
  let others: [Outcome: Int]
  let commands: [HandCheck.Command]
  /// The one scanned directory's name.
  let root: String?

  /// Explains the subject `name` of a finished audit; `store` and `kind` choose among several of that name.
  public init(
    _ name: String, store: String? = nil, kind: String? = nil, rule: String? = nil, in audit: AuditResult
  ) throws {
    found = try SubjectEvidence.choose(name, store: store, kind: kind, in: audit)
    let subject = found.subject
    if let rule, audit.catalogue[rule] == nil {
      throw AuditError.unknownRule(
        NearestName.message("rule", rule, among: audit.catalogue.rules.map(\.description.id)))
    }
    guard found.isJudged else {
      throw AuditError.unusable("the last scan did not judge `\(name)`; scan again, or explain it without --db")
    }
    facts = try SubjectEvidence(of: found.id, in: audit.database)
    now = audit.now
    policy = audit.policy.name
    root = audit.sources.root(of: audit.summary)
    let check = HandCheck(storePath: found.storePath, facts: facts)
    commands = check.files
    let excerpt = RecordExcerpt(storePath: found.storePath)
    var verdicts: [Verdict] = []
    var others: [Outcome: Int] = [:]
    for result in try ResultCursor(database: audit.database).results(of: found.id) {
      let isWanted = rule.map { $0 == result.rule } ?? (result.outcome != .pass && result.outcome != .notApplicable)
      guard isWanted else {
        others[result.outcome, default: 0] += 1
        continue
      }
      let about = audit.catalogue[result.rule]?.description
      verdicts.append(
        Verdict(
          result: result, title: about?.title ?? "", rationale: about?.rationale ?? "", remedy: about?.remedy ?? "",
          evidence: result.details.map {
            Evidence(
              detail: $0, excerpt: excerpt.lines(around: $0), commands: check.commands(for: $0, rule: result.rule))
          },
          waiver: result.outcome == .fail || result.outcome == .unverified
            ? WaiverStanza(rule: result.rule, subject: subject.name, now: audit.now) : nil))
    }
    if let rule, verdicts.isEmpty {
      throw AuditError.unusable("the rule `\(rule)` does not judge `\(name)`, or is off in the policy")
    }
    self.verdicts = verdicts.sorted { Self.weight($0.result) < Self.weight($1.result) }
    self.others = others
  }

  private static func weight(_ result: RuleResult) -> (Int, Int, String) {
    let outcome = [Outcome.fail: 0, .unverified: 1][result.outcome] ?? 2
    let severity = [Severity.error: 0, .warning: 1, .note: 2][result.severity] ?? 3
    return (outcome, severity, result.rule)
  }
}
