/// The built-in policy `promotion`: what careful teams ask of a version before people depend on it.
enum PromotionPolicy {
  /// The rules about how versions come to their stages, and what they are there.
  static let rules = [
    "artifact-digest-mismatch", "changed-after-publication", "dangling-alias", "failed-reproduction",
    "metric-below-threshold", "missing-approval", "missing-artifact", "missing-checksum", "missing-drift-check",
    "missing-inference-commit", "missing-promotion-policy", "missing-promotion-record", "missing-rollback-target",
    "missing-validation", "retired-version-in-use", "skipped-stage", "unreadable-file", "unreproduced-version",
  ]

  /// Production under either of its usual names; other stages and every metric are the team's to say.
  static var stages: [Policy.Stage] {
    ["prod", "production"].map { name in
      var stage = Policy.Stage(name: name)
      stage.promotionRecord = true
      stage.validations = [Policy.RequiredValidation()]
      stage.drift = Policy.Drift(maximumAge: PolicyDuration("90d"))
      stage.rollback = Policy.Rollback(isRequired: true, isTested: true, testedWithin: PolicyDuration("180d"))
      stage.approvals = Policy.Approvals(required: 1, excludesAuthor: true)
      // The two are one stage, and neither comes before the other.
      stage.after = []
      return stage
    }
  }
}

extension Policy {
  /// Sets stages over what was there before, each as a whole.
  mutating func overlay(_ stages: [Stage], source: String) {
    for stage in stages {
      if let place = self.stages.firstIndex(where: { $0.name == stage.name }) {
        self.stages[place] = stage
      } else {
        self.stages.append(stage)
      }
      origins[PolicyPlace("stages", stage.name)] = PolicyOrigin(source: source, line: nil)
    }
  }
}
