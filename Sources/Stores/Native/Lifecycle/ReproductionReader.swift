import Documents
import Records

/// Reads what records of reproductions say.
struct ReproductionReader {
  let model: ModelFact
  /// The version in whose folder the records lie; nil for those of the whole model.
  let version: String?

  /// The reproduction of a record; nil, with a problem in `record`, when it does not say of what.
  func reproduction(_ record: inout LifecycleRecord) -> ReproductionFact? {
    var reproduction = ReproductionFact(model: model.subject, path: record.path, line: record.line)
    reproduction.version = record.version(.version) ?? version
    reproduction.digest = record.digest(.modelDigest)
    guard reproduction.version != nil || reproduction.digest?.digest != nil else {
      record.report("the record names neither the `version` nor the `digest` of what was reproduced")
      return nil
    }
    reproduction.reproducedDigest = record.digest(.reproducedDigest)
    reproduction.result = record.text(.result)
    reproduction.passed = RecordedResult.passed(record.values[.result])
    reproduction.at = record.time(.timestamp)
    reproduction.tool = record.text(.tool)
    reproduction.by = record.text(.by)
    reproduction.metrics = (record.values[.metrics]?.node.entries ?? []).map(Self.metric)
    return reproduction
  }

  /// `auc: {original: 0.91, reproduced: 0.91, tolerance: 0.001}`
  private static func metric(_ entry: DocumentEntry) -> ReproductionFact.Metric {
    func number(_ names: String...) -> Double? {
      names.lazy.compactMap { entry.node[$0]?.text }.first.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    }
    return ReproductionFact.Metric(
      name: entry.key, original: number("original", "recorded", "expected", "old"),
      reproduced: number("reproduced", "rerun", "actual", "new", "value") ?? entry.node.text.flatMap(Double.init),
      tolerance: number("tolerance", "atol", "max_difference").map(\.magnitude))
  }
}
