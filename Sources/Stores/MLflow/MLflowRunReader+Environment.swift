import Hashing
import Pins
import Records

extension MLflowRunReader {
  /// The environment that MLflow saved with the run's first model: requirements, conda and Python files, and the image.
  func readEnvironment(_ source: MLflowRun, _ files: [Artifact], into run: inout RunFact) -> [Problem] {
    let image = source.tag("mlflow.docker.image.uri")
    let models = files.compactMap { MLflowModelFolder.modelFolder(of: $0) }.sorted()
    let requirements =
      models.lazy.compactMap { model in files.first { $0.file.path == model + "requirements.txt" } }.first
      ?? files.first { $0.role == .requirements }
    let beside =
      models.first.map { model in
        ["conda.yaml", "python_env.yaml"].compactMap { name in files.first { $0.file.path == model + name } }
      } ?? []
    if image == nil, requirements == nil, beside.isEmpty { return [] }
    if let requirements { run.requirements = RequirementsSource(file: requirements.file) }
    let read =
      (requirements.map { [environments.pins(in: $0.file, for: .requirements)] } ?? [])
      + beside.map { environments.pins(in: $0.file, for: .beside) }
    let state = requirements == nil ? EnvironmentFact.RequirementsState.none : read[0].state
    let parts = [image ?? ""] + ([requirements].compactMap { $0 } + beside).map(\.file.path) + read.map(\.fingerprint)
    let (environment, problems) = environments.environment(of: parts.joined(separator: "\u{0}")) { fingerprint in
      var facts = PinFacts()
      if let image { facts.append(environments.runImage(image)) }
      for file in read { facts.append(file.facts) }
      var environment = EnvironmentFact(facts, fingerprint: fingerprint, state: state)
      environment.python = facts.pythons.first { $0.version != nil }?.version
      return (environment, facts.problems)
    }
    run.environment = environment
    return problems
  }
}

extension RequirementsSource {
  init(file: FileReference) {
    self.init()
    self.file = file
  }
}
