import Foundation
import Hashing
import Records
import Testing

@testable import Stores

@Suite struct HuggingFaceReaderTests {
  static let commit = "0123456789012345678901234567890123456789"
  static let repository = "hub/models--org--name"
  static let small = BytesDigest.gitBlob(Array("{}".utf8))
  static let large = BytesDigest.sha256("weights")

  private func hub(_ files: [String: String] = [:]) throws -> StoreScratch {
    let store = try StoreScratch(
      [
        "\(Self.repository)/blobs/\(Self.small)": "{}", "\(Self.repository)/blobs/\(Self.large)": "weights",
        "\(Self.repository)/refs/main": Self.commit, "\(Self.repository)/refs/refs/pr/1": Self.commit,
      ].merging(files) { $1 })
    try store.link("\(Self.repository)/snapshots/\(Self.commit)/config.json", to: "../../blobs/\(Self.small)")
    try store.link("\(Self.repository)/snapshots/\(Self.commit)/sub/model.pkl", to: "../../../blobs/\(Self.large)")
    return store
  }

  @Test func `a snapshot is a version whose blobs are named by what they hold`() async throws {
    let store = try hub()
    let facts = try await store.read(.huggingface, at: "hub")
    #expect(facts.problems.isEmpty)
    #expect(facts.versions.map(\.subject) == ["org/name@\(Self.commit)"])
    #expect(
      facts.claims
        == [
          "\(Self.repository)/blobs/\(Self.large) sha256:\(Self.large)",
          "\(Self.repository)/blobs/\(Self.small) git-blob:sha1:\(Self.small)",
        ].sorted())
    #expect(facts.versions[0].artifacts.map(\.role) == [.config, .model])
    #expect(
      facts.aliases.map(\.name) == ["main", "refs/pr/1"] && facts.aliases.allSatisfy { $0.version == Self.commit })
    #expect(try store.found() == [FoundStore(kind: .huggingface, place: TreePath("hub"))])
  }

  @Test func `a file that was never downloaded is out of reach, and one that is there has two claims`() async throws {
    let tree =
      #"{"format_version": 1, "files": {"config.json": {"size": 2, "blob_id": "\#(Self.small)"}, "#
      + #""big.bin": {"size": 9, "blob_id": "x", "lfs_sha256": "\#(Self.large)", "lfs_size": 9}}}"#
    let store = try hub(["\(Self.repository)/trees/\(Self.commit).json": tree])
    let artifacts = try await store.read(.huggingface, at: "hub").artifacts
    let absent = try #require(artifacts.first { $0.declared == "big.bin" })
    #expect(absent.file.location == .remote && absent.claims.count == 1)
    #expect(artifacts.first { $0.declared == "config.json" }?.claims.count == 2)
  }

  @Test func `where links cannot be made, the list of the revision says what files hold`() async throws {
    let store = try StoreScratch([
      "\(Self.repository)/refs/main": Self.commit, "\(Self.repository)/snapshots/\(Self.commit)/config.json": "{}",
      "\(Self.repository)/trees/\(Self.commit).json":
        #"{"files": {"config.json": {"size": 2, "blob_id": "\#(Self.small)"}}}"#,
    ])
    let facts = try await store.read(.huggingface, at: "hub")
    #expect(
      facts.claims == ["\(Self.repository)/snapshots/\(Self.commit)/config.json git-blob:sha1:\(Self.small)"])
  }

  @Test func `damage, refs and links that lead nowhere or out`() async throws {
    let store = try hub(["\(Self.repository)/refs/stale": String(repeating: "f", count: 40)])
    try store.link(
      "\(Self.repository)/snapshots/\(Self.commit)/gone.bin", to: "../../blobs/\(String(repeating: "0", count: 40))")
    try store.link("\(Self.repository)/snapshots/\(Self.commit)/passwd", to: "/etc/passwd")
    try store.link("\(Self.repository)/snapshots/\(Self.commit)/up", to: "../../../../../../etc/passwd")
    let facts = try await store.read(.huggingface, at: "hub")
    #expect(facts.problemKinds == [.outside, .outside])
    #expect(facts.artifacts.filter { $0.file.location == .outside }.count == 2)
    #expect(facts.artifacts.contains { $0.file.path.hasSuffix("/blobs/" + String(repeating: "0", count: 40)) })
    #expect(facts.aliases.last?.target == String(repeating: "f", count: 40))
  }

  @Test func `blobs that no snapshot leads to are verified too`() async throws {
    let store = try hub(["\(Self.repository)/blobs/\(BytesDigest.sha256("old"))": "old"])
    try store.write("\(Self.repository)/blobs/\(Self.large).incomplete", "wei")
    let facts = try await store.read(.huggingface, at: "hub")
    #expect(facts.datasets.map(\.name) == ["models--org--name/blobs"])
    #expect(facts.datasets[0].files.map(\.claims.count) == [1])
  }

  @Test func `a folder that was filled from the hub`() async throws {
    let download = "model/.cache/huggingface/download"
    let store = try StoreScratch([
      "model/config.json": "{}", "\(download)/config.json.metadata": "\(Self.commit)\n\(Self.small)\n17.5\n",
      "\(download)/broken.metadata": "\(Self.commit)\n",
    ])
    let facts = try await store.read(.huggingface, at: "model")
    #expect(facts.versions.map(\.subject) == ["model@\(Self.commit)"])
    #expect(facts.claims == ["model/config.json git-blob:sha1:\(Self.small)"])
    #expect(facts.problems == ["\(download)/broken.metadata:1 not a commit, the name of a blob and a time"])
  }

  @Test func `nothing of the kind is said`() async throws {
    #expect(try await StoreScratch(["a": ""]).read(.huggingface).problems[0].contains("no Hugging Face cache"))
  }
}

@Suite struct GitLFSReaderTests {
  static let oid = BytesDigest.sha256("weights")
  static let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:\(oid)\nsize 7\n"

  private func repository(_ files: [String: String]) throws -> StoreScratch {
    try StoreScratch(
      ["r/.git/HEAD": "ref: refs/heads/main\n", "r/.gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n"]
        .merging(files) { $1 })
  }

  @Test func `objects are named by their digest, and pointers stand in for files`() async throws {
    let object = "r/.git/lfs/objects/\(Self.oid.prefix(2))/\(Self.oid.dropFirst(2).prefix(2))/\(Self.oid)"
    let store = try repository([object: "weights", "r/sub/m.bin": Self.pointer, "r/other.bin": "x"])
    let facts = try await store.read(.gitLFS, at: "r")
    #expect(facts.claims == ["\(object) sha256:\(Self.oid)", "r/sub/m.bin sha256:\(Self.oid)"].sorted())
    #expect(try store.found() == [FoundStore(kind: .gitLFS, place: TreePath("r"))])
  }

  /// The index names the blob of the pointer, so a file that was fetched is known by it.
  @Test func `a fetched file is known by the index`() async throws {
    let object = "r/.git/lfs/objects/\(Self.oid.prefix(2))/\(Self.oid.dropFirst(2).prefix(2))/\(Self.oid)"
    let store = try repository([object: "weights", "r/m.bin": "weights"])
    let name = BytesDigest.gitBlob(Array(Self.pointer.utf8))
    let digits = Array(name)
    let hash = stride(from: 0, to: 40, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    var index = Array("DIRC".utf8) + [0, 0, 0, 2, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 40) + hash + [0, 5]
    index += Array("m.bin".utf8) + [UInt8](repeating: 0, count: 5) + [UInt8](repeating: 0, count: 20)
    try store.write("r/.git/index", Data(index))
    #expect(try await store.read(.gitLFS, at: "r").claims.contains("r/m.bin sha256:\(Self.oid)"))
  }

  @Test(arguments: [
    [], Array("DIRC".utf8), Array("DIRC".utf8) + [0, 0, 0, 2, 0xFF, 0xFF, 0xFF, 0xFF],
    [UInt8](repeating: 7, count: 200),
  ])
  func `a damaged index gives nothing, and that is said`(bytes: [UInt8]) async throws {
    #expect(GitIndex(bytes).blobs.isEmpty)
    let store = try repository(["r/m.bin": Self.pointer])
    try store.write("r/.git/index", Data(bytes))
    let facts = try await store.read(.gitLFS, at: "r")
    #expect(facts.problems.count == 1 && facts.problems[0].hasPrefix("r/.git/index "), "\(facts.problems)")
  }

  @Test func `of a later version the index is not read, and that is said`() {
    let bytes = Array("DIRC".utf8) + [0, 0, 0, 4, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 20)
    #expect(GitIndex(bytes).trouble?.contains("an index of version 4") == true)
  }
}
