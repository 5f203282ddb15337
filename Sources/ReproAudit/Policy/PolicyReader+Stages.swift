import Documents

extension PolicyReader {
  /// `stages`: name → what the stage asks of the version it points at, in promotion order.
  mutating func readStages(_ section: DocumentEntry) throws(PolicyError) {
    for entry in try map(section.node, "`stages`") {
      attempt { reader throws(PolicyError) in
        let stage = try reader.stage(entry)
        // What a policy extends keeps its place in the order.
        if let place = reader.policy.stages.firstIndex(where: { $0.name == stage.name }) {
          reader.policy.stages[place] = stage
        } else {
          reader.policy.stages.append(stage)
        }
        reader.mark(PolicyPlace("stages", stage.name), line: entry.line)
      }
    }
  }

  private func stage(_ entry: DocumentEntry) throws(PolicyError) -> Policy.Stage {
    var thresholds: [Policy.Threshold] = []
    for setting in try map(entry.node, "the stage `\(entry.key)`") {
      guard setting.key == "metrics" else {
        throw unknown("key of a stage", setting.key, among: ["metrics"], line: setting.line)
      }
      for metric in try map(setting.node, "`metrics`") { thresholds.append(try threshold(metric)) }
    }
    return Policy.Stage(name: entry.key, thresholds: thresholds)
  }

  private func threshold(_ entry: DocumentEntry) throws(PolicyError) -> Policy.Threshold {
    var bounds: [String: Double] = [:]
    for bound in try map(entry.node, "the limits of `\(entry.key)`") {
      guard ["min", "max"].contains(bound.key) else {
        throw unknown("limit", bound.key, among: ["min", "max"], line: bound.line)
      }
      bounds[bound.key] = try number(bound.node, bound.key)
    }
    return Policy.Threshold(metric: entry.key, minimum: bounds["min"], maximum: bounds["max"])
  }
}
