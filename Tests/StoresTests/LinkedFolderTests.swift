import Foundation
import Records
import Testing

@testable import Stores

/// Folders that readers list under fixed or recorded names.
@Suite struct LinkedFolderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let kind: StoreKind
    let place: String
    /// What the store is but for the link.
    let files: [String: String]
    let link: String
    var testDescription: String { link }
  }

  private static let run = MLflowStore.run
  private static let experiment = [
    "mlruns/1/meta.yaml":
      "artifact_location: file:///srv/ml/mlruns/1\nexperiment_id: '1'\nlifecycle_stage: active\nname: e\n"
  ]
  private static let withRun = experiment.merging([
    "mlruns/1/\(run)/meta.yaml": """
    artifact_uri: file:///srv/ml/mlruns/1/\(run)/artifacts
    experiment_id: '1'
    lifecycle_stage: active
    run_id: \(run)
    status: 3

    """
  ]) { $1 }
  private static let hub = "hub/models--o--n"
  private static let commit = String(repeating: "a", count: 40)

  static let cases: [Case] = [
    Case(kind: .mlflowFile, place: "mlruns", files: experiment, link: "mlruns/models"),
    Case(kind: .mlflowFile, place: "mlruns", files: experiment, link: "mlruns/1/datasets"),
    Case(kind: .mlflowFile, place: "mlruns", files: experiment, link: "mlruns/1/models"),
    Case(kind: .mlflowFile, place: "mlruns", files: withRun, link: "mlruns/1/\(run)/params"),
    Case(kind: .mlflowFile, place: "mlruns", files: withRun, link: "mlruns/1/\(run)/inputs"),
    Case(kind: .dvc, place: "repo", files: ["repo/.dvc/config": ""], link: "repo/.dvc/cache"),
    Case(
      kind: .dvc, place: "repo", files: ["repo/.dvc/config": "", "repo/.dvc/cache/files/x": ""],
      link: "repo/.dvc/cache/files/md5"),
    Case(
      kind: .bagit, place: "bag",
      files: ["bag/bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "bag/manifest-md5.txt": ""],
      link: "bag/data"),
    Case(kind: .huggingface, place: "hub", files: ["\(hub)/snapshots/\(commit)/a": ""], link: "\(hub)/refs"),
    Case(kind: .huggingface, place: "hub", files: ["\(hub)/refs/main": commit], link: "\(hub)/blobs"),
    Case(kind: .huggingface, place: "m", files: ["m/.cache/x": ""], link: "m/.cache/huggingface"),
    Case(kind: .sacred, place: "s", files: ["s/1/run.json": "{}", "s/_sources/a.py": ""], link: "s/_resources"),
    Case(
      kind: .gitLFS, place: "r", files: ["r/.git/HEAD": "", "r/.gitattributes": "*.bin filter=lfs"],
      link: "r/.git/lfs/objects"),
  ]

  @Test(arguments: cases)
  func `a folder that is a link is not entered, and that is said`(item: Case) async throws {
    let outside = try StoreScratch([
      "lr": "0.1", "download/a.metadata": "x", "1/meta.yaml": "name: n", "d4/1d8cd98f00b204e9800998ecf8427e": "x",
    ])
    let store = try StoreScratch(item.files)
    try store.link(item.link, to: outside.root.path)
    let facts = try await store.read(item.kind, at: item.place)
    #expect(facts.problems.contains { $0.hasPrefix(item.link) }, "\(facts.problems)")
    #expect(facts.artifacts.allSatisfy { !$0.file.path.hasPrefix(item.link + "/") || $0.file.location != .local })
    #expect(facts.runs.allSatisfy { $0.params.isEmpty })
  }

  @Test func `a link between folders of a recorded place is not followed`() async throws {
    let outside = try StoreScratch(["artifacts/model.pkl": "weights"])
    let store = try MLflowStore()
    try store.addExperiment()
    try store.addRun(artifacts: "file:///srv/ml/mlruns/1/elsewhere/artifacts")
    try FileManager.default.createSymbolicLink(
      atPath: store.root.appending(path: "mlruns/1/elsewhere").path, withDestinationPath: outside.root.path)
    let artifacts = try await store.facts().runs.flatMap(\.artifacts)
    #expect(artifacts.map(\.file.location) == [.outside])
  }
}
