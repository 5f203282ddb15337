import Documents
import Hashing
import Records

/// Turns stages into runs.
struct DVCRuns: Sendable {
  private let repository: DVCRepository
  private let datasets: DVCDatasets
  private let expansion: DVCExpansion
  private let context: ReadingContext
  private let records: RunRecordReader
  private let finder: RepositoryFinder

  init(repository: DVCRepository, datasets: DVCDatasets, expansion: DVCExpansion, context: ReadingContext) {
    self.repository = repository
    self.datasets = datasets
    self.expansion = expansion
    self.context = context
    let tree = expansion.tree
    records = RunRecordReader(tree: tree, context: context, environments: EnvironmentReader(tree: tree))
    finder = RepositoryFinder(tree: tree, mapped: context.repositories)
  }

  func facts(of stage: DVCStage) -> [Fact] {
    var run = RunFact(path: stage.document.display)
    run.line = stage.line
    run.runID = stage.name
    // DVC writes the lock of a stage when its command has come to its end.
    run.status = "completed"
    run.command = stage.command.map(Redaction.redact)
    run.commit.repositoryRoot = finder.root(named: nil, from: stage.folder.path, listing: stage.folder)
    run.commit.hash = run.commit.repositoryRoot.flatMap(GitHead.commit)
    run.params = stage.params.flatMap { file, values in
      values.map {
        NamedText(
          name: file == "params.yaml" ? $0.name : "\(file):\($0.name)", text: $0.text, line: $0.line)
      }
    }
    run.seeds = SeedNames.find(in: stage.params.flatMap(\.values))
    readConfig(of: stage, into: &run)
    var problems = readInputs(of: stage, into: &run)
    problems += readOutputs(of: stage, into: &run)
    noteCommand(of: stage, in: &run)
    problems += records.readEnvironment(beside: stage.folder, into: &run)
    return [.run(run)] + problems.map(Fact.problem)
  }

  private func readConfig(of stage: DVCStage, into run: inout RunFact) {
    for (index, params) in stage.params.enumerated() {
      let file = expansion.files.file(named: params.file, in: stage.workingFolder)
      var artifact = Artifact(
        file: file, role: .config, declared: params.file, document: stage.document.display, line: stage.line)
      artifact.claims = changes(of: params.values, in: file, since: stage)
      if index == 0 {
        var config = ConfigFact()
        config.declared = params.file
        config.artifact = artifact
        config.line = stage.line
        run.config = config
      } else {
        run.artifacts.append(artifact)
      }
    }
  }

  /// Params whose value is not the one that the stage ran with.
  private func changes(of values: [NamedText], in file: FileReference, since stage: DVCStage) -> [Claim] {
    guard let place = file.place, ["yaml", "yml", "json"].contains(where: { file.path.hasSuffix("." + $0) }),
      let root = try? RecordDocument.read(place, in: expansion.tree)
    else { return [] }
    let current = Dictionary(
      RunRecordReader.texts(root).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return values.compactMap { value in
      let now = current[value.name]
      if let now, Self.isSame(now.text, value.text) { return nil }
      let line = now?.line
      let found = now.map { "is \($0.text ?? "null")" } ?? "is not there"
      return Claim(
        contradicted: "`\(value.name)` \(found), and stage `\(stage.name)` ran with \(value.text ?? "null")",
        document: file.path, line: line)
    }
  }

  private static func isSame(_ left: String?, _ right: String?) -> Bool {
    if left == right { return true }
    guard let left = left.flatMap(Double.init), let right = right.flatMap(Double.init) else { return false }
    return left == right
  }

  private func readInputs(of stage: DVCStage, into run: inout RunFact) -> [Problem] {
    var problems: [Problem] = []
    for entry in stage.dependencies {
      let place = entry.place(in: stage.workingFolder)
      if run.parentRun == nil, let place { run.parentRun = datasets.maker(of: place) }
      if let place, let dataset = datasets.dataset(around: place) {
        var use = DatasetUse()
        use.declared = entry.path
        use.name = dataset.name
        use.line = entry.line
        run.datasets.append(use)
        continue
      }
      let (artifacts, more) = expansion.artifacts(
        of: entry, in: stage.workingFolder, document: stage.document, role: ArtifactRole(path: entry.path))
      run.artifacts += artifacts
      problems += more
    }
    return problems
  }

  private func readOutputs(of stage: DVCStage, into run: inout RunFact) -> [Problem] {
    var problems: [Problem] = []
    for entry in stage.outputs {
      let role = stage.role(of: entry)
      let (artifacts, more) = expansion.artifacts(
        of: entry, in: stage.workingFolder, document: stage.document, role: role)
      run.artifacts += artifacts
      problems += more
      if role == .metrics, let place = artifacts.first?.file.place {
        run.metrics += MetricsReader.read(place, in: expansion.tree)
      }
    }
    return problems
  }

  /// A command that was changed since makes the record one of another stage.
  private func noteCommand(of stage: DVCStage, in run: inout RunFact) {
    guard let node = stage.definition?["cmd"], let recorded = stage.command else { return }
    let current = DVCStage.command(node)
    // Templates are filled in from values that only DVC knows.
    guard current != recorded, !current.contains("${") else { return }
    let pipeline = stage.folder.path.appending("dvc.yaml")
    run.artifacts.append(
      Artifact(
        file: expansion.files.file(at: pipeline), role: .record, document: stage.document.display, line: stage.line,
        claims: [
          Claim(
            contradicted: "the command of stage `\(stage.name)` is not the one that ran; run `dvc repro`",
            document: pipeline.display, line: node.line)
        ]))
  }
}
