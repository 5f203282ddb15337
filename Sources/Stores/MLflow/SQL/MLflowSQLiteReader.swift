import Foundation
import GRDB
import Hashing
import Records

/// Reads MLflow's SQL store in SQLite (MLflow 2 and 3), and the artifacts that it names.
struct MLflowSQLiteReader: StoreReader {
  private let tree: StoreTree
  private let place: TreePath
  private let context: ReadingContext

  /// `place` is the database, or a folder that holds it.
  init(tree: StoreTree, place: TreePath, context: ReadingContext) {
    self.tree = tree
    let inside = place.appending("mlflow.db")
    self.place = tree.kind(of: place) == .directory ? inside : place
    self.context = context
  }

  func read(into sink: any FactSink) async throws -> Bool { try readAll(into: sink) }

  /// The sink's own errors, told apart from those of the database that is read.
  private struct SinkFailure: Error { let error: any Error }

  private func readAll(into sink: any FactSink) throws -> Bool {
    guard tree.kind(of: place) == .file else {
      try sink.receive([problem("no database of MLflow is here; name the folder that holds mlflow.db")])
      return false
    }
    do {
      return try MLflowDatabase.read(tree.absolute(place)) { db in
        guard try db.tableExists("experiments"), try db.tableExists("runs") else {
          throw MLflowDatabase.Failure(reason: "it holds no tables of MLflow")
        }
        try check(db, into: sink)
        try readTables(db, into: sink)
        return true
      }
    } catch let failure as SinkFailure {
      throw failure.error
    } catch {
      try sink.receive([problem(MLflowDatabase.reason(error))])
      return false
    }
  }

  /// What is damaged is no evidence of anything: it is not read. A value that a constraint forbids is where it was put.
  private func check(_ db: Database, into sink: any FactSink) throws {
    let trouble = try String.fetchAll(db, sql: "PRAGMA quick_check(20)").filter { $0 != "ok" }
    let values = trouble.filter { $0.hasPrefix("CHECK constraint failed") || $0.hasPrefix("NULL value in") }
    if let damage = trouble.first(where: { !values.contains($0) }) {
      throw MLflowDatabase.Failure(reason: "the database is damaged: \(damage); restore it from a backup")
    }
    try send(values.map { problem("a value is not what MLflow writes: \($0)") }, to: sink)
  }

  private func problem(_ message: String) -> Fact {
    .problem(Problem(kind: .unreadable, path: place.display, message: message))
  }

  private func send(_ facts: [Fact], to sink: any FactSink) throws {
    do { try sink.receive(facts) } catch { throw SinkFailure(error: error) }
  }

  private func readTables(_ db: Database, into sink: any FactSink) throws {
    let folder = place.parent ?? .root
    let experiments = try MLflowSQLiteExperiments(db)
    var locations = MLflowLocations(tree: tree, folder: folder, maps: context.maps)
    for location in experiments.locations { locations.search(location) }
    let repositories = MLflowRepositories(tree: tree, folder: folder, context: context)
    let runs = MLflowRunReader(
      tree: tree, context: context, locations: locations, environments: EnvironmentReader(tree: tree),
      repositories: repositories)
    let models = try MLflowSQLiteModels(db)
    let datasets = try MLflowSQLiteDatasets(db, path: place.display)
    var shared = SharedSources(datasets.all)
    var source = try MLflowSQLiteRuns(db, path: place.display, active: experiments.active)
    let path = place.display
    while let run = try source.next(models: models, datasets: datasets) {
      let facts = runs.facts(run) { _, _ in path }
      shared.note(facts)
      try send(facts, to: sink)
    }
    try send(
      datasets.all.map {
        .dataset($0.fact(locations, workingTrees: repositories.workingTrees, shares: shared.contains($0)))
      }, to: sink)
    try send(
      MLflowSQLiteRegistry(path: path, locations: locations, context: context, models: models).facts(db), to: sink)
  }
}
