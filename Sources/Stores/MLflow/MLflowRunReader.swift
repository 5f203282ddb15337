import Hashing
import Pins
import Records

/// Turns a run of MLflow, with the files of its artifacts, into facts.
struct MLflowRunReader: Sendable {
  let tree: StoreTree
  let context: ReadingContext
  let locations: MLflowLocations
  let environments: EnvironmentReader
  let repositories: MLflowRepositories

  /// The run and what is wrong with its artifacts. `place` gives the file that holds a param or tag.
  func facts(_ source: MLflowRun, place: (_ kind: String, _ key: String) -> String) -> [Fact] {
    var run = RunFact(path: source.path)
    var problems: [Problem] = []
    run.runID = source.id
    run.status = source.status
    run.startedAt = source.startedAt
    run.finishedAt = source.finishedAt
    run.recordedAt = source.startedAt
    run.parentRun = source.tag("mlflow.parentRunId")
    // MLflow nests runs to show them together: a sweep above its trials.
    run.parentGroups = true
    run.command = source.tag("mlflow.source.name").map(Redaction.redact)
    readCommit(source, into: &run)
    run.params = source.params.map { NamedText(name: $0.name, text: $0.text.map(Redaction.redact), line: $0.line) }
    run.metrics = source.metrics
    run.datasets = source.datasets
    run.seeds = SeedNames.find(in: source.params + source.tags)
    run.deterministic = source.params.first { $0.name == "deterministic" }.flatMap { Self.boolean($0.text) }
    for (kind, items) in [("params", source.params), ("tags", source.tags)] {
      for item in items {
        guard let text = item.text else { continue }
        if Redaction.isSecret(text, key: item.name) {
          run.secrets.append(ExposedSecret(key: "\(kind).\(item.name)", path: place(kind, item.name), line: item.line))
        }
        if let reason = PlaceholderText.reason(text, identifies: kind == "tags" && item.name.hasSuffix(".commit")) {
          run.placeholders.append(
            Placeholder(
              key: "\(kind).\(item.name)", value: Redaction.redact(text), reason: reason, path: place(kind, item.name),
              line: item.line))
        }
      }
    }
    let files = readArtifacts(source, into: &run, &problems)
    readConfig(source, files, into: &run)
    if let log = files.first(where: { $0.role == .log }) {
      run.log = NamedText(name: "log", text: log.file.path, line: nil)
      run.logFile = log.file
    }
    problems += readEnvironment(source, files, into: &run)
    return [.run(run)] + problems.map(Fact.problem)
  }

  private func readCommit(_ source: MLflowRun, into run: inout RunFact) {
    run.commit.hash = source.tag("mlflow.source.git.commit")
    run.commit.repository = source.tag("mlflow.source.git.repoURL").map(Redaction.redact)
    run.commit.dirty = source.tag("mlflow.source.git.dirty").flatMap(Self.boolean)
    run.commit.repositoryRoot = repositories.root(
      named: source.tag("mlflow.source.git.repoURL"), script: source.tag("mlflow.source.name"))
    run.commit.isGuess = run.commit.repository == nil
  }

  /// Each place of artifacts is one artifact, hashed as a folder; returns the files in them.
  private func readArtifacts(_ source: MLflowRun, into run: inout RunFact, _ problems: inout [Problem]) -> [Artifact] {
    var files: [Artifact] = []
    let places = source.modelURIs.map { ($0, true) } + (source.artifactURI.map { [($0, false)] } ?? [])
    for (uri, isModel) in places {
      let place = locations.find(uri)
      let folder = Artifact(
        file: locations.reference(place, form: .directory), role: .folder, declared: Redaction.redact(uri),
        document: run.path, line: nil)
      switch place {
      case .inside(let path):
        let found = tree.kind(of: path) == .directory ? FolderArtifacts(tree: tree).read(path, problems: &problems) : []
        // MLflow names a place for every run, and makes it when something is put there.
        if found.isEmpty, !isModel { continue }
        files += MLflowModelFolder.artifacts(found)
        run.artifacts.append(folder)
      case .elsewhere(let file):
        // Only of a model it is known that something was put there.
        if isModel || file.location == .outside || source.tag("mlflow.log-model.history") != nil {
          run.artifacts.append(folder)
        }
      }
    }
    return files.filter { context.includes($0.file.path) }
  }

  /// A file of settings among the artifacts, or the params, which are what the run was told.
  private func readConfig(_ source: MLflowRun, _ files: [Artifact], into run: inout RunFact) {
    var config = ConfigFact()
    if let file = files.first(where: { $0.role == .config }) {
      config.artifact = Artifact(file: file.file, role: .config)
    } else if source.params.isEmpty {
      return
    }
    run.config = config
  }

  private static func boolean(_ text: String?) -> Bool? {
    switch text?.lowercased() {
    case "true", "1": true
    case "false", "0": false
    default: nil
    }
  }
}
