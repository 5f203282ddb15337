import Foundation
import Testing

/// `repro-audit attest`, and that our own reader and openssl take what it writes.
@Suite struct AttestTests {
  /// A scanned store with one version and an alias of it, and a key pair beside it.
  private func scanned(_ algorithm: String = "Ed25519") throws -> Store {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("models/m/prod", "1.0.0\n")
    let how = algorithm == "P-256" ? "-algorithm EC -pkeyopt ec_paramgen_curve:P-256" : "-algorithm ed25519"
    try Store.shell(
      "openssl genpkey \(how) -out \"$1\" 2>/dev/null && openssl pkey -in \"$1\" -pubout -out \"$1.pub\"",
      store.beside("key"))
    try scan(store)
    return store
  }

  private func scan(_ store: Store, _ arguments: [String] = []) throws {
    let run = try Binary.run(
      ["scan", store.root.path, "--db", store.beside("audit.db"), "--now", "2026-03-01T00:00:00Z"] + arguments)
    #expect(run.status < 4, "\(run.errors)")
  }

  private func attest(_ store: Store, _ name: String, _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(
      [
        "attest", name, "--db", store.beside("audit.db"), "--sign-key", store.beside("key"), "-o",
        store.beside("a.intoto.json"),
      ] + arguments)
  }

  private func payload(_ store: Store) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: store.beside("a.intoto.json")))
    let envelope = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(envelope["payloadType"] as? String == "application/vnd.in-toto+json")
    let text = try #require(envelope["payload"] as? String)
    let bytes = try #require(Data(base64Encoded: text))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  @Test func `a statement names the files, the policy, the ledger's entry and the verdict`() throws {
    let store = try scanned()
    let run = try attest(store, "m@prod", ["--fail-on", "never"])
    let statement = try payload(store)
    #expect(statement["_type"] as? String == "https://in-toto.io/Statement/v1")
    #expect(statement["predicateType"] as? String == "https://slsa.dev/verification_summary/v1")
    let subjects = try #require(statement["subject"] as? [[String: Any]])
    #expect(subjects.compactMap { $0["name"] as? String } == ["checksum.txt", "model.bin", "run.json"])
    let model = try store.write("models/m/1.0.0/model.bin", "weights of m 1.0.0")
    #expect(subjects.contains { ($0["digest"] as? [String: String]) == ["sha256": model] })
    let predicate = try #require(statement["predicate"] as? [String: Any])
    #expect(predicate["resourceUri"] as? String == "urn:repro-audit:resource:store:m@prod")
    #expect(predicate["timeVerified"] as? String == "2026-03-01T00:00:00Z")
    let result = predicate["verificationResult"] as? String
    let levels = predicate["verifiedLevels"] as? [String] ?? []
    // Nothing fails with `never`; what is undecided does.
    #expect(result == (run.status == 0 ? "PASSED" : "FAILED"), "\(run.errors)")
    #expect(result == "PASSED" ? levels.contains("REPRO_AUDIT_INTACT") : levels == ["FAILED"])
    #expect(levels.allSatisfy { !$0.hasPrefix("SLSA_") })
    let input = (predicate["inputAttestations"] as? [[String: Any]])?.first
    let shown = try Binary.run(["ledger", "show", "--db", store.beside("audit.db")])
    #expect(shown.output.contains((input?["digest"] as? [String: String])?["sha256"] ?? "none"))
    // The version itself is another resource.
    _ = try attest(store, "m@1.0.0")
    let other = try #require(try payload(store)["predicate"] as? [String: Any])
    #expect(other["resourceUri"] as? String == "urn:repro-audit:resource:store:m@1.0.0")
  }

  @Test func `a version with findings is FAILED, and one whose findings are lesser is not`() throws {
    let store = try scanned()
    try store.write("models/m/1.0.0/model.bin", "other weights")
    try scan(store)
    let run = try attest(store, "m@1.0.0")
    #expect(run.status == 1 && run.errors.contains("FAILED"), "\(run.errors)")
    let predicate = try #require(try payload(store)["predicate"] as? [String: Any])
    #expect(predicate["verificationResult"] as? String == "FAILED")
    #expect(predicate["verifiedLevels"] as? [String] == ["FAILED"])
  }

  @Test(arguments: ["Ed25519", "P-256"])
  func `our reader takes it for the word of its key, and sees every flipped byte`(algorithm: String) throws {
    let store = try scanned(algorithm)
    _ = try attest(store, "m@1.0.0")
    let place = "models/m/1.0.0/m.intoto.json"
    let envelope = try String(contentsOfFile: store.beside("a.intoto.json"), encoding: .utf8)
    try store.write(place, envelope)
    func evidence() throws -> (independent: Int, doubts: String) {
      let database = store.beside("again.db")
      try? FileManager.default.removeItem(atPath: database)
      let run = try Binary.run(["scan", store.root.path, "--db", database, "--key", store.beside("key.pub")])
      #expect(run.status < 4, "\(run.errors)")
      let claims = try Binary.run([
        "query", "--db", database, "--format", "csv", "SELECT count(*) FROM claims WHERE evidence = 'independent'",
      ])
      let doubts = try Binary.run([
        "query", "--db", database, "--format", "csv",
        "SELECT path, verdict, message FROM checks WHERE verdict NOT IN ('matched', 'unclaimed')",
      ])
      return (Int(claims.output.split(whereSeparator: \.isNewline).last ?? "") ?? -1, doubts.output)
    }
    let good = try evidence()
    #expect(good.independent == 3 && !good.doubts.contains("m.intoto.json"), "\(good)")
    // A byte of the payload, and one of the signature.
    for key in ["payload", "sig"] {
      let value = try #require(envelope.firstMatch(of: try Regex("\"\(key)\":\"([^\"]+)\"")))
      let text = String(value.output[1].substring ?? "")
      let index = text.index(text.startIndex, offsetBy: 40)
      let flipped = text.replacingCharacters(in: index...index, with: text[index] == "A" ? "B" : "A")
      try store.write(place, envelope.replacing(text, with: flipped))
      let bad = try evidence()
      #expect(bad.independent == 0, "\(key)")
    }
    // The model, while the statement stands.
    try store.write(place, envelope)
    try store.write("models/m/1.0.0/model.bin", "other weights")
    #expect(try evidence().doubts.contains("models/m/1.0.0/model.bin"))
  }

  @Test func `openssl takes it too`() throws {
    let store = try scanned()
    _ = try attest(store, "m@1.0.0")
    let data = try Data(contentsOf: URL(filePath: store.beside("a.intoto.json")))
    let envelope = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let payload = try #require((envelope["payload"] as? String).flatMap { Data(base64Encoded: $0) })
    let signature = try #require(
      ((envelope["signatures"] as? [[String: String]])?.first?["sig"]).flatMap { Data(base64Encoded: $0) })
    let signed = Data("DSSEv1 28 application/vnd.in-toto+json \(payload.count) ".utf8) + payload
    try signed.write(to: URL(filePath: store.beside("signed")))
    try signature.write(to: URL(filePath: store.beside("sig")))
    try Store.shell(
      "cd \"$1\" && openssl pkeyutl -verify -pubin -inkey key.pub -rawin -in signed -sigfile sig >/dev/null",
      URL(filePath: store.beside("x")).deletingLastPathComponent().path)
  }

  @Test func `what cannot be attested is said`() throws {
    let store = try scanned()
    let unknown = try attest(store, "m@9.9.9")
    #expect(unknown.status == 64 && unknown.errors.contains("m@1.0.0"), "\(unknown.errors)")
    let run = try attest(store, "run:m-1.0.0")
    #expect(run.status == 64 && run.errors.contains("version or an alias"), "\(run.errors)")
    let nowhere = try Binary.run([
      "attest", "m@1.0.0", "--db", store.beside("audit.db"), "--sign-key", store.beside("key"), "-o",
      store.beside("no/where"),
    ])
    #expect(nowhere.status == 74, "\(nowhere.errors)")
    try Store.shell("sqlite3 \"$1\" \"DELETE FROM ledger\"", store.beside("audit.db"))
    #expect(try attest(store, "m@1.0.0").status == 3)
    try scan(store, ["--subject", "m@1.0.0"])
    let partial = try attest(store, "m@1.0.0")
    #expect(partial.status == 64 && partial.errors.contains("part"), "\(partial.errors)")
  }
}
