/// What all rules say of one subject.
public struct SubjectResults: Sendable {
  public let subject: Subject
  /// Where it lies, relative to the store.
  public let path: String?
  /// By rule; passes are here or only counted, as whoever asks wants them.
  public let results: [RuleResult]
  /// Passes that are not in `results`.
  public let countedPasses: Int

  public init(subject: Subject, path: String?, results: [RuleResult], countedPasses: Int = 0) {
    self.subject = subject
    self.path = path
    self.results = results
    self.countedPasses = countedPasses
  }
}
