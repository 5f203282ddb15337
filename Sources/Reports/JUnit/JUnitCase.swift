import Records

/// One testcase, ready to be written.
struct JUnitCase {
  enum Verdict {
    case passed
    case failed(type: String)
    case undecided
    case skipped
  }

  let className: String
  let name: String
  /// Relative to the store; left out by the strict profile.
  let file: String?
  let line: Int?
  /// How many results a folded testcase stands for.
  let folded: Int?
  let verdict: Verdict
  /// One line; empty for a pass.
  let message: String
  let body: String

  init(
    className: String, name: String, file: String? = nil, line: Int? = nil, folded: Int? = nil,
    verdict: Verdict, message: String = "", body: String = ""
  ) {
    self.className = className
    self.name = name
    self.file = file
    self.line = line
    self.folded = folded
    self.verdict = verdict
    self.message = message
    self.body = body
  }

  /// About how many bytes it takes, in memory and in the file.
  var weight: Int {
    120 + className.utf8.count + name.utf8.count + message.utf8.count + body.utf8.count + (file?.utf8.count ?? 0)
  }

  /// XML elements it becomes.
  var elements: Int {
    if case .passed = verdict { 1 } else { 2 }
  }
}

extension JUnitCase {
  /// The testcase of one rule and subject.
  init(_ result: RuleResult, identity: JUnitIdentity, rule: RuleDescription?) {
    let body = JUnitBody(result, rule: rule)
    self.init(
      className: identity.className, name: result.rule, file: body.path, line: body.line,
      verdict: Self.verdict(of: result), message: result.outcome == .pass ? "" : body.headline,
      body: result.outcome == .pass ? "" : body.text)
  }

  /// The passes of one subject as one testcase.
  init(passes: Int, path: String?, identity: JUnitIdentity) {
    self.init(
      className: identity.className, name: "passes", file: path.map(JUnitText.item), folded: passes, verdict: .passed)
  }

  /// What does not apply to one subject as one testcase, which names each rule and its reason.
  init(notApplicable reasons: JUnitReasons, path: String?, identity: JUnitIdentity) {
    self.init(
      className: identity.className, name: "not-applicable", file: path.map(JUnitText.item), folded: reasons.count,
      verdict: .skipped,
      message: reasons.count == 1 ? "1 rule does not apply" : "\(reasons.count) rules do not apply", body: reasons.text)
  }

  /// What stands in a report that would otherwise hold no testcase, which consumers take for success or lose.
  static let nothingAudited = JUnitCase(
    className: "repro-audit", name: "nothing-audited", verdict: .undecided, message: "nothing was audited",
    body: """
      nothing was audited
      the scan judged no subject
      remedy: scan a directory that holds a registry or run records, or look at include and exclude of the policy
      """)

  /// What stands in the report of a partial audit to which nothing belongs.
  init(emptiness: String) {
    let message = "nothing to judge: " + JUnitText.message(emptiness)
    self.init(className: "repro-audit", name: "nothing-to-judge", verdict: .skipped, message: message, body: message)
  }

  private static func verdict(of result: RuleResult) -> Verdict {
    switch result.outcome {
    case .pass: .passed
    case .fail: .failed(type: result.severity.rawValue)
    case .unverified: .undecided
    case .waived, .baselined, .notApplicable: .skipped
    }
  }
}
