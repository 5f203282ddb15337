/// What a rule's header says of it: the source of the catalogue, `rules explain`, docs/rules and every report.
public struct RuleDescription: Sendable, Hashable {
  public let id: String
  /// The folder of the catalogue it lies in: code, environment, data, …
  public let category: String
  public let title: String
  public let subjects: [SubjectKind]
  public let severity: Severity
  /// The severity once an alias reaches the subject; nil when it stays the same.
  public let staged: Severity?
  public let rationale: String
  public var remedy: String
  /// Shell lines that mend one flagged item: `{item}` is its name, often a path, `{folder}` and `{file}`
  /// the two parts of that, and `{path}` the document in which it stands.
  public let remedyCommand: String?
  public let references: [String]
  /// Framework → clauses it speaks to; informative, never a claim of conformity.
  public let controls: [String: [String]]
  public let parameters: [RuleParameter]

  public init(
    id: String, category: String, title: String, subjects: [SubjectKind], severity: Severity,
    staged: Severity? = nil, rationale: String, remedy: String, remedyCommand: String? = nil, references: [String],
    controls: [String: [String]], parameters: [RuleParameter]
  ) {
    self.id = id
    self.category = category
    self.title = title
    self.subjects = subjects
    self.severity = severity
    self.staged = staged
    self.rationale = rationale
    self.remedy = remedy
    self.remedyCommand = remedyCommand
    self.references = references
    self.controls = controls
    self.parameters = parameters
  }
}

/// A value of a rule that a policy can change.
public struct RuleParameter: Sendable, Hashable {
  /// How a policy must write the value; rules see a duration in seconds.
  public enum Kind: String, Sendable { case integer, number, text, boolean, list, duration }

  public let name: String
  public let kind: Kind
  /// As text; a list is joined by `,`.
  public let defaultValue: String
  public let meaning: String

  public init(name: String, kind: Kind, defaultValue: String, meaning: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.meaning = meaning
  }
}
