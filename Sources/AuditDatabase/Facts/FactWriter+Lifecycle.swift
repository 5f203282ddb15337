import GRDB
import Records

extension FactWriter {
  func write(_ promotion: PromotionFact, _ db: Database) throws {
    guard let model = try subject(named: promotion.model, .model, db) else { return }
    try insert(
      db,
      """
      INSERT INTO promotion (model, action, alias, version_name, digest, digest_text, replaces, from_stage, "by", at,
        at_text, reason, inference_commit, path, line)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      model, promotion.action.rawValue, promotion.alias, promotion.version, promotion.digest?.canonical,
      promotion.digest?.text, promotion.replaces, promotion.fromStage, promotion.by, promotion.at?.instant?.description,
      promotion.at?.text, promotion.reason, promotion.inferenceCommit, promotion.path, promotion.line)
    let id = db.lastInsertedRowID
    for approval in promotion.approvals {
      try insert(db, "INSERT INTO approval (promotion, name, role, at, at_text) VALUES (?, ?, ?, ?, ?)").run(
        id, approval.name, approval.role, approval.at?.instant?.description, approval.at?.text)
    }
  }

  func write(_ validation: ValidationFact, _ db: Database) throws {
    guard let model = try subject(named: validation.model, .model, db) else { return }
    try insert(
      db,
      """
      INSERT INTO validation (model, version_name, digest, digest_text, name, kind, result, passed, value, threshold,
        statistic, at, at_text, tool, "by", path, line)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      model, validation.version, validation.digest?.canonical, validation.digest?.text, validation.name,
      validation.kind, validation.result, validation.passed, validation.value, validation.threshold,
      validation.statistic, validation.at?.instant?.description, validation.at?.text, validation.tool, validation.by,
      validation.path, validation.line)
    let id = db.lastInsertedRowID
    for dataset in validation.datasets {
      try insert(
        db, "INSERT INTO validation_dataset (validation, role, name, digest, digest_text) VALUES (?, ?, ?, ?, ?)"
      ).run(id, dataset.role.rawValue, dataset.name, dataset.digest?.canonical, dataset.digest?.text)
    }
  }

  func write(_ reproduction: ReproductionFact, _ db: Database) throws {
    guard let model = try subject(named: reproduction.model, .model, db) else { return }
    try insert(
      db,
      """
      INSERT INTO reproduction (model, version_name, digest, digest_text, reproduced_digest, result, passed, at, at_text,
        tool, "by", path, line)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      model, reproduction.version, reproduction.digest?.canonical, reproduction.digest?.text,
      reproduction.reproducedDigest?.canonical, reproduction.result, reproduction.passed,
      reproduction.at?.instant?.description, reproduction.at?.text, reproduction.tool, reproduction.by,
      reproduction.path, reproduction.line)
    let id = db.lastInsertedRowID
    for metric in reproduction.metrics {
      try insert(
        db,
        """
        INSERT OR IGNORE INTO reproduction_metric (reproduction, name, original, reproduced, tolerance)
        VALUES (?, ?, ?, ?, ?)
        """
      ).run(id, metric.name, metric.original, metric.reproduced, metric.tolerance)
    }
  }

  func write(_ plan: RollbackPlanFact, _ db: Database) throws {
    guard let model = try subject(named: plan.model, .model, db) else { return }
    let file = try file(plan.file, db)
    try insert(
      db,
      """
      INSERT INTO rollback_plan (model, version_name, file, owner, tested, tested_text, target, line)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).run(
      model, plan.version, file, plan.owner, plan.tested?.instant?.description, plan.tested?.text, plan.target,
      plan.line)
  }
}
