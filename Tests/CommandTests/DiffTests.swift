import Foundation
import Testing

/// `repro-audit diff --db`: what two scans do not share.
@Suite struct DiffTests {
  private struct Answer: Decodable {
    struct Finding: Decodable {
      struct Subject: Decodable {
        let name: String
      }
      let rule: String
      let subject: Subject
      let newItems: [String]
      let fixedItems: [String]

      enum CodingKeys: String, CodingKey {
        case rule, subject
        case newItems = "new_items"
        case fixedItems = "fixed_items"
      }
      var text: String { "\(rule) \(subject.name)" }
    }
    struct Findings: Decodable {
      let new: [Finding]
      let fixed: [Finding]
      let continuing: [Finding]
    }
    struct File: Decodable {
      let change: String
      let path: String
    }
    struct Side: Decodable {
      let scan: Int
    }
    let from: Side
    let to: Side
    let findings: Findings
    let files: [File]
  }

  private func scan(_ store: Store, _ day: Int, _ arguments: [String] = []) throws -> Scan {
    try store.scan(["--db", store.beside("audit.db"), "--now", "2026-03-0\(day)T00:00:00Z"] + arguments)
  }

  private func diff(_ store: Store, _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(["diff", "--db", store.beside("audit.db")] + arguments)
  }

  private func answer(_ store: Store, _ arguments: [String] = []) throws -> Answer {
    let run = try diff(store, arguments + ["--json"])
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
  }

  /// Three nights: nothing, then damage and work, then mending.
  private func scanned() throws -> (store: Store, scans: [Scan]) {
    let store = try Store()
    for version in ["1.0.0", "1.1.0"] { try store.addHealthyVersion(version) }
    try store.write("models/m/1.0.0/notes.md", "first thoughts")
    try store.write("models/m/1.0.0/old.txt", "old")
    try store.shell("find \"$1\" -type f -exec touch -d 2026-01-01T00:00:00Z {} +")
    var scans = [try scan(store, 1)]
    try store.write("models/m/1.0.0/model.bin", "other weights, and more of them")
    try store.write("models/m/1.0.0/notes.md", "second thoughts, and more")
    try FileManager.default.removeItem(at: store.root.appending(path: "models/m/1.0.0/old.txt"))
    try store.write("models/m/1.1.0/new.txt", "new")
    scans.append(try scan(store, 2))
    try store.write("models/m/1.0.0/model.bin", "weights of m 1.0.0")
    scans.append(try scan(store, 3))
    return (store, scans)
  }

  @Test func `new, fixed and continuing findings are those of the reports`() throws {
    let (store, scans) = try scanned()
    for (earlier, later) in [(1, 2), (2, 3), (1, 3)] {
      let answer = try answer(store, ["\(earlier)", "\(later)"])
      let (was, now) = (Set(scans[earlier - 1].findings), Set(scans[later - 1].findings))
      #expect(Set(answer.findings.new.map(\.text)) == now.subtracting(was), "\(earlier)-\(later)")
      #expect(Set(answer.findings.fixed.map(\.text)) == was.subtracting(now), "\(earlier)-\(later)")
      #expect(Set(answer.findings.continuing.map(\.text)) == was.intersection(now), "\(earlier)-\(later)")
      #expect(answer.from.scan == earlier && answer.to.scan == later)
    }
    #expect(try answer(store, ["1", "2"]).findings.new.contains { $0.text == "artifact-digest-mismatch m@1.0.0" })
    // The last two, in whatever order they are named.
    let last = try diff(store)
    #expect(try last.output == diff(store, ["3", "2"]).output && last.status == 0)
    #expect(last.output.contains("Fixed") && last.output.contains("m@1.0.0"))
  }

  @Test func `files are told apart by what became of their good states`() throws {
    let (store, _) = try scanned()
    func files(_ answer: Answer) -> [String] { answer.files.map { "\($0.change) \($0.path)" } }
    // The damaged model is a finding, and its good state still the one of before.
    #expect(
      try files(answer(store, ["1", "2"])) == [
        "changed models/m/1.0.0/notes.md", "removed models/m/1.0.0/old.txt", "added models/m/1.1.0/new.txt",
      ])
    #expect(try files(answer(store, ["2", "3"])) == [])
    #expect(try files(answer(store, ["1", "3"])).count == 3)
  }

  @Test func `a finding that goes on says which items are new`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("models/m/1.0.0/requirements.txt", "a\nb==1\n")
    _ = try scan(store, 1)
    try store.write("models/m/1.0.0/requirements.txt", "b\nc\n")
    _ = try scan(store, 2)
    let finding = try answer(store).findings.continuing.first { !$0.newItems.isEmpty }
    #expect(finding?.newItems.contains("b") == true && finding?.fixedItems.contains("a") == true)
  }

  @Test func `nothing changed is said, and the exit code tells on request`() throws {
    let (store, _) = try scanned()
    #expect(try diff(store, ["--exit-code"]).status == 1)
    _ = try scan(store, 4)
    let same = try diff(store, ["--exit-code"])
    #expect(same.status == 0 && same.output.contains("New: no finding"), "\(same.output)")
  }

  @Test func `scans that cannot be compared are said`() throws {
    let (store, _) = try scanned()
    _ = try scan(store, 4, ["--subject", "m@1.0.0"])
    for (arguments, word) in [
      (["1", "9"], "no scan `9`"), (["1", "4"], "a part only"), (["1", "zzzz"], "--list"),
    ] {
      let run = try diff(store, arguments)
      #expect(run.status == 64 && run.errors.contains(word), "\(run.errors)")
    }
    #expect(try diff(store, ["1"]).status == 64)
    // By the beginning of an id; each line has the digest of the policy too.
    let list = try Binary.run(["report", "--db", store.beside("audit.db"), "--list"]).output
    let ids = list.matches(of: /[0-9a-f]{12}/).map { String($0.output) }
    #expect(try answer(store, [String(ids[0].prefix(8)), String(ids[2].prefix(8))]).from.scan == 1)
    let young = try Store()
    try young.addHealthyVersion()
    _ = try scan(young, 1)
    let alone = try diff(young)
    #expect(alone.status == 64 && alone.errors.contains("one complete scan"), "\(alone.errors)")
  }
}
