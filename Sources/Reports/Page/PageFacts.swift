import Records

/// What a page for people is made of, beside the results: counts and names of one finished audit.
///
/// Everything is as the stores and the policy say it; the page makes it visible and escapes it.
package struct PageFacts: Sendable {
  package var tool: String
  package var toolVersion: String
  package var policy: String
  /// `sha256:…` of the effective policy.
  package var policyDigest: String
  package var scanID: String
  /// The audit's clock, as `2026-11-23T15:48:45Z`.
  package var now: String
  package var verdict: Verdict
  /// One sentence without a full stop: why the verdict is what it is.
  package var explanation: String
  package var stores: [Store]
  package var subjects: [SubjectKind: Int]
  package var filesExamined: Int
  /// When the files were verified that this audit did not read, in words; nil when it read all.
  package var coverage: String?
  package var bytesExamined: Int64
  /// How many checks came to which verdict.
  package var checks: [CheckVerdict: Int]
  /// Records and directories that could not be read, so that nothing is known of what they describe.
  package var unreadRecords: Int
  /// Findings by severity, over the whole audit.
  package var severities: [Severity: Int]
  /// Every rule that ran, with its counts over the whole audit.
  package var ruleRuns: [RuleRun]
  /// What was judged when that was not everything, in words.
  package var selection: String?
  /// What the policy or the baseline says that came to nothing, in words.
  package var remarks: [String] = []
  /// This scan and those before, the oldest first; empty without a database.
  package var trend: [TrendPoint] = []
  /// What people say of the audit; nil when nobody said anything.
  package var meta: ReportMeta?
  /// Waivers and attestations that cover something, and the baseline.
  package var accepted: [AcceptedFacts] = []
  /// The policy, waiver files and the baseline: role, name, digest.
  package var inputs: [Input] = []
  /// The effective policy in one spelling; nil when it is not kept.
  package var policyText: String?
  /// Rule → the SELECT that judged.
  package var queries: [String: String] = [:]
  /// Runs and datasets that models rest on → the names of these.
  package var models: [Subject: Set<String>] = [:]
  /// The day or instant that an earlier scan was asked for by.
  package var asOf: String?
  /// The digest of the scan's entry in the ledger.
  package var ledger: String?

  package init(
    tool: String, toolVersion: String, policy: String, policyDigest: String, scanID: String, now: String,
    verdict: Verdict, explanation: String, stores: [Store], subjects: [SubjectKind: Int], filesExamined: Int,
    bytesExamined: Int64, checks: [CheckVerdict: Int], unreadRecords: Int, severities: [Severity: Int],
    ruleRuns: [RuleRun]
  ) {
    self.tool = tool
    self.toolVersion = toolVersion
    self.policy = policy
    self.policyDigest = policyDigest
    self.scanID = scanID
    self.now = now
    self.verdict = verdict
    self.explanation = explanation
    self.stores = stores
    self.subjects = subjects
    self.filesExamined = filesExamined
    self.bytesExamined = bytesExamined
    self.checks = checks
    self.unreadRecords = unreadRecords
    self.severities = severities
    self.ruleRuns = ruleRuns
  }

  /// What the exit code says.
  package enum Verdict: Int, Sendable, CaseIterable {
    case compliant = 0
    case findings = 1
    case incomplete = 2
    case integrityLost = 3
  }

  /// One audited store.
  package struct Store: Sendable, Hashable {
    package let name: String
    package let kind: String
    package let path: String

    package init(name: String, kind: String, path: String) {
      self.name = name
      self.kind = kind
      self.path = path
    }
  }

  /// A file that decided something about the audit.
  package struct Input: Sendable, Hashable {
    package let role: String
    package let path: String
    package let digest: String

    package init(role: String, path: String, digest: String) {
      self.role = role
      self.path = path
      self.digest = digest
    }
  }

  /// What happened to one rule.
  package struct RuleRun: Sendable, Hashable {
    package let rule: String
    package let severity: Severity
    package let examined: Int
    package let outcomes: [Outcome: Int]
    /// Why the rule did not complete; nil when it did.
    package let failure: String?

    package init(
      rule: String, severity: Severity, examined: Int, outcomes: [Outcome: Int], failure: String? = nil
    ) {
      self.rule = rule
      self.severity = severity
      self.examined = examined
      self.outcomes = outcomes
      self.failure = failure
    }
  }
}
