import Foundation
import Hashing
import Records
import Testing

@testable import Stores

@Suite struct StoreFinderTests {
  /// Folders that hold `SIGN` are stores; what it says is whose the folder is.
  private struct Signed: StoreSignature {
    func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
      guard folder.entry(named: "SIGN") != nil, let bytes = try? tree.read(folder.path.appending("SIGN")) else {
        return []
      }
      switch String(decoding: bytes, as: UTF8.self) {
      case "closed": return [StoreSighting(place: folder.path, territory: .closed)]
      case "cache": return [StoreSighting(place: folder.path, territory: .closedEntries([Array("cache".utf8)]))]
      case "part": return [StoreSighting(place: nil, territory: .closed)]
      default: return [StoreSighting(place: folder.path, territory: .everybody)]
      }
    }
  }

  private final class Runs: FactSink {
    var paths: [String] = []
    func receive(_ facts: [Fact]) { for case .run(let run) in facts { paths.append(run.path) } }
  }

  private func read(_ files: [String: String]) async throws -> (found: [String], runs: [String], finder: StoreFinder) {
    let root = FileManager.default.temporaryDirectory.appending(path: "repro-audit-finder-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in files {
      let place = root.appending(path: path)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    let tree = try StoreTree(path: root.path)
    let finder = StoreFinder(tree: tree, signatures: [(.native, Signed())])
    let runs = Runs()
    _ = try await NativeReader(tree: tree, context: ReadingContext(), finder: finder).read(into: runs)
    return (finder.found.map(\.place.display), runs.paths, finder)
  }

  @Test func `stores side by side and nested are found, in order`() async throws {
    let (found, runs, _) = try await read([
      "z/SIGN": "open", "a/b/SIGN": "open", "a/SIGN": "open", "z/run.json": "{}",
      "SIGN": "open", "run.json": "{}",
    ])
    #expect(found == ["", "a", "a/b", "z"])
    #expect(runs == ["z/run.json", "run.json"])
  }

  @Test func `what is closed is entered by nobody`() async throws {
    let (found, runs, _) = try await read([
      "a/SIGN": "closed", "a/x/SIGN": "open", "a/run.json": "{}", "b/SIGN": "cache", "b/cache/run.json": "{}",
      "b/cache/SIGN": "open", "b/run.json": "{}",
    ])
    #expect(found == ["a", "b"])
    #expect(runs == ["b/run.json"])
  }

  @Test func `a scanned directory may be a store itself`() async throws {
    let (found, runs, _) = try await read(["SIGN": "closed", "run.json": "{}"])
    #expect(found == [""])
    #expect(runs == [])
  }

  @Test func `models of another kind's store are no versions of the native registry`() async throws {
    let (found, runs, finder) = try await read([
      "models/m/1.0.0/model.pkl": "", "models/m/1.0.0/run.json": "{}", "models/m/2.0.0/SIGN": "part",
      "models/m/2.0.0/run.json": "{}",
    ])
    #expect(found == [])
    #expect(finder.parts[.native]?.display == "models/m/2.0.0")
    #expect(runs == ["models/m/1.0.0/run.json"])
  }
}
