import Foundation
import Hashing
import Records
import Testing

@testable import Stores

@Suite struct CroissantReaderTests {
  private func read(
    _ objects: String, sets: String = "[]", _ files: [String: String] = ["d/data/a b.csv": "x,y\n1,2\n"]
  )
    async throws -> [Fact]
  {
    let text = #"{"@type": "sc:Dataset", "name": "toy", "distribution": \#(objects), "recordSet": \#(sets)}"#
    return try await StoreScratch(["d/croissant.json": text].merging(files) { $1 }).read(.croissant, at: "d")
  }

  static let digest = BytesDigest.sha256("x,y\n1,2\n")

  @Test(arguments: [
    #""sha256": "\#(digest)""#, #""sc:sha256": "\#(digest.uppercased())""#,
    #""sha256": "\#(Data(base64.utf8).isEmpty ? "" : base64)""#,
  ])
  func `a digest may be hexadecimal or base64, under any prefix`(entry: String) async throws {
    let facts = try await read(
      #"[{"@type": "cr:FileObject", "contentUrl": "data/a%20b.csv", "contentSize": "8 B", \#(entry)}]"#)
    #expect(facts.claims == ["d/data/a b.csv sha256:\(Self.digest)"])
    #expect(facts.artifacts[0].claims[0].size == 8)
    #expect(facts.datasets.map(\.name) == ["toy"])
  }

  static let base64: String = {
    let digits = Array(digest)
    let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    return Data(bytes).base64EncodedString()
  }()

  @Test func `what exporters write for no digest is none, and other text is malformed`() async throws {
    let facts = try await read(
      #"""
      [{"@type": "cr:FileObject", "contentUrl": "data/a b.csv", "sha256": "https://github.com/mlcommons/croissant/issues/80"},
       {"@type": "cr:FileObject", "contentUrl": "data/c.csv", "sha256": "soon"},
       {"@type": "cr:FileObject", "contentUrl": "parts/1.csv", "containedIn": {"@id": "zip"}, "sha256": "00"},
       {"@type": "cr:FileObject", "contentUrl": "https://data.example.org/d.csv", "md5": "d41d8cd98f00b204e9800998ecf8427e"},
       {"@type": "cr:FileObject", "contentUrl": "../../etc/passwd"}, {"@type": "cr:FileObject", "contentUrl": "/etc/passwd"}]
      """#)
    #expect(
      facts.claims == ["d/data/c.csv soon", "https://data.example.org/d.csv md5:d41d8cd98f00b204e9800998ecf8427e"])
    #expect(facts.artifacts.map(\.file.location) == [.local, .local, .remote, .outside, .outside])
  }

  @Test func `a column that the file lacks is contradicted`() async throws {
    let set =
      #"[{"name": "s", "field": [{"source": {"fileObject": {"@id": "f"}, "extract": {"column": "x"}}}, "#
      + #"{"source": {"fileObject": {"@id": "f"}, "extract": {"column": "z"}}}]}]"#
    let facts = try await read(#"[{"@type": "cr:FileObject", "@id": "f", "contentUrl": "data/a b.csv"}]"#, sets: set)
    #expect(facts.claims == ["d/data/a b.csv the record set `s` reads the column `z`, which the file lacks"])
  }

  @Test func `every description of a folder is read`() async throws {
    let store = try StoreScratch([
      "d/a.croissant.json": #"{"@type": "sc:Dataset", "name": "a"}"#,
      "d/b.croissant.json": #"{"@type": "sc:Dataset", "name": "b"}"#, "d/croissant.json": "{",
    ])
    let facts = try await store.read(.croissant, at: "d")
    #expect(facts.datasets.map(\.name) == ["a", "b"])
    #expect(facts.problems.count == 1 && facts.problems[0].hasPrefix("d/croissant.json"))
    #expect(try store.found() == [FoundStore(kind: .croissant, place: TreePath("d"))])
  }

  @Test(arguments: ["", "[]", "{}", "{\"@type\": 7}"])
  func `odd descriptions are problems`(text: String) async throws {
    #expect(try await !StoreScratch(["d/croissant.json": text]).read(.croissant, at: "d").problems.isEmpty)
  }
}

@Suite struct ROCrateReaderTests {
  private func read(_ entities: String, _ files: [String: String] = [:]) async throws -> [Fact] {
    let text = #"""
      {"@context": "x", "@graph": [{"@id": "ro-crate-metadata.json", "about": {"@id": "./"}},
        {"@id": "./", "@type": "Dataset", "name": "crate"}\#(entities)]}
      """#
    return try await StoreScratch(["c/ro-crate-metadata.json": text].merging(files) { $1 }).read(.roCrate, at: "c")
  }

  @Test func `data entities are files of a dataset, with digests or sizes`() async throws {
    let facts = try await read(
      #"""
      , {"@id": "a%20b.csv", "@type": ["File", "Text"], "sha256": "\#(BytesDigest.sha256("x"))", "contentSize": "1"},
      {"@id": "c.txt", "@type": "File", "contentSize": "3"}, {"@id": "figs/", "@type": "Dataset"},
      {"@id": "https://x.example/d", "@type": "File"}, {"@id": "../../etc/passwd", "@type": "File"}
      """#, ["c/a b.csv": "x", "c/c.txt": "12345", "c/figs/1.txt": ""])
    #expect(
      facts.claims == [
        "c/a b.csv sha256:\(BytesDigest.sha256("x"))", "c/c.txt contentSize says 3 bytes, and 5 are there",
      ])
    #expect(facts.artifacts.map(\.file.location) == [.local, .local, .local, .remote, .outside])
    #expect(facts.artifacts[2].file.form == .directory)
  }

  @Test func `a seed that is none is a param alone`() async throws {
    let facts = try await read(
      """
      , {"@id": "#run", "@type": "CreateAction", "object": [{"@id": "#a"}, {"@id": "#b"}]},
      {"@id": "#a", "@type": "PropertyValue", "name": "random_state", "value": "None"},
      {"@id": "#b", "@type": "PropertyValue", "name": "torch_seed", "value": 7}
      """)
    #expect(facts.runs.first?.seeds.map(\.name) == ["torch"] && facts.runs.first?.seeds.map(\.text) == ["7"])
    #expect(facts.runs.first?.params.map(\.name) == ["random_state", "torch_seed"])
  }

  @Test func `an action is a run`() async throws {
    let facts = try await read(
      #"""
      , {"@id": "in.csv", "@type": "File"}, {"@id": "model.pkl", "@type": "File", "sha256": "\#(BytesDigest.sha256("m"))"},
      {"@id": "#seed", "@type": "PropertyValue", "name": "random_seed", "value": 7},
      {"@id": "#py", "@type": "SoftwareApplication", "name": "Python", "softwareVersion": "3.11.7"},
      {"@id": "#np", "@type": "SoftwareApplication", "name": "numpy", "softwareVersion": "1.26.4"},
      {"@id": "#r", "@type": "CreateAction", "startTime": "2026-01-01T00:00:00Z", "description": "python t.py",
       "actionStatus": {"@id": "http://schema.org/FailedActionStatus"}, "object": [{"@id": "in.csv"}, {"@id": "#seed"}],
       "result": {"@id": "model.pkl"}}
      """#, ["c/model.pkl": "m"])
    let run = try #require(facts.runs.first)
    #expect(run.runID == "r" && run.status == "failed" && run.command == "python t.py")
    #expect(run.seeds.map(\.text) == ["7"] && run.datasets.map(\.name) == ["crate"])
    #expect(run.environment?.python == "3.11.7" && run.environment?.requirements.map(\.pin) == ["exact"])
    #expect(run.artifacts.map(\.file.path) == ["c/model.pkl"] && run.artifacts[0].claims.count == 1)
  }

  @Test(arguments: ["", "{}", "{\"@graph\": []}", "{\"@graph\": 1}"])
  func `odd metadata are problems`(text: String) async throws {
    #expect(try await !StoreScratch(["c/ro-crate-metadata.json": text]).read(.roCrate, at: "c").problems.isEmpty)
  }
}
