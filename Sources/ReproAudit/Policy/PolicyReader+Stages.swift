import Documents

extension PolicyReader {
  private typealias Setting = (
    key: String,
    read: @Sendable (PolicyReader, DocumentNode, inout Policy.Stage) throws(PolicyError) -> Void
  )

  private static let stageSettings: [Setting] = [
    ("metrics", { reader, node, stage throws(PolicyError) in stage.thresholds = try reader.thresholds(node) }),
    ("validations", { reader, node, stage throws(PolicyError) in stage.validations = try reader.validations(node) }),
    ("drift", { reader, node, stage throws(PolicyError) in stage.drift = try reader.drift(node) }),
    ("rollback", { reader, node, stage throws(PolicyError) in stage.rollback = try reader.rollback(node) }),
    ("approvals", { reader, node, stage throws(PolicyError) in stage.approvals = try reader.approvals(node) }),
    ("after", { reader, node, stage throws(PolicyError) in stage.after = try reader.after(node) }),
    (
      "promotion_record",
      { reader, node, stage throws(PolicyError) in
        stage.promotionRecord = try reader.boolean(node, "promotion_record")
      }
    ),
  ]

  /// `stages`: name → what the stage asks of the version it points at, in promotion order.
  ///
  /// A stage of a policy that is extended keeps its place in the order, and what is not said of it again; a new one
  /// stands before the one that follows it here.
  mutating func readStages(_ section: DocumentEntry) throws(PolicyError) {
    let entries = try map(section.node, "`stages`")
    for (index, entry) in entries.enumerated() {
      let following = entries[(index + 1)...].map(\.key)
      attempt { reader throws(PolicyError) in try reader.readStage(entry, before: following) }
    }
    for entry in entries { attempt { reader throws(PolicyError) in try reader.checkOrder(entry) } }
  }

  private mutating func readStage(_ entry: DocumentEntry, before following: [String]) throws(PolicyError) {
    guard !entry.key.isEmpty else { throw mistake("a stage needs a name", line: entry.line) }
    let place = policy.stages.firstIndex { $0.name == entry.key }
    var stage = place.map { policy.stages[$0] } ?? Policy.Stage(name: entry.key)
    for setting in try map(entry.node, "the stage `\(entry.key)`") {
      attempt { reader throws(PolicyError) in
        guard let known = Self.stageSettings.first(where: { $0.key == setting.key }) else {
          throw reader.unknown(
            "key of a stage", setting.key, among: Self.stageSettings.map(\.key), line: setting.line)
        }
        try known.read(reader, setting.node, &stage)
        reader.mark(PolicyPlace("stages", entry.key, setting.key), line: setting.line)
      }
    }
    if let place {
      policy.stages[place] = stage
    } else {
      let next = following.compactMap { name in policy.stages.firstIndex { $0.name == name } }.first
      policy.stages.insert(stage, at: next ?? policy.stages.endIndex)
    }
    mark(PolicyPlace("stages", stage.name), line: entry.line)
  }

  /// Only a stage that stands before can have been passed: so no two can wait for each other.
  private func checkOrder(_ entry: DocumentEntry) throws(PolicyError) {
    guard let node = entry.node["after"], let place = policy.stages.firstIndex(where: { $0.name == entry.key }) else {
      return
    }
    for name in policy.stages[place].after ?? [] {
      let before = policy.stages[..<place].map(\.name)
      if before.contains(name) { continue }
      guard policy.stages.contains(where: { $0.name == name }) else {
        throw unknown("stage", name, among: policy.stages.map(\.name), line: node.line)
      }
      throw mistake("`after` names `\(name)`, which does not stand before `\(entry.key)`", line: node.line)
    }
  }

  private func thresholds(_ node: DocumentNode) throws(PolicyError) -> [Policy.Threshold] {
    var thresholds: [Policy.Threshold] = []
    for metric in try map(node, "`metrics`") { thresholds.append(try threshold(metric)) }
    return thresholds
  }

  private func threshold(_ entry: DocumentEntry) throws(PolicyError) -> Policy.Threshold {
    var bounds: [String: Double] = [:]
    var higherIsBetter = true
    for bound in try map(entry.node, "the limits of `\(entry.key)`") {
      switch bound.key {
      case "min", "max": bounds[bound.key] = try number(bound.node, bound.key)
      case "tolerance": bounds[bound.key] = try amount(bound.node, bound.key)
      case "higher_is_better": higherIsBetter = try boolean(bound.node, bound.key)
      default:
        throw unknown("limit", bound.key, among: ["min", "max", "tolerance", "higher_is_better"], line: bound.line)
      }
    }
    if let least = bounds["min"], let most = bounds["max"], least > most {
      throw mistake("the `min` of `\(entry.key)` is above its `max`", line: entry.line)
    }
    return Policy.Threshold(
      metric: entry.key, minimum: bounds["min"], maximum: bounds["max"], tolerance: bounds["tolerance"],
      higherIsBetter: higherIsBetter)
  }

  /// One of the stages before, a list of them, or `none`.
  private func after(_ node: DocumentNode) throws(PolicyError) -> [String] {
    let names = node.isNull ? [] : try texts(node, "`after`")
    if node.elements == nil, names == ["none"] { return [] }
    guard Set(names).count == names.count else { throw mistake("`after` names a stage twice", line: node.line) }
    return names
  }
}

extension PolicyReader {
  func boolean(_ node: DocumentNode, _ what: String) throws(PolicyError) -> Bool {
    guard let value = node.boolean else { throw mistake("`\(what)` takes true or false", line: node.line) }
    return value
  }

  /// A number that is not negative.
  func amount(_ node: DocumentNode, _ what: String) throws(PolicyError) -> Double {
    let value = try number(node, what)
    guard value >= 0 else { throw mistake("`\(what)` cannot be negative", line: node.line) }
    return value
  }

  func duration(_ node: DocumentNode, _ what: String) throws(PolicyError) -> PolicyDuration {
    guard let value = node.text.flatMap(PolicyDuration.init) else {
      throw mistake("`\(what)` takes \(PolicyDuration.example)", line: node.line)
    }
    return value
  }
}
