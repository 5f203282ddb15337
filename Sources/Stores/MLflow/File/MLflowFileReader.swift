import Documents
import Hashing
import Records

/// Reads MLflow's file store (`mlruns`, MLflow 2 and 3): experiments, runs, datasets, logged models and the registry.
struct MLflowFileReader: StoreReader {
  /// Enough to keep a task busy for some milliseconds.
  private static let batchSize = 32

  private let tree: StoreTree
  private let place: TreePath
  private let context: ReadingContext

  init(tree: StoreTree, place: TreePath, context: ReadingContext) {
    self.tree = tree
    self.place = place
    self.context = context
  }

  func read(into sink: any FactSink) async throws -> Bool {
    guard let listing = try sink.folder(place, of: tree) else { return false }
    let experiments = listing.entries.filter { $0.kind == .directory && !Self.isOther($0.name) }
      .map { listing.path(of: $0) }.filter { context.includes($0.display + "/") }
      .compactMap { MLflowExperiment($0, in: tree) }
    let parent = place.parent ?? .root
    var locations = MLflowLocations(tree: tree, folder: parent, maps: context.maps)
    for experiment in experiments {
      guard let uri = experiment.artifactLocation, uri.hasSuffix("/" + experiment.id) else { continue }
      locations.learn(uri, isNow: experiment.folder, in: place)
    }
    let repositories = MLflowRepositories(tree: tree, folder: parent, context: context)
    let items = MLflowItems(tree: tree)
    let runs = MLflowRunFolder(
      items: items,
      runs: MLflowRunReader(
        tree: tree, context: context, locations: locations, environments: EnvironmentReader(tree: tree),
        repositories: repositories))
    var found = false
    for experiment in experiments {
      found = found || experiment.artifactLocation != nil
      try sink.receive(experiment.problems.map(Fact.problem))
      let shared = try await read(experiment, runs, into: sink)
      try sink.receive(
        experiment.datasets.map {
          .dataset($0.fact(locations, workingTrees: repositories.workingTrees, shares: shared.contains($0)))
        })
    }
    let registry = MLflowFileRegistry(
      items: items, context: context, locations: locations,
      models: Dictionary(
        experiments.flatMap(\.models).compactMap { model in model.location.map { (model.id, $0) } },
        uniquingKeysWith: { first, _ in first }),
      artifacts: { Self.artifacts(of: $0, in: experiments, tree) })
    if try registry.read(place.appending("models"), into: sink) { found = true }
    if !found {
      try sink.receive(
        nothingAt: place, "no experiment of MLflow is here; name the folder that holds `0/meta.yaml` or its like")
    }
    return found
  }

  /// What stands beside the experiments.
  private static func isOther(_ name: [UInt8]) -> Bool {
    ["models", ".trash", ".git"].contains { name.elementsEqual($0.utf8) }
  }

  /// Returns which sources are those of several datasets.
  private func read(
    _ experiment: MLflowExperiment, _ runs: MLflowRunFolder, into sink: any FactSink
  ) async throws -> SharedSources {
    var shared = SharedSources(experiment.datasets)
    func send(_ facts: [Fact]) throws {
      shared.note(facts)
      try sink.receive(facts)
    }
    let models = Dictionary(grouping: experiment.models, by: { $0.run ?? "" })
    var pipeline = FactPipeline()
    for start in stride(from: 0, to: experiment.runs.count, by: Self.batchSize) {
      let batch = experiment.runs[start..<min(start + Self.batchSize, experiment.runs.count)].map { folder in
        (folder: folder, models: models[folder.displayName]?.compactMap(\.location) ?? [])
      }
      try send(await pipeline.begin { batch.flatMap { runs.facts($0.folder, of: experiment, models: $0.models) } })
    }
    while !pipeline.isEmpty { try send(await pipeline.next()) }
    return shared
  }

  /// Where the artifacts of a run lie, by its own record.
  private static func artifacts(of run: String, in experiments: [MLflowExperiment], _ tree: StoreTree) -> String? {
    guard MLflowWords.isRunID(run.utf8) else { return nil }
    for experiment in experiments {
      let meta = experiment.folder.appending(run).appending("meta.yaml")
      if let uri = (try? RecordDocument.read(meta, in: tree))?["artifact_uri"]?.text { return uri }
    }
    return nil
  }
}
