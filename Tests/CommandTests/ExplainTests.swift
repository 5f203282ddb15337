import Foundation
import Testing

@Suite struct ExplainTests {
  private static let now = ["--now", "2026-03-01T00:00:00Z"]

  private func explain(_ arguments: [String]) throws -> Binary.Run { try Binary.run(["explain"] + arguments) }

  /// What tests read of the JSON.
  private struct Explained: Decodable {
    struct Detail: Decodable {
      struct Line: Decodable {
        let line: Int
        let text: String
      }
      let item: String
      let excerpt: [Line]
      let commands: [String]
    }
    struct Result: Decodable {
      let rule: String
      let outcome: String
      let details: [Detail]
      let waiver: String?
    }
    let schema: String
    let results: [Result]
    let reaches: [String]
  }

  @Test func `a damaged model is explained with a command that shows the damage`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "1.0.0")
    let found = try store.write("models/m/1.0.0/model.bin", "other bytes")
    let run = try explain(["m@1.0.0", store.root.path] + Self.now)
    #expect(run.status == 0, "\(run.errors)")
    for text in [
      "artifact-digest-mismatch: fail", "models/m/1.0.0/checksum.txt:1", "found sha256:\(found)", "> 1 | ",
      "reached by m@prod", "made by run run:m-1.0.0", "alias m@prod points at it", "what to do: ",
      "  - rule: 'artifact-digest-mismatch'\n    subject: 'm@1.0.0'\n    reason: ''\n    owner: ''\n    approved_by: ''\n    created: 2026-03-01\n    expires: 2026-05-30",
    ] {
      #expect(run.output.contains(text), "\(text)\n\(run.output)")
    }
    let line = try #require(run.output.split(separator: "\n").first { $0.contains("$ sha256sum -- ") })
    let command = line.split(separator: "$", maxSplits: 1)[1].split(separator: "#")[0]
    try store.shell("\(command) | grep -q '^\(found) '")
  }

  @Test func `a kept scan is explained as the scan was, without the store`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let database = store.beside("audit.db")
    _ = try store.scan(["--db", database])
    let live = try explain(["run:m-1.0.0", store.root.path] + Self.now)
    let kept = try explain(["run:m-1.0.0", "--db", database])
    #expect(kept.output == live.output && kept.status == 0, "\(kept.errors)")
    try store.shell("rm -r \"$1\"/models")
    let gone = try explain(["run:m-1.0.0", "--db", database])
    #expect(gone.status == 0 && gone.output.contains("missing-seed: fail"), "\(gone.errors)")
  }

  @Test func `an unknown subject or rule is answered with the nearest`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let subject = try explain(["m@1.0.1", store.root.path])
    #expect(subject.status == 64 && subject.errors.contains("did you mean `m@1.0.0`"), "\(subject.errors)")
    let rule = try explain(["m@1.0.0", store.root.path, "--rule", "mising-checksum"])
    #expect(rule.status == 64 && rule.errors.contains("did you mean `missing-checksum`"), "\(rule.errors)")
    let other = try explain(["m@1.0.0", store.root.path, "--rule", "missing-seed"])
    #expect(other.status == 64 && other.errors.contains("does not judge"), "\(other.errors)")
    let passed = try explain(["m@1.0.0", store.root.path, "--rule", "missing-checksum"])
    #expect(passed.status == 0 && passed.output.contains("missing-checksum: pass"), "\(passed.output)")
  }

  @Test func `a name that two stores hold is chosen by store`() throws {
    let (one, two) = (try Store(name: "one"), try Store(name: "two"))
    try one.addHealthyVersion()
    try two.addHealthyVersion()
    let both = try explain(["m@1.0.0", one.root.path, two.root.path])
    #expect(both.status == 64, "\(both.output)")
    #expect(both.errors.contains("in store one") && both.errors.contains("in store two"), "\(both.errors)")
    let chosen = try explain(["m@1.0.0", one.root.path, two.root.path, "--store", "two"])
    #expect(chosen.status == 0 && chosen.output.contains("in store two"), "\(chosen.errors)")
  }

  @Test(arguments: ["evil\u{1B}[2J", "two\\nlines", "it's $(id)", "\u{202E}rtl", "::error::x"])
  func `a hostile name moves nothing`(id: String) throws {
    let store = try Store()
    let name = id.replacing("\\n", with: "\n")
    let text = String(decoding: try JSONEncoder().encode(["run_id": name]), as: UTF8.self)
    try store.write("run.json", text)
    let run = try explain(["run:" + name, store.root.path] + Self.now)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0 != "\u{7F}" && $0 != "\u{202E}" })
    #expect(run.output.contains("missing-seed: fail"))
    let json = try explain(["run:" + name, store.root.path, "--format", "json"] + Self.now)
    let explained = try JSONDecoder().decode(Explained.self, from: Data(json.output.utf8))
    #expect(explained.schema == "repro-audit/explanation/1")
    #expect(explained.results.contains { $0.rule == "missing-seed" && $0.waiver?.contains("subject: ") == true })
  }

  @Test func `a secret beside the flagged line is not shown`() throws {
    let store = try Store()
    try store.write(
      "run.json",
      """
      {"run_id": "r",
       "git_repository": "https://user:hunter2@example.com/x.git",
       "git_commit": "TODO"}
      """)
    let run = try explain(["run:r", store.root.path] + Self.now)
    #expect(run.output.contains("2 |") && !run.output.contains("hunter2"), "\(run.output)")
  }

  @Test func `a store's own path is not left to look at a record`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let database = store.beside("audit.db")
    _ = try store.scan(["--db", database])
    try Data("{\"secret\": 1}".utf8).write(to: URL(filePath: store.beside("secret.json")))
    try store.shell("rm \"$1/models/m/1.0.0/run.json\"; ln -s \"$1/../secret.json\" \"$1/models/m/1.0.0/run.json\"")
    let run = try explain(["run:m-1.0.0", "--db", database])
    #expect(run.status == 0 && !run.output.contains("secret"), "\(run.output)")
  }
}
