import Documents
import Hashing
import Pins
import Records

/// A dataset as MLflow records it: a name, and a digest of rows that it computed itself.
struct MLflowDataset: Sendable {
  let name: String
  /// Eight hexadecimal digits of an MD5 over the first rows, or whatever the user gave: no digest of a file.
  let digest: String?
  /// JSON, such as `{"uri": "data/train.csv"}`.
  let source: String?
  /// Of its record.
  let path: String
  let line: Int?

  /// Name and digest together are what MLflow tells datasets apart by.
  var identity: String { digest.map { "\(name)@\($0)" } ?? name }

  /// Where the data was taken from, as the source says; nil when it names no place.
  var location: String? {
    guard let source, let node = try? JSONDocument.read(Array(source.utf8)), node.entries != nil else { return nil }
    return ["uri", "url", "path"].lazy.compactMap { node[$0]?.text }.first { !$0.isEmpty }
  }

  /// `workingTrees` are folders that a relative path may have been written from; `shares` says that a run took several
  /// datasets from this one's source.
  func fact(_ locations: MLflowLocations, workingTrees: [TreePath], shares: Bool) -> DatasetFact {
    var dataset = DatasetFact(path: path)
    dataset.line = line
    dataset.name = identity
    dataset.contentHash = digest.map { NamedText(name: "digest", text: $0, line: nil) }
    guard let location else { return dataset }
    dataset.storageURI = NamedText(name: "source", text: Redaction.redact(location), line: nil)
    switch DataLocation(location) {
    case .moving(let reason): dataset.mutability = reason
    case .undated: dataset.mutability = DatasetFact.undated
    case .fixed: break
    }
    dataset.storage = Artifact(
      file: file(location, locations, workingTrees), role: .data, declared: Redaction.redact(location), document: path,
      line: line)
    // Rows of one file were several datasets, as those of training and test: the file is none of them.
    dataset.isExtract = shares
    return dataset
  }

  private func file(_ location: String, _ locations: MLflowLocations, _ workingTrees: [TreePath]) -> FileReference {
    if MLflowLocations.scheme(of: location) == nil, !location.hasPrefix("/") {
      let resolver = ReferenceResolver(tree: locations.tree)
      // Where the run was started is not recorded, so a path that leads nowhere is no loss.
      return resolver.existing(location, from: locations.folder, bases: workingTrees)
        ?? FileReference(
          path: location, location: .remote,
          reason: "it is relative to where the run was started, which is not recorded")
    }
    let place = locations.find(location)
    return locations.reference(place, form: .file)
  }
}

/// Which sources several datasets of one run were taken from.
struct SharedSources {
  private let locations: [String: String]
  private var shared: Set<String> = []

  init(_ datasets: [MLflowDataset]) {
    locations = Dictionary(
      datasets.compactMap { dataset in dataset.location.map { (dataset.identity, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  func contains(_ dataset: MLflowDataset) -> Bool { dataset.location.map(shared.contains) ?? false }

  /// Looks at the datasets that a run names by their identities.
  mutating func note(_ facts: [Fact]) {
    for case .run(let run) in facts where run.datasets.count > 1 {
      let names = Set(run.datasets.compactMap(\.declared))
      var seen: Set<String> = []
      for location in names.compactMap({ locations[$0] }) where !seen.insert(location).inserted {
        shared.insert(location)
      }
    }
  }
}
