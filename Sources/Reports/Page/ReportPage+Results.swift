extension ReportPage {
  /// Results of one kind, grouped by rule: the worst rules first.
  struct ResultList: Sendable {
    /// `findings`, `undecided` or `accepted`.
    let name: String
    /// Nothing is known to be wrong: what a rule advises does not apply.
    let isUndecided: Bool
    /// `12 findings`; `no finding`.
    let count: String
    let isEmpty: Bool
    /// Whether results must say which of several outcomes they have.
    let severalOutcomes: Bool
    var groups: [RuleGroup]
    /// What the page does not show, and where it is; nil when it shows all.
    var leftOut: String?
  }

  /// One rule and the subjects it flags.
  struct RuleGroup: Sendable {
    let rule: String
    let anchor: String
    let title: [Span]
    let category: String
    let severity: Sign
    /// `3 versions`.
    let subjects: String
    let why: [Span]
    let remedy: [Span]
    var results: [Result]
    /// `20 of 134 shown`; nil when all are.
    var leftOut: String?
  }

  /// What the rule says of one subject.
  struct Result: Sendable {
    /// The same in every scan: a link to a finding keeps working.
    let anchor: String
    let subject: String
    /// Nil where the name says it: `run:8f3c`.
    let kind: String?
    /// Only where several stores were audited.
    let store: String?
    let place: String?
    let severity: Sign
    /// A stage that reaches the subject can raise it above the rule's.
    let severityDiffers: Bool
    let outcome: Sign
    /// Empty when the only detail says the same.
    let message: [Span]
    /// Who accepts how much of it.
    let acceptances: [Acceptance]
    /// Other aliases that reach the subject, as `fraud-detector@prod`.
    let aliases: [String]
    /// Places of its models in the list of `filters`, from 0: `0 4`; empty when it belongs to none.
    let models: String
    /// Places of the stages that it reaches, likewise.
    let stages: String
    /// Shell lines that mend the shown items; empty where the rule has none, or an item has an unusual name.
    var command: [String]
    var details: [Detail]
    var detailsLeftOut: String?
  }

  /// The values that results are found by; only those that occur.
  struct Filters: Sendable {
    let severities: [Sign]
    let outcomes: [Sign]
    let rules: [String]
    let models: [String]
    /// Aliases without their model: `prod`, `staging`.
    let stages: [String]
  }

  /// A waiver, an attestation or the baseline, as far as it covers a result.
  struct Acceptance: Sendable {
    /// `2 items waived until 2026-06-30 (owner ada, approved by grace)`.
    let what: String
    /// Empty for the baseline.
    let reason: [Span]
  }

  /// One flagged item.
  struct Detail: Sendable {
    let item: String
    let what: [Span]
    let path: String?
    /// `:12`; nil when only the path is known.
    let line: String?
  }
}
