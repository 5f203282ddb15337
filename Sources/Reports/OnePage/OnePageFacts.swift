import Lineage
import Records

/// What is known of one version or run, as a report of one page needs it; everything as the stores say it.
package struct OnePageFacts: Sendable {
  /// One item of the checklist, with what is on record.
  package struct Item: Sendable {
    package let title: String
    package let outcome: Outcome
    /// What stands for it, a line each.
    package let evidence: [String]
    /// Rules behind an outcome that is no pass.
    package let rules: [String]

    package init(title: String, outcome: Outcome, evidence: [String], rules: [String]) {
      self.title = title
      self.outcome = outcome
      self.evidence = evidence
      self.rules = rules
    }
  }

  package struct Artifact: Sendable {
    package let path: String
    package let role: String
    /// `sha256:…`, or nil.
    package let digest: String?
    /// What became of it: `matched`, `missing`, `on record only` …
    package let state: String

    package init(path: String, role: String, digest: String?, state: String) {
      self.path = path
      self.role = role
      self.digest = digest
      self.state = state
    }
  }

  package var subject: Subject
  package var title: String
  /// `made by` → what, in the order of a reader's questions.
  package var about: [(name: String, value: String)] = []
  package var verdict: PageFacts.Verdict
  package var explanation: String
  package var items: [Item] = []
  /// Parameters, seeds and metrics: title, name, value.
  package var values: [(title: String, pairs: [(name: String, value: String)])] = []
  package var artifacts: [Artifact] = []
  /// Findings and undecided results, the weightiest first.
  package var results: [RuleResult] = []
  /// Results that somebody accepts.
  package var accepted: [RuleResult] = []
  package var lineage: LineageGraph?
  /// Nodes of the lineage that are not drawn.
  package var notDrawn = 0
  package var tool: String
  package var toolVersion: String
  package var policy: String
  package var policyDigest: String
  package var scanID: String
  package var now: String
  package var ledger: String?

  package init(
    subject: Subject, title: String, verdict: PageFacts.Verdict, explanation: String, tool: String, toolVersion: String,
    policy: String, policyDigest: String, scanID: String, now: String
  ) {
    self.subject = subject
    self.title = title
    self.verdict = verdict
    self.explanation = explanation
    self.tool = tool
    self.toolVersion = toolVersion
    self.policy = policy
    self.policyDigest = policyDigest
    self.scanID = scanID
    self.now = now
  }
}
