import Foundation
import Hashing
import Records
import Testing

@testable import Stores

@Suite struct BagItReaderTests {
  static let hello = "5d41402abc4b2a76b9719d911017c592"

  private func bag(_ version: String = "0.97", _ files: [String: String] = [:]) throws -> StoreScratch {
    try StoreScratch(
      [
        "bag/bagit.txt": "BagIt-Version: \(version)\nTag-File-Character-Encoding: UTF-8\n",
        "bag/manifest-md5.txt": "\(Self.hello)  data/a.txt\n", "bag/data/a.txt": "hello",
        "bag/bag-info.txt": "Bagging-Date: 2026-11-23\nPayload-Oxum: 5.1\n",
      ].merging(files) { $1 })
  }

  @Test func `a bag is a dataset with every claim of every manifest`() async throws {
    let store = try bag(
      "1.0",
      [
        "bag/manifest-sha1.txt": "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d\t*data/a.txt\r\n",
        "bag/tagmanifest-md5.txt": "\(Self.hello.uppercased()) bagit.txt\n",
      ])
    let facts = try await store.read(.bagit, at: "bag")
    #expect(facts.problems.isEmpty)
    #expect(facts.datasets.map(\.name) == ["bag"] && facts.datasets[0].createdAt == "2026-11-23")
    #expect(
      facts.claims == [
        "bag/bagit.txt md5:\(Self.hello)", "bag/data/a.txt md5:\(Self.hello)",
        "bag/data/a.txt sha1:aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
      ])
    #expect(try store.found() == [FoundStore(kind: .bagit, place: TreePath("bag"))])
  }

  @Test(arguments: [
    ("0.97", ["bag/data/b.txt": "x"], "no manifest of the bag lists it"),
    ("1.0", ["bag/manifest-sha1.txt": ""], "bag/manifest-sha1.txt does not list it"),
    (
      "0.97", ["bag/bag-info.txt": "Payload-Oxum: 6.1\n"],
      "Payload-Oxum says 6 bytes in 1 files, and 5 bytes in 1 are there"
    ),
  ])
  func `what the manifests lack or the sum denies is contradicted`(
    version: String, files: [String: String], message: String
  ) async throws {
    #expect(try await bag(version, files).read(.bagit, at: "bag").claims.contains { $0.hasSuffix(message) })
  }

  @Test func `in older versions one manifest is enough`() async throws {
    let facts = try await bag("0.97", ["bag/manifest-sha1.txt": ""]).read(.bagit, at: "bag")
    #expect(facts.claims == ["bag/data/a.txt md5:\(Self.hello)"])
  }

  @Test(arguments: [
    ("bag/bagit.txt", "BagIt-Version : 0.97\nTag-File-Character-Encoding: UTF-8\n", "not `BagIt-Version: M.N`"),
    ("bag/bagit.txt", "BagIt-Version: 0.97\n", "not `Tag-File-Character-Encoding: UTF-8`"),
    ("bag/bagit.txt", "\u{FEFF}BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n", "a byte order mark"),
    ("bag/manifest-md5.txt", "oops\n", "neither a digest with a path nor empty"),
    ("bag/manifest-md5.txt", "\(hello)  bag-info.txt\n", "is no payload"),
    ("bag/manifest-md5.txt", "\(hello)  data/../../../etc/passwd\n", "leads out of the bag"),
    ("bag/manifest-md5.txt", "\(hello)  /etc/passwd\n", "leads out of the bag"),
    ("bag/manifest-md5.txt", "\(hello)  ~/.ssh/id_rsa\n", "leads out of the bag"),
    ("bag/tagmanifest-md5.txt", "\(hello) ../x\n", "leads out of the bag"),
    ("bag/manifest-sha3256.txt", "00 data/a.txt\n", "sha3256 is not computed here"),
    ("bag/fetch.txt", "file:///etc/passwd 10 data/b.txt\n", "is a file of this machine, and is not read"),
    ("bag/fetch.txt", "https://x.example/b - ../b.txt\n", "is not in the payload, and is not read"),
    ("bag/fetch.txt", "https://x.example/b\n", "not `URL LENGTH PATH`"),
    ("bag/bag-info.txt", "no colon\n", "neither `Key: value` nor indented"),
  ])
  func `what is not as it must be is a problem`(file: String, text: String, message: String) async throws {
    let facts = try await bag("0.97", [file: text]).read(.bagit, at: "bag")
    #expect(facts.problems.contains { $0.hasPrefix(file) && $0.contains(message) }, "\(facts.problems)")
    #expect(facts.artifacts.allSatisfy { !$0.file.path.contains("passwd") && !$0.file.path.contains("id_rsa") })
  }

  @Test(arguments: [
    ("0.97", "data/100%25.txt", "100%25.txt"), ("1.0", "data/100%25.txt", "100%.txt"),
    ("0.97", "data/a%0Ab.txt", "a\nb.txt"), ("1.0", "data/a%0ab%0D.txt", "a\nb\r.txt"), ("0.97", "./data/x", "x"),
    // A tool that does not know of the percent sign.
    ("1.0", "data/50%250.txt", "50%250.txt"),
  ])
  func `names are decoded as their version says`(version: String, written: String, name: String) async throws {
    let store = try bag(version, ["bag/manifest-md5.txt": "\(Self.hello)  data/a.txt\n\(Self.hello)  \(written)\n"])
    try store.write("bag/data/\(name)", "hello")
    try store.write("bag/bag-info.txt", "")
    let facts = try await store.read(.bagit, at: "bag")
    #expect(facts.claims == ["bag/data/a.txt md5:\(Self.hello)", "bag/data/\(name) md5:\(Self.hello)"].sorted())
  }

  @Test func `a name that was composed differently is the same file`() async throws {
    let store = try bag("0.97", ["bag/manifest-md5.txt": "\(Self.hello)  data/\u{FC}.txt\n"])
    try FileManager.default.removeItem(at: store.root.appending(path: "bag/data/a.txt"))
    let path = store.root.path + "/bag/data/u\u{308}.txt"
    #expect(FileManager.default.createFile(atPath: path, contents: Data("hello".utf8)))
    let facts = try await store.read(.bagit, at: "bag")
    #expect(facts.artifacts.count == 1 && facts.artifacts[0].claims.count == 1)
    #expect(facts.problems.isEmpty)
  }

  @Test func `a file that is still to be fetched is listed and not there`() async throws {
    let store = try bag(
      "0.97",
      [
        "bag/manifest-md5.txt": "\(Self.hello)  data/a.txt\n\(Self.hello)  data/b.txt\n",
        "bag/fetch.txt": "https://data.example.org/b.txt 5 data/b.txt\n",
      ])
    let facts = try await store.read(.bagit, at: "bag")
    #expect(facts.claims == ["bag/data/a.txt md5:\(Self.hello)", "bag/data/b.txt md5:\(Self.hello)"])
    #expect(facts.problems.isEmpty)
  }

  @Test func `payload that is a link out of the store is not read`() async throws {
    let store = try bag()
    try store.link("bag/data/passwd", to: "/etc/passwd")
    let facts = try await store.read(.bagit, at: "bag")
    #expect(facts.problemKinds == [.outside])
    #expect(facts.artifacts.count == 1)
  }

  @Test func `a bag without payload or manifests says so`() async throws {
    let store = try StoreScratch(["bag/bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"])
    let facts = try await store.read(.bagit, at: "bag")
    #expect(
      facts.problems == ["bag/data the bag has no folder `data`", "bag/bagit.txt the bag has no payload manifest"])
    #expect(try await StoreScratch().read(.bagit).problems == ["bagit.txt no bag: there is no `bagit.txt`"])
  }

  @Test func `tag files in other encodings are read`() async throws {
    let store = try bag()
    let manifest = "\(Self.hello)  data/a.txt\n"
    try store.write("bag/bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-16\n")
    try store.write("bag/manifest-md5.txt", manifest.data(using: .utf16BigEndian) ?? Data())
    try store.write("bag/bag-info.txt", "Payload-Oxum: 5.1\n".data(using: .utf16) ?? Data())
    let facts = try await store.read(.bagit, at: "bag")
    #expect(facts.problems.isEmpty && facts.claims == ["bag/data/a.txt md5:\(Self.hello)"])
  }
}
