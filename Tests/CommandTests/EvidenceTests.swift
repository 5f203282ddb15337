import Foundation
import Hashing
import Testing

/// What a pack holds, and that it is verified by what follows from its facts.
@Suite struct EvidenceTests {
  private func verify(_ pack: String, _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(["verify-evidence", pack] + arguments)
  }

  @Test func `a pack is verified, and says what was looked at`() throws {
    let sample = try EvidenceSample.shared.get()
    for pack in [sample.pack, sample.milder] {
      let run = try verify(pack)
      #expect(run.status == 0, "\(run.output)\(run.errors)")
      #expect(run.errors.isEmpty)
      for words in [
        "verified: scan ", " rules follow from the facts", "reports/report.json", "pack: sha256:",
      ] {
        #expect(run.output.contains(words), "\(run.output)")
      }
      let quiet = try verify(pack, ["-q"])
      #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty)
    }
  }

  @Test func `any tar reads it, sha256sum checks it, and reports are those of the scan`() throws {
    let store = try EvidenceSample.store()
    let names = ["html": "report.html", "json": "report.json", "markdown": "report.md", "csv": "findings.csv"]
    let pack = store.beside("p.tar")
    let run = try Binary.run(
      ["scan", "store", "--evidence", pack, "--now", EvidenceSample.now]
        + names.keys.sorted().flatMap { ["--\($0)", store.beside($0)] },
      in: store.root.deletingLastPathComponent())
    #expect(run.status == 3, "\(run.output)")
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: pack)))
    #expect(run.errors.contains("evidence: \(pack), sha256:\(BytesDigest.sha256(bytes))"), "\(run.errors)")
    let folder = store.beside("x")
    try Store.shell("mkdir \"$1\" && tar xf '\(pack)' -C \"$1\" && cd \"$1\" && sha256sum --quiet -c MANIFEST", folder)
    for (option, name) in names {
      #expect(
        try Data(contentsOf: URL(filePath: "\(folder)/reports/\(name)"))
          == Data(contentsOf: URL(filePath: store.beside(option))), "\(name)")
    }
    for (name, packed) in [("waivers.yaml", "waivers-1.yaml"), ("run.schema.json", "run-schema")] {
      #expect(
        try Data(contentsOf: URL(filePath: "\(folder)/policy/\(packed)"))
          == Data(contentsOf: store.root.appending(path: name)), "\(name)")
    }
    let policy = try String(contentsOfFile: "\(folder)/policy/policy.yaml", encoding: .utf8)
    #expect(policy.contains("unpinned-requirement: warning"))
    #expect(FileManager.default.fileExists(atPath: "\(folder)/own-rules/no-lonely-run.sql"))
    let rules = try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/rules").filter { $0.hasSuffix(".sql") }
    let catalogue = try FileManager.default.subpathsOfDirectory(
      atPath: Binary.root.appending(path: "Sources/Rules/Catalog").path)
    #expect(rules.count == catalogue.count { $0.hasSuffix(".sql") })
    let files = try String(contentsOfFile: "\(folder)/files.jsonl", encoding: .utf8)
    #expect(files.contains("\"path\":\"models/m/1.1.0/model.bin\"") && files.contains("\"verdict\":\"mismatched\""))
    // Nothing says where the store lay, or on which disk.
    let place = store.root.deletingLastPathComponent().lastPathComponent
    try Store.shell("if grep -aq '\(place)' \"$1\"; then exit 1; fi", folder + "/audit.db")
  }

  @Test func `the same scan gives the same bytes, also of a copy elsewhere`() throws {
    let store = try EvidenceSample.store()
    try store.shell("cp -r \"$1\" \"$1/../other\" && mkdir \"$1/../copy\" && mv \"$1/../other\" \"$1/../copy/store\"")
    let parent = store.root.deletingLastPathComponent()
    for (folder, name, jobs) in [(parent, "a.tar", "1"), (parent.appending(path: "copy"), "b.tar", "4")] {
      _ = try Binary.run(
        ["scan", "store", "--evidence", store.beside(name), "--now", EvidenceSample.now, "--jobs", jobs], in: folder)
    }
    #expect(
      try Data(contentsOf: URL(filePath: store.beside("a.tar")))
        == Data(contentsOf: URL(filePath: store.beside("b.tar"))))
  }

  @Test func `the database is one file that needs nothing else, with this scan only`() throws {
    let sample = try EvidenceSample.shared.get()
    let forge = try EvidenceForge(sample.pack)
    let database = try #require(forge.members.first { $0.name == "audit.db" })
    let path = try sample.write(database.bytes)
    defer { try? FileManager.default.removeItem(atPath: path) }
    // Not a write-ahead log, and a header that says so.
    #expect(database.bytes[18] == 1 && database.bytes[19] == 1)
    let query = try Binary.run(["query", "--db", path, "SELECT count(*) FROM scans", "--format", "csv"])
    #expect(query.output.contains("2"), "\(query.output)\(query.errors)")
    try Store.shell(
      "test -z \"$(sqlite3 \"$1\" \"SELECT name FROM sqlite_schema WHERE name LIKE 'history%'\")\"", path)
    try Store.shell("test \"$(sqlite3 \"$1\" \"SELECT count(figures) FROM scan\")\" = 1", path)
  }

  @Test func `the digest that was printed holds against a pack that was made anew`() throws {
    let sample = try EvidenceSample.shared.get()
    let digest = "sha256:" + BytesDigest.sha256([UInt8](try Data(contentsOf: URL(filePath: sample.pack))))
    #expect(try verify(sample.pack, ["--digest", digest]).status == 0)
    let other = try verify(sample.milder, ["--digest", digest])
    #expect(other.status == 3 && other.output.contains("archive: its digest is sha256:"))
    #expect(try verify(sample.pack, ["--digest", "abc"]).status == 64)
  }

  @Test(arguments: ["gnu", "ustar", "posix"])
  func `a pack that was unpacked and packed again is the same but for its digest`(format: String) throws {
    let sample = try EvidenceSample.shared.get()
    let names = try EvidenceForge(sample.pack).members.map(\.name)
    let folder = FileManager.default.temporaryDirectory.appending(path: "again-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Store.shell(
      "cd \"$1\" && tar xf '\(sample.pack)' && tar --format=\(format) -cf again.tar \(names.joined(separator: " "))",
      folder.path)
    let run = try verify(folder.appending(path: "again.tar").path)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("note: the archive was put together by another program"))
  }

  @Test func `a folder that was packed as it lies is still told as a pack, with what is wrong in it`() throws {
    let sample = try EvidenceSample.shared.get()
    let folder = FileManager.default.temporaryDirectory.appending(path: "again-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Store.shell(
      "cd \"$1\" && mkdir x && tar xf '\(sample.pack)' -C x && echo more >> x/reports/findings.csv && tar -C x -cf again.tar .",
      folder.path)
    let run = try verify(folder.appending(path: "again.tar").path)
    #expect(run.status == 3, "\(run.output)\(run.errors)")
    for words in ["reports/findings.csv: its digest is sha256:", "reports/findings.csv: line "] {
      #expect(run.output.contains(words), "\(run.output)")
    }
  }

  @Test(arguments: [
    ["--rule", "missing-seed"], ["--subject", "m@1.0.0"], ["--changed-since", "HEAD"], ["--evidence", "-"],
  ])
  func `evidence of a part is refused`(arguments: [String]) throws {
    let store = try EvidenceSample.store()
    let pack = arguments[0] == "--evidence" ? [] : ["--evidence", store.beside("p.tar")]
    let run = try Binary.run(["scan", store.root.path] + pack + arguments)
    #expect(run.status == 64 && run.errors.hasPrefix("error: "), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: store.beside("p.tar")))
  }

  @Test func `reports of one's own templates are not packed, since nobody else can make them again`() throws {
    let store = try EvidenceSample.store()
    let templates = store.beside("templates")
    #expect(try Binary.run(["templates", "export", templates]).status == 0)
    let run = try Binary.run(
      [
        "scan", store.root.path, "--evidence", store.beside("p.tar"), "--html", store.beside("r.html"), "--templates",
        templates,
      ])
    #expect(run.status == 64 && run.errors.contains("leave out --templates"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: store.beside("p.tar")))
  }

  @Test func `a baseline that is written anew by the same scan is packed as it was judged by`() throws {
    let store = try EvidenceSample.store()
    let baseline = store.beside("known.jsonl")
    _ = try Binary.run(["scan", store.root.path, "--write-baseline", baseline, "--now", EvidenceSample.now])
    try store.write("runs/b/run.json", "{\"run_id\": \"b\"}")
    let pack = store.beside("p.tar")
    let run = try Binary.run([
      "scan", store.root.path, "--baseline", baseline, "--write-baseline", baseline, "--evidence", pack, "--now",
      EvidenceSample.now,
    ])
    #expect(run.errors.contains("evidence: "), "\(run.errors)")
    #expect(try verify(pack).status == 0)
  }

  @Test func `a pack that cannot be written says so, and leaves nothing`() throws {
    let store = try EvidenceSample.store()
    let run = try Binary.run(["scan", store.root.path, "--evidence", store.beside("no/such/p.tar")])
    #expect(run.status == 74 && run.errors.contains("p.tar"), "\(run.errors)")
  }

  static let foreign: [(name: String, make: @Sendable (EvidenceForge) -> [UInt8])] = [
    ("an empty file", { _ in [] }),
    ("text", { _ in Array("no pack\n".utf8) }),
    ("zeros", { _ in [UInt8](repeating: 0, count: 10240) }),
    (
      "an archive of something else",
      { forge in
        var forge = forge
        forge.members.removeAll { $0.name == "MANIFEST" }
        return forge.bytes
      }
    ),
    (
      "a manifest of something else",
      { forge in
        var forge = forge
        forge.writesManifest = false
        forge.members[0].text = "Manifest-Version: 1.0\n"
        return forge.bytes
      }
    ),
    (
      "a pack of a later version",
      { forge in
        var forge = forge
        forge.writesManifest = false
        forge.members[0].text = forge.members[0].text.replacing("evidence/1", with: "evidence/2")
        return forge.bytes
      }
    ),
    ("a database", { forge in forge.members[1].bytes }),
    ("half a header", { forge in Array(forge.bytes.prefix(300)) }),
  ]

  @Test(arguments: foreign.indices)
  func `what is no pack is told apart from a forged one`(index: Int) throws {
    let sample = try EvidenceSample.shared.get()
    let run = try sample.verify(Self.foreign[index].make(try EvidenceForge(sample.pack)))
    #expect(
      run.status == 2 && run.errors.contains("no evidence pack"),
      "\(Self.foreign[index].name): \(run.output)\(run.errors)")
  }

  @Test func `a file that is not there, a folder and a link are not read`() throws {
    let store = try Store()
    try store.link("link.tar", to: try EvidenceSample.shared.get().pack)
    for path in [store.beside("none.tar"), store.root.path, store.root.appending(path: "link.tar").path] {
      let run = try verify(path)
      #expect(run.status == 64 && run.errors.contains("cannot be read"), "\(path): \(run.errors)")
    }
  }
}
