import Foundation
import Hashing
import Records
import Testing

@testable import Stores

@Suite struct SignedModelReaderTests {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  /// A copy of the signed model, which tests may spoil.
  private func model() throws -> StoreScratch {
    let store = try StoreScratch()
    try FileManager.default.copyItem(
      at: Self.fixtures.appending(path: "signed-model/model"), to: store.root.appending(path: "model"))
    return store
  }

  private func context(key: String? = nil) throws -> ReadingContext {
    var context = ReadingContext()
    let pem = try String(contentsOf: Self.fixtures.appending(path: "signed-model/signer.pub.pem"), encoding: .utf8)
    context.keys = try [#require(SigningKey(pem: key ?? pem, name: "signer.pub.pem"))]
    return context
  }

  /// Of another key pair.
  static let stranger = """
    -----BEGIN PUBLIC KEY-----
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEVhDu5vckQCOOS8l251lPLEUheJqn
    MS7ylOFHgZgohh+xeZNX010LhZHXU88bAyJ5Ta0ehPI+Y7TRIryfG6aFlQ==
    -----END PUBLIC KEY-----

    """

  @Test func `a bundle claims every file that it signs`() async throws {
    let store = try model()
    let facts = try await store.read(.signedModel, at: "model")
    #expect(facts.problems.isEmpty)
    #expect(facts.versions.map(\.model) == ["model"] && facts.versions[0].name.utf8.count == 12)
    #expect(
      facts.artifacts.filter { !$0.claims.isEmpty }.map(\.file.path) == [
        "model/README.md", "model/config.json", "model/weights/model.safetensors",
      ])
    #expect(facts.artifacts.allSatisfy { $0.claims.allSatisfy { $0.evidence == .selfReferential } })
    #expect(facts.artifacts.first { $0.file.path == "model/model.sig" }?.role == .checksum)
    #expect(try store.found() == [FoundStore(kind: .signedModel, place: TreePath("model"))])
  }

  @Test func `with its key the claims are somebody else's word`() async throws {
    let facts = try await model().read(.signedModel, at: "model", context: context())
    #expect(facts.artifacts.flatMap(\.claims).allSatisfy { $0.evidence == .independent && !$0.isContradicted })
  }

  @Test func `another key, an edited statement and an added file are contradicted`() async throws {
    let other = try await model().read(.signedModel, at: "model", context: context(key: Self.stranger))
    #expect(other.claims.contains { $0.hasPrefix("model/model.sig the signature was not made with signer.pub.pem") })

    let store = try model()
    try store.write("model/evil.py", "import os")
    let sig = store.root.appending(path: "model/model.sig")
    let text = try String(contentsOf: sig, encoding: .utf8)
    let payload = try #require(text.firstMatch(of: #/"payload":"([^"]+)"/#)?.1)
    let data = try #require(Data(base64Encoded: String(payload)))
    let statement = String(decoding: data, as: UTF8.self)
    let digest = try #require(statement.firstMatch(of: #/[0-9a-f]{64}/#)?.0)
    let edited = statement.replacing(digest, with: String(repeating: "0", count: 64), maxReplacements: 1)
    try text.replacing(payload, with: Data(edited.utf8).base64EncodedString()).write(
      to: sig, atomically: true, encoding: .utf8)
    let facts = try await store.read(.signedModel, at: "model")
    #expect(facts.claims.contains { $0.contains("model/model.sig the digest of the whole model is not that") })
    #expect(facts.claims.contains("model/evil.py the signature does not list it: it was added to the model"))
  }

  @Test func `a statement of how a model was made is a run with its data and commit`() async throws {
    let store = try StoreScratch()
    try FileManager.default.copyItem(
      at: Self.fixtures.appending(path: "signed-model/built"), to: store.root.appending(path: "built"))
    let facts = try await store.read(.signedModel, at: "built")
    #expect(facts.problems.isEmpty)
    let run = try #require(facts.runs.first)
    #expect(run.runID == "build-7" && run.startedAt == "2026-11-23T12:00:00Z")
    #expect(run.commit.hash == "0123456789012345678901234567890123456789")
    #expect(run.commit.repository == "https://git.example.org/risk/fraud")
    #expect(run.seeds.map(\.text) == ["42"] && run.datasets.map(\.name) == ["train.csv"])
    #expect(facts.datasets.map(\.storage?.file.path) == ["built/train.csv"])
    #expect(run.artifacts.map(\.file.path) == ["built/model.onnx"])
  }

  private func statement(_ resources: String, _ serialization: String = #""method": "files""#) -> String {
    #"{"_type": "https://in-toto.io/Statement/v1", "predicateType": "https://model_signing/signature/v1.0", "#
      + #""subject": [{"name": "m", "digest": {"sha256": "00"}}], "predicate": {"serialization": {\#(serialization)}, "#
      + #""resources": [\#(resources)]}}"#
  }

  @Test(arguments: [
    (
      #"{"name": "../../etc/passwd", "algorithm": "sha256", "digest": "00"}"#, "leads out of the model, and is not read"
    ),
    (#"{"name": "/etc/passwd", "algorithm": "sha256", "digest": "00"}"#, "leads out of the model, and is not read"),
    (#"{"name": "a", "algorithm": "blake3", "digest": "00"}"#, "blake3 is not computed here"),
  ])
  func `what cannot or must not be read is said`(resource: String, message: String) async throws {
    let facts = try await StoreScratch(["m/m.sig": statement(resource), "m/a": "a"]).read(.signedModel, at: "m")
    #expect(facts.problems.contains { $0.contains(message) })
    #expect(facts.artifacts.allSatisfy { !$0.file.path.contains("passwd") })
  }

  @Test func `a file that is gone was not added for another signature`() async throws {
    let both = #"{"name": "./a", "algorithm": "sha256", "digest": "00"}"#
    let gone = #"{"name": "gone", "algorithm": "sha256", "digest": "00"}"#
    let facts = try await StoreScratch([
      "m/1.sig": statement("\(both), \(gone)", #""method": "files", "ignore_paths": ["2.sig"]"#),
      "m/2.sig": statement(both, #""method": "files", "ignore_paths": ["1.sig"]"#), "m/a": "a",
    ]).read(.signedModel, at: "m")
    #expect(facts.claims.filter { $0.contains("it was added to the model") } == [])
    #expect(facts.claims.filter { $0.hasPrefix("m/gone") }.count == 1)
  }

  @Test func `a file of one shard is checked as a whole, one of several is not`() async throws {
    let digest = BytesDigest.sha256("a")
    let shards = [("a", 0, 1), ("b", 0, 2), ("b", 2, 3)].map { name, start, end in
      #"{"name": "\#(name):\#(start):\#(end)", "algorithm": "sha256-sharded-2", "digest": "\#(digest)"}"#
    }
    let text = statement(shards.joined(separator: ","), #""method": "shards", "shard_size": 2.0"#)
    let facts = try await StoreScratch(["m/m.sig": text, "m/a": "a", "m/b": "bcd"]).read(.signedModel, at: "m")
    #expect(facts.claims == ["m/a sha256:\(digest)"])
    #expect(facts.problems == ["m/m.sig 2 digests are of parts of files, and parts are not hashed here"])
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"dsseEnvelope": 1, "x": "in-toto"}"#,
    #"{"payloadType": "application/vnd.in-toto+json", "payload": "e30=", "signatures": []}"#,
    #"{"payloadType": "application/vnd.in-toto+json", "payload": "%%%", "signatures": [1]}"#,
  ])
  func `odd bundles never crash, and give no version`(text: String) async throws {
    let facts = try await StoreScratch(["m/m.sig": text]).read(.signedModel, at: "m")
    #expect(facts.versions.isEmpty && !facts.problems.isEmpty)
  }

  @Test func `signatures of other tools are left alone`() throws {
    #expect(try StoreScratch(["m/file.sig": "-----BEGIN PGP SIGNATURE-----\n"]).found().isEmpty)
  }

  @Test func `a version folder keeps its name and its record`() async throws {
    let text = statement(#"{"name": "model.pkl", "algorithm": "sha256", "digest": "\#(BytesDigest.sha256("a"))"}"#)
    let facts = try await StoreScratch([
      "fraud/1.2.0/model.sig": text, "fraud/1.2.0/model.pkl": "a", "fraud/1.2.0/run.json": #"{"run_id": "r1"}"#,
    ]).read(.signedModel, at: "fraud/1.2.0")
    #expect(facts.versions.map(\.subject) == ["fraud@1.2.0"] && facts.runs.map(\.runID) == ["r1"])
  }
}
