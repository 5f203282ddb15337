/// Everything a page for people shows, as templates get it: the names here are the contract `repro-audit/page/1`.
///
/// Documented in docs/templates.md. Names are cut and visible, numbers are formatted; rendering makes every text
/// visible and escapes it. An optional that is nil, `false` and an empty list are what a Mustache section skips.
package struct ReportPage: Sendable {
  let schema = "repro-audit/page/1"
  /// The audited stores, in words: the page's title.
  let title: String
  let tool: Tool
  let policy: Policy
  let scan: Scan
  /// What people say of the audit; absent when nobody said anything.
  let meta: Meta?
  let verdict: Verdict
  /// What a shortened page left out.
  var notice: String?
  /// What the policy or the baseline says that came to nothing.
  let remarks: [Remark]
  var scope: Scope
  let outcomes: [Tally]
  let severities: [Tally]
  /// No finding then means nothing.
  let judgedNothing: Bool
  /// How this scan stands beside those before; absent without two of them.
  let trend: Trend?
  /// Rules with findings, the worst first.
  var causes: [Cause]
  var causesLeftOut: String?
  var checklist: Checklist?
  var aliases: AliasTable?
  /// What results can be narrowed by.
  let filters: Filters
  var findings: ResultList
  var undecided: ResultList
  /// Waived and baselined.
  var accepted: ResultList
  /// Who accepted what.
  let waivers: WaiverTable?
  /// What was found for the clauses of frameworks.
  let controls: [ControlTable]
  var lineage: LineageList
  /// Every rule that ran.
  var rules: [Rule]
  /// The files that decided something.
  let inputs: [Input]
  /// How to read the outcomes.
  let meanings: [Tally]

  struct Tool: Sendable {
    let name: String
    let version: String
  }

  struct Remark: Sendable {
    let text: [Span]
  }

  struct Policy: Sendable {
    let name: String
    let digest: String
    /// The effective policy, a line each; empty when it is not kept.
    let lines: [String]
    /// The same for HTML.
    let linesHTML: String?
  }

  struct Scan: Sendable {
    let id: String
    /// As the audit's clock gave it.
    let now: String
    /// For people: `2026-11-23 15:48:45 UTC`.
    let time: String
    /// The day or instant that the report was asked for, when it is not the scan's own.
    let asOf: String?
    /// The digest of the scan's entry in the ledger of its database.
    let ledger: String?
    /// What was judged when that was not everything, in words; empty when it was.
    let selection: [Span]
  }

  struct Verdict: Sendable {
    /// `compliant`, `findings`, `incomplete` or `integrity-lost`.
    let id: String
    let title: String
    let icon: String
    let mark: String
    /// Why, for this audit.
    let sentence: String
    /// What the verdict means in any audit.
    let meaning: String
    let exitCode: String
  }

  /// An outcome or a severity.
  struct Sign: Sendable {
    /// `fail`, `not-applicable`, `error` …
    let id: String
    let label: String
    /// The `icon-…` symbol of the HTML page.
    let icon: String
    /// One character that says the same in text.
    let mark: String
  }

  /// An outcome or a severity, with how often it came.
  struct Tally: Sendable {
    /// `fail`, `not-applicable`, `error` …
    let id: String
    let label: String
    /// The `icon-…` symbol of the HTML page.
    let icon: String
    /// One character that says the same in text.
    let mark: String
    let count: String
    let isZero: Bool
    let meaning: String
    /// Where and how wide it stands in a bar of 1,000; nil when it has no part of it.
    let bar: Bar?
  }

  struct Bar: Sendable {
    let start: String
    let width: String
  }

  struct Cause: Sendable {
    let rule: String
    let anchor: String
    let title: [Span]
    let severity: Sign
    /// `3 versions`; `12 subjects` when they are of several kinds.
    let subjects: String
  }

  /// A piece of our own prose: plain, or code that stood in backticks.
  struct Span: Sendable, Hashable {
    let text: String
    let isCode: Bool
  }
}
