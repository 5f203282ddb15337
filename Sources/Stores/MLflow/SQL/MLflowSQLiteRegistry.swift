import GRDB
import Records

/// Reads the registry of MLflow's SQL store: registered models, versions, aliases and stages.
struct MLflowSQLiteRegistry {
  let path: String
  let locations: MLflowLocations
  let context: ReadingContext
  let models: MLflowSQLiteModels

  /// Models by name, each with its versions and aliases.
  func facts(_ db: Database) throws -> [Fact] {
    var facts: [Fact] = []
    let rows = try MLflowRows(db, "registered_models", ["name", "workspace"], order: "name")
    var names: [String] = []
    while try rows.next() {
      guard let name = rows.text(0) else { continue }
      names.append(Self.qualified(name, workspace: rows.text(1)))
    }
    let (versions, deleted) = try self.versions(db)
    let aliases = try self.aliases(db)
    for name in names {
      facts.append(.model(ModelFact(subject: name, project: nil, name: name, path: path)))
      let own = versions[name] ?? []
      facts += own.flatMap { $0.facts(locations, context: context) }
      facts += own.compactMap(\.stageAlias).map(Fact.alias)
      facts += (deleted[name] ?? []).map { .promotion(MLflowVersion.deletion(of: $0, model: name, path: path)) }
      facts += (aliases[name] ?? []).map(Fact.alias)
    }
    return facts
  }

  /// Of MLflow's workspaces the usual one needs no name.
  private static func qualified(_ name: String, workspace: String?) -> String {
    guard let workspace, workspace != "default", !workspace.isEmpty else { return name }
    return "\(workspace)/\(name)"
  }

  /// By model, the newest first: of several in one stage it is the one that serves. Of deleted ones the numbers.
  private func versions(_ db: Database) throws -> (kept: [String: [MLflowVersion]], deleted: [String: [String]]) {
    var tags: [String: [NamedText]] = [:]
    let tagRows = try MLflowRows(
      db, "model_version_tags", ["name", "version", "key", "value", "workspace"], order: "name, version, key")
    while try tagRows.next() {
      guard let name = tagRows.text(0), let version = tagRows.text(1), let key = tagRows.text(2) else { continue }
      tags["\(Self.qualified(name, workspace: tagRows.text(4)))@\(version)", default: []].append(
        NamedText(name: key, text: tagRows.text(3), line: nil))
    }
    var versions: [String: [MLflowVersion]] = [:]
    var deleted: [String: [String]] = [:]
    let rows = try MLflowRows(
      db, "model_versions",
      ["name", "version", "source", "run_id", "storage_location", "current_stage", "workspace"],
      order: "name, version DESC")
    while try rows.next() {
      guard let name = rows.text(0), let number = rows.text(1) else { continue }
      let model = Self.qualified(name, workspace: rows.text(6))
      if rows.isText(5, MLflowVersion.deletedStage) {
        deleted[model, default: []].append(number)
        continue
      }
      var version = MLflowVersion(model: model, name: number, path: path)
      version.runID = rows.text(3).flatMap { $0.isEmpty ? nil : $0 }
      version.stage = rows.text(5)
      version.location = MLflowVersion.location(
        stored: rows.text(4), source: rows.text(2), models: models.places, artifacts: { Self.artifacts(of: $0, db) })
      version.tags = tags["\(model)@\(number)"] ?? []
      versions[model, default: []].append(version)
    }
    return (versions, deleted)
  }

  /// Where the artifacts of a run lie; nil when the store holds no such run.
  private static func artifacts(of run: String, _ db: Database) -> String? {
    // That `runs` is a table with this column was seen when the runs were read.
    let find = try? db.cachedStatement(sql: "SELECT artifact_uri FROM runs WHERE run_uuid = ?")
    return find.flatMap { try? String.fetchOne($0, arguments: [run]) } ?? nil
  }

  private func aliases(_ db: Database) throws -> [String: [AliasFact]] {
    var aliases: [String: [AliasFact]] = [:]
    let rows = try MLflowRows(
      db, "registered_model_aliases", ["name", "alias", "version", "workspace"], order: "name, alias")
    while try rows.next() {
      guard let name = rows.text(0), let alias = rows.text(1) else { continue }
      let model = Self.qualified(name, workspace: rows.text(3))
      aliases[model, default: []].append(
        AliasFact(
          model: model, name: alias, path: path, target: rows.text(2), version: rows.text(2), form: .file))
    }
    return aliases
  }
}
