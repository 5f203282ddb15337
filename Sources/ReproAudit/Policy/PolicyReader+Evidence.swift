import Documents

/// What a stage asks beyond metrics: validations, drift checks, a way back, and people who agree.
extension PolicyReader {
  /// A list of names or maps, or `required` for any validation.
  func validations(_ node: DocumentNode) throws(PolicyError) -> [Policy.RequiredValidation] {
    if node.isNull { return [] }
    if node.text == "required" { return [Policy.RequiredValidation()] }
    guard let elements = node.elements else {
      throw mistake("`validations` must be a list, or `required` for any validation", line: node.line)
    }
    var validations: [Policy.RequiredValidation] = []
    for element in elements {
      let validation = try validation(element)
      if validations.contains(where: {
        $0.name == validation.name && $0.kind == validation.kind && $0.dataset == validation.dataset
      }) {
        throw mistake(
          "the validation `\(validation.name ?? validation.kind ?? "")` stands twice", line: element.line)
      }
      validations.append(validation)
    }
    return validations
  }

  private func validation(_ node: DocumentNode) throws(PolicyError) -> Policy.RequiredValidation {
    var validation = Policy.RequiredValidation()
    guard node.entries != nil else {
      validation.name = try text(node, "a validation")
      return validation
    }
    for setting in try map(node, "a validation") {
      switch setting.key {
      case "name": validation.name = try text(setting.node, "`name`")
      case "kind": validation.kind = try text(setting.node, "`kind`").lowercased()
      case "max_age": validation.maximumAge = try duration(setting.node, "max_age")
      case "dataset": validation.dataset = try text(setting.node, "`dataset`")
      default:
        throw unknown(
          "key of a validation", setting.key, among: ["name", "kind", "max_age", "dataset"], line: setting.line)
      }
    }
    guard validation.name != nil || validation.kind != nil else {
      throw mistake("a validation needs a `name` or a `kind`", line: node.line)
    }
    return validation
  }

  /// A map of limits, or true or false.
  func drift(_ node: DocumentNode) throws(PolicyError) -> Policy.Drift {
    var drift = Policy.Drift()
    if node.entries == nil, !node.isNull {
      drift.isRequired = node.text == "required" ? true : try boolean(node, "drift")
      return drift
    }
    for setting in try map(node, "`drift`") {
      switch setting.key {
      case "required": drift.isRequired = try boolean(setting.node, "required")
      case "max_age": drift.maximumAge = try duration(setting.node, "max_age")
      case "statistic": drift.statistic = try text(setting.node, "`statistic`")
      case "limit": drift.limit = try amount(setting.node, "limit")
      default:
        throw unknown(
          "key of `drift`", setting.key, among: ["required", "max_age", "statistic", "limit"], line: setting.line)
      }
    }
    return drift
  }

  func rollback(_ node: DocumentNode) throws(PolicyError) -> Policy.Rollback {
    var rollback = Policy.Rollback(isRequired: true)
    for setting in try map(node, "`rollback`") {
      switch setting.key {
      case "plan":
        let plans = ["required", "tested", "optional"]
        guard let plan = setting.node.text, plans.contains(plan) else {
          throw unknown("`plan`", setting.node.text ?? "", among: plans, line: setting.line)
        }
        rollback.isRequired = plan != "optional"
        rollback.isTested = rollback.isTested || plan == "tested"
      case "tested_within":
        rollback.testedWithin = try duration(setting.node, "tested_within")
        rollback.isTested = true
      case "document":
        let document = try text(setting.node, "`document`")
        guard !document.hasPrefix("/"), !document.split(separator: "/").contains("..") else {
          throw mistake("`document` is relative to the model's folder or one above it", line: setting.line)
        }
        rollback.document = document
      default:
        throw unknown(
          "key of `rollback`", setting.key, among: ["plan", "tested_within", "document"], line: setting.line)
      }
    }
    return rollback
  }

  /// A map, or just how many.
  func approvals(_ node: DocumentNode) throws(PolicyError) -> Policy.Approvals {
    var approvals = Policy.Approvals()
    if node.entries == nil, !node.isNull {
      approvals.required = try count(node, "approvals")
      return approvals
    }
    for setting in try map(node, "`approvals`") {
      switch setting.key {
      case "required": approvals.required = try count(setting.node, "required")
      case "roles": approvals.roles = try texts(setting.node, "`roles`")
      case "by": approvals.people = try texts(setting.node, "`by`")
      case "not_author": approvals.excludesAuthor = try boolean(setting.node, "not_author")
      default:
        throw unknown(
          "key of `approvals`", setting.key, among: ["required", "roles", "by", "not_author"], line: setting.line)
      }
    }
    if approvals.roles.isEmpty, !approvals.people.isEmpty, approvals.required > Set(approvals.people).count {
      throw mistake("`approvals` needs more people than `by` names", line: node.line)
    }
    return approvals
  }

  private func count(_ node: DocumentNode, _ what: String) throws(PolicyError) -> Int {
    guard let value = node.text.flatMap({ Int($0) }), (0...1000).contains(value) else {
      throw mistake("`\(what)` takes a whole number from 0", line: node.line)
    }
    return value
  }
}
