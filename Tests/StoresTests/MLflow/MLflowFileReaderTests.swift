import Foundation
import Records
import Testing

@testable import Stores

@Suite struct MLflowFileReaderTests {
  private let run = MLflowStore.run

  @Test func `a run holds what its small files say`() async throws {
    let store = try MLflowStore()
    try store.addExperiment()
    try store.addRun()
    let folder = "mlruns/1/\(run)"
    try store.write("\(folder)/params/größe", "klein")
    try store.write("\(folder)/params/model/seed", "42")
    try store.write("\(folder)/params/random_state", "None")
    try store.write("\(folder)/params/api_key", "sk-abcdefghijklmnopqrstuvwx")
    try store.write("\(folder)/metrics/val/f1", "1000 0.5 0\n1001 0.7 2\n1002 0.6 1\n")
    try store.write("\(folder)/metrics/loss", "1000 nan 0\n")
    try store.write("\(folder)/tags/mlflow.source.git.commit", String(repeating: "a1", count: 20))
    try store.write("\(folder)/tags/mlflow.parentRunId", "p")
    let facts = try await store.facts()
    let read = try #require(facts.runs.first)
    #expect(facts.problems == [])
    #expect(read.runID == run && read.status == "FINISHED" && read.parentRun == "p" && read.parentGroups)
    #expect(read.startedAt == "2026-11-23T12:03:47Z")
    #expect(read.params.first { $0.name == "größe" }?.text == "klein")
    #expect(read.seeds.map(\.name) == ["all"] && read.seeds.first?.text == "42")
    #expect(read.metrics.first { $0.name == "val/f1" }?.value == 0.7)
    #expect(read.metrics.first { $0.name == "val/f1" }?.line == 2)
    #expect(read.metrics.first { $0.name == "loss" }.map { $0.value == nil && $0.text == "nan" } == true)
    #expect(read.commit.hash == String(repeating: "a1", count: 20))
    #expect(read.secrets.map(\.key) == ["params.api_key"])
    #expect(read.params.first { $0.name == "api_key" }?.text?.contains("abcdef") == false)
  }

  @Test func `what a killed process left half written is a problem, and the rest is read`() async throws {
    let store = try MLflowStore()
    try store.addExperiment()
    try store.addRun()
    for (index, text) in ["", "run_id: 1\nstatu", "experiment_id: '1'\nrun_id: ID\n", "a: [\n"].enumerated() {
      let id = String(repeating: "\(index)", count: 32)
      try store.write("mlruns/1/\(id)/meta.yaml", text.replacing("ID", with: id))
    }
    try store.write("mlruns/1/\(String(repeating: "9", count: 32))/params/lr", "1")
    try store.write("mlruns/1/\(run)/metrics/acc", "1000 0.5 0\n1001 0.")
    try store.write("mlruns/1/\(run)/metrics/empty", "")
    let facts = try await store.facts()
    #expect(facts.runs.map(\.runID) == [run])
    #expect(facts.problems.count == 6, "\(facts.problems)")
    #expect(facts.problems.allSatisfy { $0.kind == .malformedRecord })
    #expect(
      facts.problems.contains { $0.path.hasSuffix(String(repeating: "9", count: 32)) && $0.message.contains("killed") })
    #expect(facts.runs.first?.metrics.map(\.name) == ["acc"])
  }

  @Test func `a store that was moved is found again, with names that URIs escape`() async throws {
    let store = try MLflowStore()
    try store.addExperiment(location: "file:///old/place%20x/mlruns/1")
    try store.addRun(artifacts: "file:///old/place%20x/mlruns/1/\(run)/artifacts")
    try store.write("mlruns/1/\(run)/artifacts/größe 100%/MLmodel", "flavors: {}\n")
    try store.write("mlruns/1/\(run)/artifacts/größe 100%/model.pkl", "bytes")
    try store.addVersion(
      "1", source: "file:///old/place%20x/mlruns/1/\(run)/artifacts/gr%C3%B6%C3%9Fe%20100%25", run: run,
      stage: "Production")
    let facts = try await store.facts()
    let version = try #require(facts.versions.first)
    #expect(version.runID == run && version.conforming)
    #expect(
      version.artifacts.filter { $0.role == .model }.map(\.file.path) == [
        "mlruns/1/\(run)/artifacts/größe 100%/model.pkl"
      ])
    #expect(facts.aliases.map(\.subject) == ["m@production"])
    #expect(facts.runs.first?.artifacts.map(\.file.form) == [.directory])
  }

  @Test(arguments: [
    "file:///srv/ml/mlruns/1/../../../../etc/passwd", "file:///srv/ml/mlruns/1/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "../../../../../../etc/passwd", "mlflow-artifacts:/../../etc/passwd", "/etc/passwd", "file:///etc/passwd",
  ])
  func `nothing outside is read, whatever a record names`(source: String) async throws {
    let store = try MLflowStore()
    try store.addExperiment()
    try store.addRun()
    try store.addVersion("1", source: source)
    let files = try await store.facts().versions.flatMap(\.artifacts).map(\.file)
    #expect(files.count == 1)
    #expect(files.allSatisfy { $0.location != .local || !$0.path.hasPrefix("/") }, "\(files)")
    #expect(files.allSatisfy { $0.location != .local || !$0.path.contains("..") }, "\(files)")
  }

  @Test func `deleted runs, versions and experiments are not there`() async throws {
    let store = try MLflowStore()
    try store.addExperiment()
    try store.addRun()
    try store.addRun(String(repeating: "b", count: 32))
    try store.write(
      "mlruns/1/\(String(repeating: "b", count: 32))/meta.yaml",
      "experiment_id: '1'\nlifecycle_stage: deleted\nrun_id: \(String(repeating: "b", count: 32))\n")
    try store.write("mlruns/.trash/2/meta.yaml", "experiment_id: '2'\nlifecycle_stage: deleted\n")
    try store.addVersion("1", source: "file:///srv/ml/x", stage: "Deleted_Internal")
    let facts = try await store.facts()
    #expect(facts.runs.map(\.runID) == [run] && facts.versions == [] && facts.problems == [])
  }

  @Test func `aliases are what their own files say, not the copies in other records`() async throws {
    let store = try MLflowStore()
    try store.addExperiment()
    try store.addVersion("1", source: "file:///srv/ml/mlruns/1/x")
    try store.write("mlruns/models/m/meta.yaml", "name: m\naliases: {stale: 1}\n")
    try store.write("mlruns/models/m/aliases/champion", "1")
    try store.write("mlruns/models/m/aliases/lost", "9")
    let aliases = try await store.facts().aliases
    #expect(aliases.map(\.name) == ["champion", "lost"] && aliases.map(\.version) == ["1", "9"])
  }

  @Test func `rows of one file that were training and test data are two datasets of one source`() async throws {
    let store = try MLflowStore()
    try store.addExperiment()
    try store.addRun()
    try store.write("data/all.csv", "a\n1\n")
    for (id, role) in [("d1", "training"), ("d2", "validation")] {
      try store.write(
        "mlruns/1/datasets/\(id)/meta.yaml",
        "digest: 8346324\(id.suffix(1))\nname: all\nsource: '{\"uri\": \"data/all.csv\"}'\nsource_type: local\n")
      try store.write(
        "mlruns/1/\(run)/inputs/\(id)/meta.yaml",
        "source_id: \(id)\nsource_type: DATASET\ntags:\n  mlflow.data.context: \(role)\n")
    }
    let facts = try await store.facts()
    #expect(facts.datasets.map(\.name) == ["all@83463241", "all@83463242"])
    #expect(facts.datasets.allSatisfy { $0.isExtract && $0.storage?.file.path == "data/all.csv" })
    #expect(facts.runs.first?.datasets.map(\.role) == ["training", "validation"])
  }

  @Test func `an artifact root is no registry of ours`() async throws {
    let store = try MLflowStore()
    try store.write("mlartifacts/models/m-\(run)/artifacts/model.pkl", "bytes")
    try store.write("mlartifacts/models/m-\(run)/artifacts/metrics.json", "{}")
    let facts = try await store.facts()
    #expect(facts.versions == [] && facts.kinds == [])
  }
}

@Suite struct MLflowValueTests {
  @Test(arguments: [
    ("seed", "all"), ("random_state", "all"), ("model.random_seed", "all"), ("torch_seed", "torch"), ("np_seed", "np"),
    ("clf__random_state", "sklearn"), ("data/split_seed", "split"), ("Seed", "all"),
  ])
  func `seeds are found by the names that people give them`(name: String, framework: String) {
    #expect(SeedNames.framework(of: name) == framework)
    #expect(SeedNames.find(in: [NamedText(name: name, text: "-7", line: nil)]).map(\.name) == [framework])
    #expect(SeedNames.find(in: [NamedText(name: name, text: "None", line: nil)]) == [])
  }

  @Test(arguments: ["proceed", "seeded", "state", "speed", "feed", "misplaced"])
  func `other names are no seeds`(name: String) { #expect(SeedNames.framework(of: name) == nil) }

  @Test(
    arguments: [
      ("1 0.5", 0.5, 1, nil), ("1 0.5 0\n2 0.25 1\n3 0.75 0\n", 0.25, 2, nil), ("5 1 0\n4 2 0\n", 1, 1, nil),
      ("1 0.5 0\nx\n", 0.5, 1, 2), ("1 inf 0\n", .infinity, 1, nil), ("1 0.5 0 run name digest\n", 0.5, 1, nil),
      ("\n", nil, nil, 1), ("1\n", nil, nil, 1), ("1 2 3 4 5 6 7\n", nil, nil, 1),
    ] as [(String, Double?, Int?, Int?)])
  func `of a metric's lines the one of the last step is in force`(
    text: String, value: Double?, line: Int?, broken: Int?
  ) {
    let (best, brokenLine) = MLflowMetricLines.read(Array(text.utf8))
    #expect(best?.value == value && best?.line == line && brokenLine == broken)
  }
}
