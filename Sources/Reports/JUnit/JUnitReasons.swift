import Records

/// Why rules do not apply to a subject, a line each.
struct JUnitReasons {
  private let rules: [InapplicableRule]
  let text: String

  var count: Int { rules.count }

  init(_ rules: [InapplicableRule]) {
    self.rules = rules
    text = rules.map { rule in
      let reason = JUnitText.message(rule.reason)
      return reason.isEmpty ? rule.rule : "\(rule.rule): \(reason)"
    }.joined(separator: "\n")
  }

  /// Whether these are the reasons of `rules`; most subjects of a kind have the same, and nothing is put together again.
  func areThose(of rules: [InapplicableRule]) -> Bool { self.rules == rules }
}
