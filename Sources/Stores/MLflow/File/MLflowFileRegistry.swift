import Documents
import Hashing
import Records

/// Reads the registry of MLflow's file store: `models/<name>`, with `version-<n>` and `aliases`.
struct MLflowFileRegistry {
  let items: MLflowItems
  let context: ReadingContext
  let locations: MLflowLocations
  /// Where logged models lie, by id, as the store writes it.
  let models: [String: String]
  /// Where a run's artifacts lie, as the store writes it.
  let artifacts: (_ run: String) -> String?

  private var tree: StoreTree { items.tree }

  /// The models below `folder`, each with its versions and aliases.
  func read(_ folder: TreePath, into sink: any FactSink) throws -> Bool {
    var problems: [Problem] = []
    let listing = tree.folder(folder, problems: &problems)
    try sink.receive(problems.map(Fact.problem))
    guard let listing else { return false }
    var found = false
    for entry in listing.entries where entry.kind == .directory {
      let facts = model(at: listing.path(of: entry))
      found = found || !facts.isEmpty
      try sink.receive(facts)
    }
    return found
  }

  private func model(at folder: TreePath) -> [Fact] {
    let name: String
    do {
      let (root, _) = try RecordDocument.entries(folder.appending("meta.yaml"), in: tree)
      name = root["name"]?.text ?? folder.displayName
    } catch .access(.missing) {
      return [
        .problem(
          Problem(kind: .malformedRecord, path: folder.display, message: "a registered model without its meta.yaml"))
      ]
    } catch {
      return [.problem(error.problem(at: folder.appending("meta.yaml")))]
    }
    var problems: [Problem] = []
    if name != folder.displayName {
      problems.append(
        Problem(
          kind: .malformedRecord, path: folder.appending("meta.yaml").display,
          message: "`name` is not the name of the model's folder"))
    }
    var model = ModelFact(subject: folder.displayName, project: nil, name: folder.displayName, path: folder.display)
    model.documents = []
    var facts: [Fact] = [.model(model)]
    let (versions, deletions) = self.versions(of: model, in: folder, &problems)
    facts += versions.flatMap { $0.facts(locations, context: context) }
    facts += deletions.map(Fact.promotion)
    facts += versions.compactMap(\.stageAlias).map(Fact.alias)
    facts += aliases(of: model, in: folder, &problems)
    return facts + problems.map(Fact.problem)
  }

  /// Those that were not deleted, the newest first: of several in one stage it is the one that serves. And the deletions.
  private func versions(
    of model: ModelFact, in folder: TreePath, _ problems: inout [Problem]
  ) -> (kept: [MLflowVersion], deletions: [PromotionFact]) {
    var versions: [MLflowVersion] = []
    var deletions: [PromotionFact] = []
    for entry in tree.folder(folder, problems: &problems)?.entries ?? [] {
      guard entry.kind == .directory, entry.text.hasPrefix("version-") else { continue }
      let place = folder.appending(entry.name)
      let meta = place.appending("meta.yaml")
      do {
        let (root, _) = try RecordDocument.entries(meta, in: tree)
        let stage = root["current_stage"]?.text
        if stage == MLflowVersion.deletedStage {
          let name = String(entry.text.dropFirst("version-".count))
          deletions.append(MLflowVersion.deletion(of: name, model: model.subject, path: meta.display))
          continue
        }
        guard let name = root["version"]?.text, entry.text == "version-\(name)" else {
          problems.append(
            Problem(
              kind: .malformedRecord, path: meta.display, line: root.line,
              message: "`version` is not the number in the name of the version's folder"))
          continue
        }
        var version = MLflowVersion(model: model.subject, name: name, path: meta.display)
        version.runID = root["run_id"]?.text
        version.stage = stage
        version.location = MLflowVersion.location(
          stored: root["storage_location"]?.text, source: root["source"]?.text, models: models, artifacts: artifacts)
        version.tags = items.texts(in: place.appending("tags"), problems: &problems)
        versions.append(version)
      } catch .access(.missing) {
        problems.append(
          Problem(kind: .malformedRecord, path: place.display, message: "a version without its meta.yaml"))
      } catch {
        problems.append(error.problem(at: meta))
      }
    }
    return (versions.sorted { (Int($0.name) ?? 0, $1.name) > (Int($1.name) ?? 0, $0.name) }, deletions)
  }

  private func aliases(of model: ModelFact, in folder: TreePath, _ problems: inout [Problem]) -> [Fact] {
    let place = folder.appending("aliases")
    return items.texts(in: place, problems: &problems).map { item in
      let target = item.text ?? ""
      return .alias(
        AliasFact(
          model: model.subject, name: item.name, path: place.appending(item.name).display, target: target,
          version: target, form: .file))
    }
  }
}
