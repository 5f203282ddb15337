import GRDB

/// What a stage of the policy asks of the version it points at.
package struct StageFacts: Sendable {
  package struct Threshold: Sendable {
    package let metric: String
    package let minimum: Double?
    package let maximum: Double?
    package let tolerance: Double?
    package let higherIsBetter: Bool

    package init(metric: String, minimum: Double?, maximum: Double?, tolerance: Double?, higherIsBetter: Bool) {
      self.metric = metric
      self.minimum = minimum
      self.maximum = maximum
      self.tolerance = tolerance
      self.higherIsBetter = higherIsBetter
    }
  }

  /// Without name and kind, any validation.
  package struct Validation: Sendable {
    package let name: String?
    package let kind: String?
    /// Seconds.
    package let maximumAge: Int?
    package let dataset: String?

    package init(name: String?, kind: String?, maximumAge: Int?, dataset: String?) {
      self.name = name
      self.kind = kind
      self.maximumAge = maximumAge
      self.dataset = dataset
    }
  }

  package let name: String
  package var thresholds: [Threshold] = []
  package var validations: [Validation] = []
  /// Stages that a version must have been in before, and whether the policy says so itself.
  package var predecessors: [(name: String, stated: Bool)] = []
  /// Nil when the policy does not say.
  package var promotionRecord: Bool?
  package var driftRequired = false
  /// Seconds.
  package var driftMaximumAge: Int?
  package var driftStatistic: String?
  package var driftLimit: Double?
  package var rollbackRequired = false
  package var rollbackTested = false
  /// Seconds.
  package var rollbackTestedWithin: Int?
  package var approvalsRequired = 0
  package var notAuthor = false
  /// Whose approval counts, by role and by name.
  package var approverRoles: [String] = []
  package var approvers: [String] = []

  package init(name: String) { self.name = name }

  func write(at position: Int, _ db: Database) throws {
    try Insert(
      db,
      """
      INSERT INTO stage (name, position, promotion_record, drift_required, drift_max_age, drift_statistic, drift_limit,
        rollback_required, rollback_tested, rollback_tested_within, approvals_required, not_author)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      name, position, promotionRecord, driftRequired, driftMaximumAge, driftStatistic, driftLimit, rollbackRequired,
      rollbackTested, rollbackTestedWithin, approvalsRequired, notAuthor)
    for stage in predecessors {
      try Insert(db, "INSERT INTO stage_predecessor (stage, after, stated) VALUES (?, ?, ?)").run(
        name, stage.name, stage.stated)
    }
    for item in thresholds {
      try Insert(
        db,
        """
        INSERT INTO threshold (stage, metric, minimum, maximum, tolerance, higher_is_better) VALUES (?, ?, ?, ?, ?, ?)
        """
      ).run(name, item.metric, item.minimum, item.maximum, item.tolerance, item.higherIsBetter)
    }
    for (place, item) in validations.enumerated() {
      try Insert(
        db,
        "INSERT INTO required_validation (stage, position, name, kind, max_age, dataset) VALUES (?, ?, ?, ?, ?, ?)"
      ).run(name, place, item.name, item.kind, item.maximumAge, item.dataset)
    }
    for (kind, names) in [("role", approverRoles), ("person", approvers)] {
      for approver in names {
        try Insert(db, "INSERT OR IGNORE INTO approver (stage, kind, name) VALUES (?, ?, ?)").run(name, kind, approver)
      }
    }
  }
}
