import Documents
import Records

/// Reads what validation records say, drift checks among them.
struct ValidationReader {
  let model: ModelFact
  /// The version in whose folder the records lie; nil for those of the whole model.
  let version: String?

  /// The validation of a record; nil, with a problem in `record`, when it does not say what was checked.
  func validation(_ record: inout LifecycleRecord) -> ValidationFact? {
    var validation = ValidationFact(model: model.subject, path: record.path, line: record.line)
    validation.version = record.version(.version) ?? version
    validation.digest = record.digest(.modelDigest)
    guard validation.version != nil || validation.digest?.digest != nil else {
      record.report("the record names neither the `version` nor the `digest` of what was validated")
      return nil
    }
    validation.name = record.text(.check)
    validation.kind = record.text(.kind)?.lowercased()
    guard validation.name != nil || validation.kind != nil else {
      record.report("the record does not say which check was made; it needs a `name` or a `kind`")
      return nil
    }
    validation.result = record.text(.result)
    validation.passed = RecordedResult.passed(record.values[.result])
    validation.value = record.number(.value)
    validation.threshold = record.number(.threshold)
    validation.statistic = record.text(.statistic)
    validation.at = record.time(.timestamp)
    validation.tool = record.text(.tool)
    validation.by = record.text(.by)
    let roles: [(RecordKey, ValidationFact.Dataset.Role)] = [
      (.dataset, .dataset), (.referenceDataset, .reference), (.currentDataset, .current),
    ]
    validation.datasets = roles.flatMap { key, role in
      record.values[key].map { Self.datasets($0.node, role) } ?? []
    }
    return validation
  }

  /// A digest or a name, a map of `name` and `digest`, or a list of these.
  private static func datasets(_ node: DocumentNode, _ role: ValidationFact.Dataset.Role) -> [ValidationFact.Dataset] {
    if let elements = node.elements { return elements.flatMap { datasets($0, role) } }
    if let text = LifecycleRecord.text(node) {
      let stated = StatedDigest(text: text)
      let isDigest = stated.digest != nil
      return [ValidationFact.Dataset(role: role, name: isDigest ? nil : text, digest: isDigest ? stated : nil)]
    }
    let name = (node["name"] ?? node["dataset"] ?? node["dataset_name"]).flatMap(LifecycleRecord.text)
    let digest = (node["digest"] ?? node["sha256"] ?? node["content_hash"] ?? node["checksum"])
      .flatMap(LifecycleRecord.text)
    if name != nil || digest != nil {
      return [ValidationFact.Dataset(role: role, name: name, digest: digest.map(StatedDigest.init))]
    }
    // `{transactions_v3: sha256:…}`
    return (node.entries ?? []).compactMap { entry in
      LifecycleRecord.text(entry.node).map {
        ValidationFact.Dataset(role: role, name: entry.key, digest: StatedDigest(text: $0))
      }
    }
  }
}
