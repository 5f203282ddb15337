import Documents
import Records

/// Reads what promotion records say.
struct PromotionReader {
  let model: ModelFact

  private static let actions: [String: PromotionFact.Action] = [
    "promote": .promote, "promoted": .promote, "promotion": .promote, "deploy": .promote, "deployed": .promote,
    "release": .promote, "move": .promote, "transition": .promote, "set": .promote,
    "rollback": .rollback, "roll_back": .rollback, "rolled_back": .rollback, "roll back": .rollback,
    "revert": .rollback, "demote": .rollback,
    "retire": .retire, "retired": .retire, "retirement": .retire, "withdraw": .retire, "withdrawn": .retire,
    "deprecate": .retire, "revoke": .retire,
    "restore": .restore, "restored": .restore, "unretire": .restore, "reinstate": .restore,
  ]

  /// The promotion of a record; nil, with a problem in `record`, when it does not say what was done with which version.
  func promotion(_ record: inout LifecycleRecord) -> PromotionFact? {
    let stated = record.text(.action) ?? record.text(.kind)
    guard let action = stated.map({ Self.actions[$0.lowercased()] }) ?? .promote else {
      record.report(
        "unknown action `\(stated?.prefix(80) ?? "")`; valid are "
          + PromotionFact.Action.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", "))
      return nil
    }
    guard let version = record.version(.version) else {
      record.report("the record names no `version`")
      return nil
    }
    let alias = record.text(.stage)
    guard alias != nil || action == .retire || action == .restore else {
      record.report("the record names no `alias` that was moved")
      return nil
    }
    var promotion = PromotionFact(
      model: model.subject, action: action, version: version, path: record.path, line: record.line)
    promotion.alias = alias
    promotion.digest = record.digest(.modelDigest)
    promotion.replaces = record.version(.replaces)
    promotion.fromStage = record.text(.fromStage)
    promotion.by = record.text(.by)
    promotion.at = record.time(.timestamp)
    promotion.reason = record.text(.reason)
    promotion.inferenceCommit = record.text(.inferenceCommit)
    promotion.approvals = approvals(&record)
    return promotion
  }

  /// A name, or a list of names or of maps of `name`, `role` and `at`.
  private func approvals(_ record: inout LifecycleRecord) -> [PromotionFact.Approval] {
    guard let node = record.values[.approvedBy]?.node else { return [] }
    return (node.elements ?? [node]).compactMap { element in
      if let name = LifecycleRecord.text(element) { return PromotionFact.Approval(name: name, role: nil, at: nil) }
      let name = ["name", "by", "user", "approver"].lazy.compactMap { element[$0].flatMap(LifecycleRecord.text) }.first
      guard let name else {
        record.report("an approval names nobody")
        return nil
      }
      let at = ["at", "time", "date", "approved_at", "timestamp"].lazy
        .compactMap { element[$0].flatMap(LifecycleRecord.text) }.first
      return PromotionFact.Approval(
        name: name, role: element["role"].flatMap(LifecycleRecord.text), at: at.map { record.time($0) })
    }
  }

  /// Records in the order of what they tell: by time, and one without a time stays behind its neighbour in the file.
  static func inOrder(_ promotions: [PromotionFact]) -> [PromotionFact] {
    var last: Instant?
    var keyed: [(time: Instant?, promotion: PromotionFact)] = []
    for promotion in promotions {
      last = promotion.at?.instant ?? last
      keyed.append((last, promotion))
    }
    return keyed.enumerated().sorted { left, right in
      switch (left.element.time, right.element.time) {
      case (let a?, let b?) where a != b: a < b
      case (nil, .some): true
      case (.some, nil): false
      default: left.offset < right.offset
      }
    }.map(\.element.promotion)
  }
}
