import Foundation
import Testing

/// The bill of materials of a version: what CycloneDX 1.6 asks of one, and that nothing of the version is passed over.
@Suite struct BOMTests {
  private static let now = ["--now", "2026-03-01T00:00:00Z"]

  private func store() throws -> Store {
    let store = try Store()
    let model = try store.write("models/team/scorer/1.2.0/model.bin", "weights")
    let data = try store.write("data/train.csv", "a,b\n1,2\n")
    try store.write("models/team/scorer/1.2.0/checksum.txt", "\(model)  model.bin\n")
    try store.write("models/team/scorer/MODEL_CARD.md", "# Scorer\n")
    try store.link("models/team/scorer/prod", to: "1.2.0")
    try store.write(
      "data/data_manifest.json",
      "{\"name\": \"train\", \"storage_uri\": \"file:data/train.csv\", \"content_hash\": \"sha256:\(data)\", \"record_count\": 1}"
    )
    try store.write(
      "models/team/scorer/1.2.0/run.json",
      """
      {"run_id": "r1", "git_commit": "0123456789abcdef0123456789abcdef01234567",
       "git_repository": "git@example.com:team/scorer.git", "python_version": "3.11.7",
       "data_manifest": "../../../../data/data_manifest.json", "metrics": {"auc": 0.91, "f1": 0.5},
       "seeds": {"numpy": 7}, "requirements": "requirements.txt",
       "container_image": "example.com/ml/trainer:1.4@sha256:\(String(repeating: "ab", count: 32))",
       "artifacts": [{"path": "model.bin", "sha256": "\(model)"}]}
      """)
    try store.write(
      "models/team/scorer/1.2.0/requirements.txt",
      "numpy==1.26.4\nPandas[excel] == 2.1.0+local ; python_version > '3'\nscipy>=1\ntorch @ https://example.com/torch.whl\n"
    )
    return store
  }

  private func bill(_ store: Store, _ name: String = "team/scorer@1.2.0", _ arguments: [String] = []) throws -> [String:
    Any]
  {
    let run = try Binary.run(["bom", name, store.root.path] + Self.now + arguments)
    #expect(run.status == 0, "\(run.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  private func components(_ bill: [String: Any], _ type: String) -> [[String: Any]] {
    (bill["components"] as? [[String: Any]] ?? []).filter { $0["type"] as? String == type }
  }

  private func hash(_ component: [String: Any]) -> String? {
    (component["hashes"] as? [[String: String]])?.first.map { "\($0["alg"] ?? "") \($0["content"]?.count ?? 0)" }
  }

  @Test func `a bill names the model with its card, data, packages, image, files, and where its code lies`() throws {
    let bill = try bill(try store())
    #expect(
      bill["bomFormat"] as? String == "CycloneDX" && bill["specVersion"] as? String == "1.6"
        && bill["version"] as? Int == 1)
    let metadata = try #require(bill["metadata"] as? [String: Any])
    #expect(metadata["timestamp"] as? String == "2026-03-01T00:00:00Z")
    let model = try #require(metadata["component"] as? [String: Any])
    #expect(model["type"] as? String == "machine-learning-model" && model["version"] as? String == "1.2.0")
    #expect(model["name"] as? String == "scorer" && model["group"] as? String == "team")
    #expect(hash(model) == "SHA-256 64")
    let links = try #require(model["externalReferences"] as? [[String: String]])
    #expect(
      links.contains {
        $0["type"] == "vcs" && $0["url"] == "ssh://git@example.com/team/scorer.git"
          && $0["comment"]?.hasPrefix("commit 0123") == true
      })
    #expect(links.contains { $0["type"] == "model-card" && $0["url"] == "models/team/scorer/MODEL_CARD.md" })
    let card = try #require(model["modelCard"] as? [String: Any])
    let metrics = try #require(
      (card["quantitativeAnalysis"] as? [String: Any])?["performanceMetrics"] as? [[String: String]])
    #expect(metrics == [["type": "auc", "value": "0.91"], ["type": "f1", "value": "0.5"]])
    let data = try #require(components(bill, "data").first)
    #expect(
      (card["modelParameters"] as? [String: Any])?["datasets"] as? [[String: String]] == [
        ["ref": try #require(data["bom-ref"] as? String)]
      ])
    #expect(hash(data) == "SHA-256 64")
    let contents = try #require((data["data"] as? [[String: Any]])?.first)
    #expect(
      contents["type"] as? String == "dataset"
        && (contents["contents"] as? [String: String])?["url"] == "file:data/train.csv")
    let libraries = components(bill, "library").map {
      "\($0["name"] ?? "") \($0["version"] ?? "-") \($0["purl"] ?? "-")"
    }
    #expect(
      libraries.sorted() == [
        "numpy 1.26.4 pkg:pypi/numpy@1.26.4", "pandas 2.1.0+local pkg:pypi/pandas@2.1.0%2Blocal",
        "scipy - pkg:pypi/scipy",
        "torch - -",
      ])
    let image = try #require(components(bill, "container").first)
    #expect(
      image["name"] as? String == "example.com/ml/trainer" && image["version"] as? String == "1.4"
        && hash(image) == "SHA-256 64")
    #expect(components(bill, "platform").first?["version"] as? String == "3.11.7")
    #expect(components(bill, "file").contains { ($0["name"] as? String)?.hasSuffix("1.2.0/requirements.txt") == true })
  }

  /// Every object of the parts of CycloneDX 1.6 that a bill uses: the keys it may have, those it must have in capitals.
  private static let keys: [String: String] = [
    "": "$schema BOMFORMAT SPECVERSION serialNumber version metadata components dependencies compositions",
    "metadata": "timestamp tools component properties", "metadata.tools": "components",
    "metadata.tools.components": "TYPE NAME version",
    "metadata.component": "TYPE bom-ref group NAME version hashes purl externalReferences properties modelCard",
    "metadata.component.modelCard": "modelParameters quantitativeAnalysis properties",
    "metadata.component.modelCard.modelParameters": "datasets",
    "metadata.component.modelCard.modelParameters.datasets": "REF",
    "metadata.component.modelCard.quantitativeAnalysis": "performanceMetrics",
    "metadata.component.modelCard.quantitativeAnalysis.performanceMetrics": "TYPE VALUE",
    "components": "TYPE bom-ref NAME version hashes purl properties data", "components.data": "TYPE name contents",
    "components.data.contents": "url", "dependencies": "REF dependsOn", "compositions": "AGGREGATE dependencies",
    "hashes": "ALG CONTENT", "properties": "NAME VALUE", "externalReferences": "TYPE URL comment",
  ]

  private func check(_ value: Any, _ path: String) throws {
    if let list = value as? [Any] { return try list.forEach { try check($0, path) } }
    guard let object = value as? [String: Any] else { return }
    let last = path.split(separator: ".").last.map(String.init) ?? ""
    let keys = try #require(
      Self.keys[["hashes", "properties", "externalReferences"].contains(last) ? last : path], "\(path)"
    )
    .split(separator: " ").map(String.init)
    for key in object.keys { #expect(keys.contains { $0.lowercased() == key.lowercased() }, "\(path): \(key)") }
    for key in keys where key == key.uppercased() {
      #expect(object.keys.contains { $0.uppercased() == key }, "\(path): \(key)")
    }
    for (key, value) in object { try check(value, path.isEmpty ? key : "\(path).\(key)") }
  }

  private func checkWhole(_ bill: [String: Any]) throws {
    try check(bill, "")
    let serial = try #require(bill["serialNumber"] as? String)
    #expect(
      serial.wholeMatch(of: #/urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#) != nil)
    let model = try #require((bill["metadata"] as? [String: Any])?["component"] as? [String: Any])
    let all = [model] + (bill["components"] as? [[String: Any]] ?? [])
    let references = all.compactMap { $0["bom-ref"] as? String }
    #expect(references.count == all.count && Set(references).count == all.count && !references.contains(""))
    let dependencies = try #require(bill["dependencies"] as? [[String: Any]])
    #expect(Set(dependencies.compactMap { $0["ref"] as? String }) == Set(references))
    #expect(Set(dependencies.first?["dependsOn"] as? [String] ?? []) == Set(references.dropFirst()))
    for component in all {
      #expect((component["name"] as? String)?.isEmpty == false)
      for hash in component["hashes"] as? [[String: String]] ?? [] {
        let lengths = ["MD5": 32, "SHA-1": 40, "SHA-256": 64, "SHA-384": 96, "SHA-512": 128]
        #expect(
          hash["content"]?.count == lengths[hash["alg"] ?? ""] && hash["content"]?.allSatisfy(\.isHexDigit) == true)
      }
      let links = (component["externalReferences"] as? [[String: String]] ?? []).compactMap { $0["url"] }
      for link in links {
        #expect(link.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }, "\(link)")
      }
      let purl = component["purl"] as? String ?? "pkg:"
      #expect(purl.hasPrefix("pkg:") && purl.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(purl)")
    }
  }

  @Test(arguments: ["flawed-registry", "fraud-registry", "mlflow-file"])
  func `every version of a registry has a bill that is whole`(fixture: String) throws {
    let folder = Binary.root.appending(path: "Fixtures/\(fixture)").path
    let parent = FileManager.default.temporaryDirectory.appending(path: "bom-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: parent) }
    let database = parent.appending(path: "audit.db").path
    _ = try Binary.run(["scan", folder, "--db", database, "-q"] + Self.now)
    let names = try Binary.run([
      "query", "--db", database, "--format", "json",
      "SELECT subject, store FROM versions ORDER BY store, subject LIMIT 12",
    ])
    let versions = try #require(try JSONSerialization.jsonObject(with: Data(names.output.utf8)) as? [[String: String]])
    #expect(!versions.isEmpty)
    for version in versions {
      let arguments = ["--kind", "version", "--store", version["store"] ?? ""]
      let run = try Binary.run(["bom", version["subject"] ?? "", "--db", database] + arguments)
      #expect(run.status == 0, "\(version): \(run.errors)")
      try checkWhole(try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]))
    }
  }

  @Test func `the same version gives the same bytes, by its alias and from a database too`() throws {
    let store = try store()
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", store.root.path, "--db", database, "-q"] + Self.now)
    let path = store.beside("bom.json")
    let written = try Binary.run(["bom", "team/scorer@prod", "--db", database, "-o", path])
    #expect(written.status == 0 && written.output.isEmpty, "\(written.errors)")
    let again = try Binary.run(["bom", "team/scorer@1.2.0", "--db", database])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == again.output)
    #expect(again.output.contains("repro-audit:ledger"))
    let scanned = try Binary.run(["bom", "team/scorer@1.2.0", store.root.path] + Self.now)
    let twice = try Binary.run(["bom", "team/scorer@1.2.0", store.root.path] + Self.now)
    #expect(scanned.output == twice.output)
    try store.write("models/team/scorer/1.2.0/model.bin", "other weights")
    let other = try Binary.run(["bom", "team/scorer@1.2.0", store.root.path] + Self.now)
    let serials = [scanned, other].map { $0.output.split(separator: "\n").first { $0.contains("serialNumber") } }
    #expect(serials[0] != nil && serials[0] != serials[1])
  }

  @Test func `what is not recorded is said, in the bill too`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let run = try Binary.run(["bom", "m@1.0.0", store.root.path] + Self.now)
    #expect(run.errors.contains("note: not all is recorded: no commit is recorded"), "\(run.errors)")
    let bill = try bill(store, "m@1.0.0")
    #expect((bill["compositions"] as? [[String: Any]])?.first?["aggregate"] as? String == "incomplete")
    let whole = try self.bill(try self.store())
    #expect((whole["compositions"] as? [[String: Any]])?.first?["aggregate"] as? String == "incomplete")
    try checkWhole(bill)
    try checkWhole(whole)
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\u{202E}gnp.exe", "a\u{0}b\u{7}c\u{1B}[2J", "]]>\"\\'", "line\nbreak\r\t",
    String(repeating: "x", count: 100_000),
  ])
  func `hostile text stays text`(text: String) throws {
    let store = try store()
    let quoted = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    try store.write(
      "models/team/scorer/1.2.0/run.json",
      """
      {"run_id": \(quoted), "git_commit": \(quoted), "git_repository": \(quoted), "python_version": \(quoted),
       "metrics": {\(quoted): \(quoted), "auc": 1}, "seeds": {\(quoted): \(quoted)}, "requirements": "requirements.txt",
       "container_image": \(quoted), "hardware": \(quoted), "os": \(quoted),
       "data_manifest": "../../../../data/data_manifest.json", "artifacts": [{"path": \(quoted), "sha256": \(quoted)}]}
      """)
    try store.write(
      "data/data_manifest.json", "{\"name\": \(quoted), \"storage_uri\": \(quoted), \"content_hash\": \(quoted)}")
    try store.write("models/team/scorer/1.2.0/requirements.txt", "numpy==\(text)\n\(text)\n")
    let run = try Binary.run(["bom", "team/scorer@1.2.0", store.root.path] + Self.now)
    #expect(run.status == 0, "\(run.errors.prefix(500))")
    #expect(run.output.utf8.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F && $0 != 0x3C })
    try checkWhole(try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]))
  }

  @Test func `a password in an address is not handed on`() throws {
    let store = try store()
    let path = "models/team/scorer/1.2.0/run.json"
    let record = try String(contentsOf: store.root.appending(path: path), encoding: .utf8)
    try store.write(
      path,
      record.replacing("git@example.com:team/scorer.git", with: "https://ada:hunter2hunter2@example.com/scorer.git"))
    let run = try Binary.run(["bom", "team/scorer@1.2.0", store.root.path] + Self.now)
    #expect(run.output.contains("example.com/scorer.git") && !run.output.contains("hunter2"))
  }

  @Test(arguments: ["no/such@1.0.0", "team/scorer", "run:r1"])
  func `only a version or an alias has a bill`(name: String) throws {
    let run = try Binary.run(["bom", name, try store().root.path])
    #expect(run.status == 64 && run.errors.hasPrefix("error: ") && run.output.isEmpty, "\(run.errors)")
  }

  @Test func `a bill that cannot be written leaves nothing`() throws {
    let store = try store()
    let run = try Binary.run(["bom", "team/scorer@1.2.0", store.root.path, "-o", store.beside("no/such/bom.json")])
    #expect(run.status == 74 && run.errors.contains("bom.json"), "\(run.errors)")
  }
}
