import AuditDatabase

extension Policy {
  /// A limit on one metric.
  struct Threshold: Sendable, Hashable {
    let metric: String
    let minimum: Double?
    let maximum: Double?
    /// How much worse than the version it replaces the value may be; nil when that is not asked.
    var tolerance: Double?
    var higherIsBetter = true
  }

  /// A validation that must have been recorded; without name and kind, any.
  struct RequiredValidation: Sendable, Hashable {
    var name: String?
    var kind: String?
    var maximumAge: PolicyDuration?
    var dataset: String?
  }

  /// A check that the data has not drifted since training.
  struct Drift: Sendable, Hashable {
    var isRequired = true
    var maximumAge: PolicyDuration?
    var statistic: String?
    var limit: Double?
  }

  /// A plan for the way back.
  struct Rollback: Sendable, Hashable {
    var isRequired = false
    var isTested = false
    var testedWithin: PolicyDuration?
    /// A name relative to the model's folder or one above; nil for the usual names.
    var document: String?
  }

  /// People who must have agreed.
  struct Approvals: Sendable, Hashable {
    var required = 1
    var roles: [String] = []
    var people: [String] = []
    /// Whether who promotes does not count.
    var excludesAuthor = false
  }

  /// A stage and what it asks of the version it points at.
  struct Stage: Sendable, Hashable {
    let name: String
    var thresholds: [Threshold] = []
    var validations: [RequiredValidation] = []
    var drift: Drift?
    var rollback: Rollback?
    var approvals: Approvals?
    /// Stages that a version must have been in before; nil for the one before in order.
    var after: [String]?
    /// Whether a promotion must be recorded; nil when the policy does not say.
    var promotionRecord: Bool?

    init(name: String) { self.name = name }
  }

  /// Documents that stages name as rollback plans, sorted.
  var rollbackPlans: [String] { Set(stages.compactMap { $0.rollback?.document }).sorted() }

  var stageFacts: [StageFacts] {
    stages.enumerated().map { position, stage in
      var facts = StageFacts(name: stage.name)
      facts.thresholds = stage.thresholds.map {
        StageFacts.Threshold(
          metric: $0.metric, minimum: $0.minimum, maximum: $0.maximum, tolerance: $0.tolerance,
          higherIsBetter: $0.higherIsBetter)
      }
      facts.validations = stage.validations.map {
        StageFacts.Validation(
          name: $0.name, kind: $0.kind, maximumAge: $0.maximumAge?.seconds, dataset: $0.dataset)
      }
      facts.predecessors =
        stage.after.map { $0.map { ($0, true) } } ?? (position > 0 ? [(stages[position - 1].name, false)] : [])
      facts.promotionRecord = stage.promotionRecord
      facts.driftRequired = stage.drift?.isRequired ?? false
      facts.driftMaximumAge = stage.drift?.maximumAge?.seconds
      facts.driftStatistic = stage.drift?.statistic
      facts.driftLimit = stage.drift?.limit
      facts.rollbackRequired = stage.rollback?.isRequired ?? false
      facts.rollbackTested = stage.rollback?.isTested ?? false
      facts.rollbackTestedWithin = stage.rollback?.testedWithin?.seconds
      facts.approvalsRequired = stage.approvals?.required ?? 0
      facts.notAuthor = stage.approvals?.excludesAuthor ?? false
      facts.approverRoles = stage.approvals?.roles ?? []
      facts.approvers = stage.approvals?.people ?? []
      return facts
    }
  }
}
