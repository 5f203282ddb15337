import Foundation
import Hashing
import Records

@testable import Stores

/// A folder with files that a test writes, read by one reader; it goes when the test ends.
final class StoreScratch {
  let root: URL

  init(_ files: [String: String] = [:]) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "repro-audit-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    for (name, text) in files { try write(name, text) }
  }

  deinit {
    // A test may have taken permissions away.
    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: root.path)
    try? FileManager.default.removeItem(at: root)
  }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  func write(_ name: String, _ bytes: Data) throws {
    let url = root.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: url)
  }

  func link(_ name: String, to target: String) throws {
    let url = root.appending(path: name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: target)
  }

  /// What the reader of a kind says of the folder `place`.
  func read(_ kind: StoreKind, at place: String = "", context: ReadingContext = ReadingContext()) async throws -> [Fact]
  {
    let reader = kind.reader(TreePath(place), in: try StoreTree(path: root.path), context: context)
    let sink = FactList()
    _ = try await reader?.read(into: sink)
    return sink.facts
  }

  /// The stores that a scan finds.
  func found() throws -> [FoundStore] {
    let finder = StoreFinder(tree: try StoreTree(path: root.path))
    _ = finder.lookEverywhere { _ in true }
    return finder.found
  }
}

final class FactList: FactSink {
  private(set) var facts: [Fact] = []

  func receive(_ facts: [Fact]) { self.facts += facts }
}

extension [Fact] {
  var problemFacts: [Problem] { compactMap { if case .problem(let problem) = $0 { problem } else { nil } } }

  /// `path:line message` of every problem.
  var problems: [String] { problemFacts.map { "\($0.path)\($0.line.map { ":\($0)" } ?? "") \($0.message)" } }

  var problemKinds: [Problem.Kind] { problemFacts.map(\.kind) }

  var runs: [RunFact] { compactMap { if case .run(let run) = $0 { run } else { nil } } }

  var datasets: [DatasetFact] { compactMap { if case .dataset(let dataset) = $0 { dataset } else { nil } } }

  var versions: [VersionFact] { compactMap { if case .version(let version) = $0 { version } else { nil } } }

  var aliases: [AliasFact] { compactMap { if case .alias(let alias) = $0 { alias } else { nil } } }

  /// Every file that something declares or lists, whoever owns it.
  var artifacts: [Artifact] {
    flatMap { fact -> [Artifact] in
      switch fact {
      case .run(let run): run.artifacts + [run.config?.artifact].compactMap(\.self)
      case .version(let version): version.artifacts
      case .dataset(let dataset): [dataset.storage].compactMap(\.self) + dataset.files
      case .datasetFiles(_, let files): files
      default: []
      }
    }
  }

  /// `path claim` of everything that is claimed of a file, sorted; what is contradicted by its text.
  var claims: [String] {
    artifacts.flatMap { artifact in artifact.claims.map { "\(artifact.file.path) \($0.digest?.description ?? $0.text)" }
    }
    .sorted()
  }
}
