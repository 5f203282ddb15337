import Records

/// Why rules do not apply to a subject, a line each.
struct JUnitReasons {
  private let reasons: [(rule: String, message: String)]
  let text: String

  var count: Int { reasons.count }

  init(_ results: [RuleResult]) {
    reasons = results.map { ($0.rule, $0.message) }
    text = results.map { result in
      let reason = JUnitText.message(result.message)
      return reason.isEmpty ? result.rule : "\(result.rule): \(reason)"
    }.joined(separator: "\n")
  }

  /// Whether `results` give these reasons; subjects of one kind mostly do, and then nothing is put together again.
  func areThose(of results: [RuleResult]) -> Bool {
    reasons.count == results.count
      && zip(reasons, results).allSatisfy { $0.rule == $1.rule && $0.message == $1.message }
  }
}
