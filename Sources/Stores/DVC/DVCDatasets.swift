import Records

/// The data of a DVC repository: what `.dvc` files track, and what one stage leaves for another.
struct DVCDatasets: Sendable {
  /// One directory or file of data.
  struct Dataset: Sendable {
    /// Its place relative to the repository.
    let name: String
    let place: TreePath
    let entry: DVCEntry
    let folder: TreePath
    let document: TreePath
    let origin: String?
    /// What stages recorded of it, or of a part of it, when they read it.
    var uses: [Use] = []
  }

  /// What a stage recorded of its input.
  struct Use: Sendable {
    let entry: DVCEntry
    let folder: TreePath
    let document: TreePath
  }

  private(set) var all: [Dataset] = []
  private var byPlace: [TreePath: Int] = [:]
  /// The stage that made an output, by place.
  private var makers: [TreePath: String] = [:]

  init(repository: DVCRepository) {
    let root = repository.place
    for tracked in repository.tracked {
      guard let place = tracked.entry.place(in: tracked.folder) else { continue }
      add(
        Dataset(
          name: place.isBelow(root) ? place.relative(to: root).display : place.display, place: place,
          entry: tracked.entry, folder: tracked.folder, document: tracked.document, origin: tracked.origin))
    }
    var read: Set<TreePath> = []
    for stage in repository.stages {
      for output in stage.outputs {
        if let place = output.place(in: stage.workingFolder) { makers[place] = stage.name }
      }
      for place in stage.dependencies.compactMap({ $0.place(in: stage.workingFolder) }) {
        var above: TreePath? = place
        while let path = above, !path.bytes.isEmpty {
          read.insert(path)
          above = path.parent
        }
      }
    }
    for stage in repository.stages {
      for output in stage.outputs where stage.role(of: output) != .model {
        guard let place = output.place(in: stage.workingFolder), read.contains(place) else { continue }
        add(
          Dataset(
            name: place.isBelow(root) ? place.relative(to: root).display : place.display, place: place, entry: output,
            folder: stage.workingFolder, document: stage.document, origin: nil))
      }
    }
    for stage in repository.stages {
      for entry in stage.dependencies {
        guard let place = entry.place(in: stage.workingFolder), let index = index(of: place) else { continue }
        // What says the same of the same place is said once.
        if all[index].place == place, all[index].entry.md5 == entry.md5 { continue }
        all[index].uses.append(Use(entry: entry, folder: stage.workingFolder, document: stage.document))
      }
    }
  }

  private mutating func add(_ dataset: Dataset) {
    guard byPlace[dataset.place] == nil else { return }
    byPlace[dataset.place] = all.count
    all.append(dataset)
  }

  private func index(of place: TreePath) -> Int? { Self.around(place) { byPlace[$0] } }

  /// The dataset that holds the place.
  func dataset(around place: TreePath) -> Dataset? { index(of: place).map { all[$0] } }

  /// The stage that made what lies at the place.
  func maker(of place: TreePath) -> String? { Self.around(place) { makers[$0] } }

  private static func around<Found>(_ place: TreePath, _ find: (TreePath) -> Found?) -> Found? {
    var above: TreePath? = place
    while let path = above, !path.bytes.isEmpty {
      if let found = find(path) { return found }
      above = path.parent
    }
    return nil
  }

  /// The dataset with all its files, and what is wrong with the lists of them.
  func facts(of dataset: Dataset, _ expansion: DVCExpansion) -> [Fact] {
    var fact = DatasetFact(path: dataset.document.display)
    fact.line = dataset.entry.line
    fact.name = dataset.name
    fact.storageURI = dataset.origin.map {
      NamedText(name: "deps", text: Redaction.redact($0), line: dataset.entry.line)
    }
    fact.contentHash = dataset.entry.claim(document: dataset.document.display).map {
      NamedText(name: "md5", text: $0.text, line: $0.line)
    }
    let own = expansion.artifacts(
      of: dataset.entry, in: dataset.folder, document: dataset.document, role: .data)
    var problems = own.problems
    fact.files = own.artifacts
    for use in dataset.uses {
      let more = expansion.artifacts(of: use.entry, in: use.folder, document: use.document, role: .data)
      fact.files += more.artifacts
      problems += more.problems
    }
    return [.dataset(fact)] + problems.map(Fact.problem)
  }
}
