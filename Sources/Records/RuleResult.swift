/// One flagged item inside an outcome: this package, this file, this key.
public struct Detail: Sendable, Hashable {
  /// What is flagged; with rule, subject and path it identifies the detail over time.
  public let item: String
  public let message: String
  /// Relative to the store.
  public let path: String?
  /// From 1.
  public let line: Int?

  public init(item: String, message: String, path: String? = nil, line: Int? = nil) {
    self.item = item
    self.message = message
    self.path = path
    self.line = line
  }
}

/// What one rule says of one subject.
public struct RuleResult: Sendable, Hashable {
  public let rule: String
  public let subject: Subject
  /// Where the subject is recorded, relative to the store.
  public let subjectPath: String?
  public let severity: Severity
  public let outcome: Outcome
  /// One sentence without a full stop; empty for a pass that has nothing to add.
  public let message: String
  /// At most 20 of the `detailCount` flagged items.
  public let details: [Detail]
  public let detailCount: Int
  /// Names of the aliases that reach the subject, as `fraud-detector@prod`, sorted.
  public let reaches: [String]
  /// What waivers, attestations and the baseline cover of it.
  public let acceptances: [Acceptance]

  public init(
    rule: String, subject: Subject, subjectPath: String? = nil, severity: Severity, outcome: Outcome,
    message: String, details: [Detail] = [], detailCount: Int? = nil, reaches: [String] = [],
    acceptances: [Acceptance] = []
  ) {
    self.rule = rule
    self.subject = subject
    self.subjectPath = subjectPath
    self.severity = severity
    self.outcome = outcome
    self.message = message
    self.details = details
    self.detailCount = detailCount ?? details.count
    self.reaches = reaches
    self.acceptances = acceptances
  }
}
