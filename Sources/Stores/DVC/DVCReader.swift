import Documents
import Hashing
import Records

/// Reads a DVC repository: `.dvc` files as datasets, the stages of `dvc.lock` as runs, and the objects of its cache and of
/// remotes that are folders of the scanned tree.
struct DVCReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext
  private let files: StoreFiles

  init(tree: StoreTree, place: TreePath, context: ReadingContext) {
    self.tree = tree
    self.place = place
    self.context = context
    files = StoreFiles(tree: tree, context: context)
  }

  func read(into sink: any FactSink) async throws -> Bool {
    let repository = DVCRepository(tree: tree, place: place, context: context)
    try sink.receive(repository.problems.map(Fact.problem))
    guard tree.kind(of: place.appending(".dvc")) == .directory || !repository.isEmpty else {
      try sink.receive(
        nothingAt: place, "no DVC repository: neither a folder `.dvc` nor a `.dvc` file nor a `dvc.lock`")
      return false
    }
    let expansion = DVCExpansion(
      tree: tree, files: files, cache: repository.cache, ignores: ignoresAnything(repository.place))
    let datasets = DVCDatasets(repository: repository)
    for dataset in datasets.all { try sink.receive(datasets.facts(of: dataset, expansion)) }
    let runs = DVCRuns(repository: repository, datasets: datasets, expansion: expansion, context: context)
    for stage in repository.stages { try sink.receive(runs.facts(of: stage)) }
    for place in repository.cache.places where context.includes(place.display + "/") {
      try read(place, repository, sink)
    }
    return true
  }

  /// The objects of a cache are a dataset of their own: they outlive the commits that name them.
  private func read(_ place: TreePath, _ repository: DVCRepository, _ sink: any FactSink) throws {
    var isKnown = false
    try repository.cache.objects(of: place) { objects, problems in
      if !objects.isEmpty, !isKnown {
        var dataset = DatasetFact(path: place.display)
        dataset.name = place.display
        try sink.receive([.dataset(dataset)])
        isKnown = true
      }
      let files: [Fact] = objects.isEmpty ? [] : [.datasetFiles(dataset: place.display, objects)]
      try sink.receive(files + problems.map(Fact.problem))
    }
  }

  /// Files that `.dvcignore` names are no part of a directory, and patterns are not evaluated here.
  private func ignoresAnything(_ place: TreePath) -> Bool {
    guard let bytes = try? tree.read(place.appending(".dvcignore")) else { return false }
    return TextDecoding.decode(bytes).split(whereSeparator: \.isNewline).contains { line in
      line.contains { !$0.isWhitespace } && !line.hasPrefix("#")
    }
  }
}

/// Finds DVC repositories by their folder `.dvc`.
struct DVCSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    guard folder.kind(named: Array(".dvc".utf8)) == .directory else { return [] }
    return [StoreSighting(place: folder.path, territory: .closedEntries([Array(".dvc".utf8)]))]
  }
}
