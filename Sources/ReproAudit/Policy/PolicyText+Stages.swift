import Documents

extension PolicyText {
  var stages: [Line] {
    guard !policy.stages.isEmpty else { return [] }
    return [Line(text: "stages:")]
      + policy.stages.flatMap { stage in
        let settings = settings(of: stage)
        let head = "  \(YAMLScalar.text(stage.name)):" + (settings.isEmpty ? " {}" : "")
        return [Line(text: head, origin: settings.isEmpty ? policy.origins[PolicyPlace("stages", stage.name)] : nil)]
          + settings
      }
  }

  /// What is asked, a line each; what is not asked has none.
  private func settings(of stage: Policy.Stage) -> [Line] {
    func line(_ key: String, _ value: String) -> Line {
      let origin =
        policy.origins[PolicyPlace("stages", stage.name, key)] ?? policy.origins[PolicyPlace("stages", stage.name)]
      return Line(text: "    \(key): \(value)", origin: origin)
    }
    var lines: [Line] = []
    if !stage.thresholds.isEmpty {
      lines.append(line("metrics", "").trimmed)
      lines += stage.thresholds.map { Line(text: "      \(YAMLScalar.text($0.metric)): \(Self.text($0))") }
    }
    if !stage.validations.isEmpty { lines.append(line("validations", Self.text(stage.validations))) }
    if let drift = stage.drift { lines.append(line("drift", Self.text(drift))) }
    if let rollback = stage.rollback { lines.append(line("rollback", Self.text(rollback))) }
    if let approvals = stage.approvals { lines.append(line("approvals", Self.text(approvals))) }
    if let after = stage.after { lines.append(line("after", Self.list(after))) }
    if let isAsked = stage.promotionRecord { lines.append(line("promotion_record", "\(isAsked)")) }
    return lines
  }

  private static func text(_ limit: Policy.Threshold) -> String {
    map([
      ("min", limit.minimum.map { "\($0)" }), ("max", limit.maximum.map { "\($0)" }),
      ("tolerance", limit.tolerance.map { "\($0)" }), ("higher_is_better", limit.higherIsBetter ? nil : "false"),
    ])
  }

  private static func text(_ validations: [Policy.RequiredValidation]) -> String {
    if validations == [Policy.RequiredValidation()] { return "required" }
    let items = validations.map { item in
      map([
        ("name", item.name.map(YAMLScalar.quoted)), ("kind", item.kind.map(YAMLScalar.quoted)),
        ("max_age", item.maximumAge?.text), ("dataset", item.dataset.map(YAMLScalar.quoted)),
      ])
    }
    return "[\(items.joined(separator: ", "))]"
  }

  private static func text(_ drift: Policy.Drift) -> String {
    map([
      ("required", "\(drift.isRequired)"), ("max_age", drift.maximumAge?.text),
      ("statistic", drift.statistic.map(YAMLScalar.quoted)), ("limit", drift.limit.map { "\($0)" }),
    ])
  }

  private static func text(_ rollback: Policy.Rollback) -> String {
    map([
      // A time within which it was tested asks that it was.
      ("plan", rollback.isRequired ? rollback.isTested ? "tested" : "required" : "optional"),
      ("tested_within", rollback.testedWithin?.text), ("document", rollback.document.map(YAMLScalar.quoted)),
    ])
  }

  private static func text(_ approvals: Policy.Approvals) -> String {
    map([
      ("required", "\(approvals.required)"), ("roles", approvals.roles.isEmpty ? nil : list(approvals.roles)),
      ("by", approvals.people.isEmpty ? nil : list(approvals.people)),
      ("not_author", approvals.excludesAuthor ? "true" : nil),
    ])
  }
}

extension PolicyText.Line {
  /// Without the space behind a key whose value stands below it.
  fileprivate var trimmed: Self { Self(text: String(text.dropLast()), origin: origin) }
}
