/// A rule that does not apply to a subject, and why.
public struct InapplicableRule: Sendable, Hashable {
  public let rule: String
  /// One sentence without a full stop.
  public let reason: String

  public init(rule: String, reason: String) {
    self.rule = rule
    self.reason = reason
  }

  /// By bytes, since a reason in another spelling is told in its own.
  public static func == (left: InapplicableRule, right: InapplicableRule) -> Bool {
    left.rule.hasSameBytes(as: right.rule) && left.reason.hasSameBytes(as: right.reason)
  }
}

/// What all rules say of one subject.
public struct SubjectResults: Sendable {
  public let subject: Subject
  /// Where it lies, relative to the store.
  public let path: String?
  /// By rule; passes and what does not apply are here or beside it, as whoever asks wants them.
  public let results: [RuleResult]
  /// Passes that are not in `results`.
  public let countedPasses: Int
  /// Rules that do not apply and are not in `results`, by id.
  public let inapplicable: [InapplicableRule]

  public init(
    subject: Subject, path: String?, results: [RuleResult], countedPasses: Int = 0,
    inapplicable: [InapplicableRule] = []
  ) {
    self.subject = subject
    self.path = path
    self.results = results
    self.countedPasses = countedPasses
    self.inapplicable = inapplicable
  }
}
