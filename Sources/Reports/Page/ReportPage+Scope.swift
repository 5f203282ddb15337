extension ReportPage {
  /// What was examined, and what was not.
  struct Scope: Sendable {
    /// What the policy declares out of scope, by reason.
    var excluded: [Gap]
    /// What could not be decided, by rule.
    var undecided: [Gap]
    /// Whether `excluded` or `undecided` holds anything, or a record could not be read.
    let hasGaps: Bool
    /// `3 records or directories could not be read`; nil when all could.
    let unread: String?
    /// The finding that names them.
    let unreadAnchor: String?
    var stores: [Store]
    var storesLeftOut: String?
    let severalStores: Bool
    /// `2 models`, `14 versions` …
    let subjects: [Figure]
    let files: String
    let bytes: String
    /// `100 % verified within 30 days; oldest …`; nil where all files were read.
    let coverage: String?
    /// Checks of files by what they came to.
    let checks: [Check]
  }

  /// Results that say nothing, with one reason.
  struct Gap: Sendable {
    /// The rule's id; nil for a reason that the policy gives to many rules.
    let rule: String?
    let anchor: String?
    let title: [Span]
    let count: String
    /// Empty where each example has its own.
    let reason: [Span]
    /// A few of the subjects.
    let examples: [Example]
    let examplesLeftOut: String?
  }

  /// A subject that was not examined.
  struct Example: Sendable {
    let subject: String
    /// Empty where `reason` says it for all.
    let message: [Span]
  }

  struct Store: Sendable {
    let name: String
    let kind: String
    let path: String
  }

  struct Figure: Sendable {
    let count: String
    let noun: String
  }

  struct Check: Sendable {
    let id: String
    let label: String
    let meaning: String
    let count: String
    /// The outcome whose icon and colour it takes.
    let outcome: String
    let icon: String
    let mark: String
  }
}
