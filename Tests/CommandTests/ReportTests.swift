import Foundation
import Testing

@Suite struct ReportTests {
  private static let formats = ["--html", "--json", "--markdown", "--junit"]

  /// Runs a command with all reports; returns it and the reports' bytes.
  private func reports(_ store: Store, _ arguments: [String]) throws -> (run: Binary.Run, reports: [Data]) {
    let paths = Self.formats.map { _ in store.beside(UUID().uuidString) }
    let run = try Binary.run(arguments + zip(Self.formats, paths).flatMap { [$0, $1] })
    return (run, paths.map { (try? Data(contentsOf: URL(filePath: $0))) ?? Data() })
  }

  private func scan(_ store: Store, _ now: String, database: String) throws -> (run: Binary.Run, reports: [Data]) {
    try reports(store, ["scan", store.root.path, "--db", database, "--now", now])
  }

  private func json(_ data: Data) throws -> Report { try JSONDecoder().decode(Report.self, from: data) }

  @Test(arguments: ["fraud-registry", "flawed-registry"])
  func `a kept scan is rendered again byte for byte`(fixture: String) throws {
    let store = try Store()
    let place = Binary.root.appending(path: "Fixtures/\(fixture)").path
    let database = store.beside("audit.db")
    let scan = try reports(store, ["scan", place, "--db", database, "--now", "2026-03-01T00:00:00Z"])
    let again = try reports(store, ["report", "--db", database])
    #expect(again.run.status == scan.run.status)
    #expect(again.run.output == scan.run.output)
    #expect(scan.reports.allSatisfy { !$0.isEmpty })
    #expect(again.reports == scan.reports)
  }

  @Test func `who accepted what, what was known and own rules are rendered again too`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    try store.addHealthyVersion()
    try store.write(
      "rules/lonely-run.sql",
      """
      /*
      id: lonely-run
      title: A run has no parent
      subject: run
      severity: warning
      rationale: r
      remedy: r
      references: []
      controls: {}
      parameters: []
      */
      SELECT subject_id, 'fail' AS outcome, 'it is alone' AS message, NULL AS details FROM runs
      """)
    try store.write("repro-audit.yaml", "own_rules: [rules]\nsubjects: [{match: nobody, rules: {missing-seed: off}}]\n")
    try store.write(
      "waivers.yaml",
      """
      waivers:
        - {rule: missing-config, subject: "run:*", reason: old, owner: ann, approved_by: bob, created: 2026-02-01, expires: 2026-04-01}
      """)
    let known = store.beside("baseline.jsonl")
    _ = try Binary.run(["scan", store.root.path, "--write-baseline", known, "--now", "2026-03-01T00:00:00Z"])
    let scan = try reports(
      store, ["scan", store.root.path, "--db", database, "--baseline", known, "--now", "2026-03-01T00:00:00Z"])
    let again = try reports(store, ["report", "--db", database])
    #expect(again.reports == scan.reports)
    #expect(again.run.output == scan.run.output)
    let report = try json(scan.reports[1])
    #expect(report.policy.waiverFiles.count == 1 && report.notices.contains { $0.contains("nobody") })
    #expect(report.results.contains { $0.rule == "lonely-run" && $0.outcome == "baselined" })
    #expect(report.results.contains { $0.rule == "missing-config" && $0.outcome == "waived" })
    #expect(String(decoding: scan.reports[0], as: UTF8.self).contains("A run has no parent"))
  }

  @Test func `each day is rendered as it was, whatever happened since`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    try store.addHealthyVersion("1.0.0")
    try store.addHealthyVersion("1.1.0")
    try store.link("models/m/prod", to: "1.0.0")
    let first = try scan(store, "2026-01-10T09:00:00Z", database: database)
    // A subject in front of the others, one less, a damaged one, an alias that moved, another policy.
    try store.write("a/run.json", "{\"run_id\": \"a\"}")
    try store.shell("rm -r \"$1/models/m/1.1.0\" \"$1/models/m/prod\"; printf x >> \"$1/models/m/1.0.0/model.bin\"")
    try store.link("models/m/prod", to: "1.1.0")
    try store.write("repro-audit.yaml", "rules: {missing-seed: note}\n")
    let second = try scan(store, "2026-01-20T09:00:00Z", database: database)
    try store.addHealthyVersion("1.1.0")
    let third = try scan(store, "2026-01-30T09:00:00Z", database: database)
    #expect(Set([first, second, third].map { $0.reports[1] }).count == 3)
    for (date, expected) in [
      ("2026-01-10", first), ("2026-01-19", first), ("2026-01-20T09:00:00Z", second), ("2026-01-29", second),
      ("2026-02-28", third),
    ] {
      let past = try reports(store, ["report", "--db", database, "--as-of", date])
      #expect(past.run.status == expected.run.status, "\(date)")
      let texts = past.reports.map { String(decoding: $0, as: UTF8.self) }
      for (index, text) in texts.enumerated() {
        #expect(
          text.lowercased().contains(index == 1 ? "\"as_of\": \"\(date.lowercased())\"" : date.lowercased()),
          "\(Self.formats[index])")
      }
      #expect(
        texts[1].replacing("\"as_of\": \"\(date)\",", with: "").filter { !$0.isWhitespace }
          == String(decoding: expected.reports[1], as: UTF8.self).filter { !$0.isWhitespace }, "\(date)")
    }
  }

  /// A report without what it says of earlier scans.
  private func untrended(_ page: Data) throws -> String {
    var text = String(decoding: page, as: UTF8.self)
    text.replace("<li><a href=\"#trend\">Over time</a></li>", with: "")
    if let start = text.firstRange(of: "<section id=\"trend\"")?.lowerBound {
      let end = try #require(text[start...].firstRange(of: "</section>")).upperBound
      text.removeSubrange(start..<end)
    }
    return text
  }

  @Test func `a kept database adds its ledger's digest and what came before to reports, and changes nothing else`()
    throws
  {
    let store = try Store()
    let database = store.beside("audit.db")
    // Without a database there is nothing to judge by this rule.
    try store.write("repro-audit.yaml", "rules: {vanished-version: off}\n")
    for name in ["c", "e", "d"] { try store.write("\(name)/run.json", "{\"run_id\": \"\(name)\"}") }
    _ = try scan(store, "2026-01-10T09:00:00Z", database: database)
    // The same id twice, the new one in front: names and parents go by path, never by age.
    try store.write("b/run.json", "{\"run_id\": \"c\"}")
    try store.write("a/run.json", "{\"run_id\": \"a\", \"parent_run\": \"c\"}")
    try store.shell("rm -r \"$1/d\"")
    try store.addHealthyVersion()
    let kept = try scan(store, "2026-01-20T09:00:00Z", database: database)
    let new = try reports(store, ["scan", store.root.path, "--now", "2026-01-20T09:00:00Z"])
    let digest = /sha256:[0-9a-f]{64}/
    for (index, (with, without)) in zip(kept.reports, new.reports).enumerated() {
      let texts = try [with, without].map { try untrended($0) }
      let other = Set(texts[0].matches(of: digest).map(\.output)).subtracting(
        texts[1].matches(of: digest).map(\.output))
      #expect(other.count == 1, "\(Self.formats[index])")
      let ledger = [
        "<div><dt>Ledger</dt><dd><code>@</code></dd></div>\n", "  \"ledger\": \"@\",\n", " · ledger <code>@</code>",
        "<property name=\"ledger\" value=\"@\"/>",
      ][index].replacing("@", with: other.first ?? "")
      let left = texts[0].replacing(ledger, with: "")
      #expect(
        left.filter { !$0.isWhitespace } == texts[1].filter { !$0.isWhitespace } && left != texts[0],
        "\(Self.formats[index])")
    }
  }

  @Test func `a scan of an unchanged store takes next to no room`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    for number in 0..<300 { try store.write("runs/r\(number)/run.json", "{\"run_id\": \"r\(number)\"}") }
    func size() throws -> Int {
      try FileManager.default.attributesOfItem(atPath: database)[.size] as? Int ?? 0
    }
    for day in 10...11 { _ = try scan(store, "2026-01-\(day)T00:00:00Z", database: database) }
    let before = try size()
    for day in 12...21 { _ = try scan(store, "2026-01-\(day)T00:00:00Z", database: database) }
    let growth = try size() - before
    #expect(growth <= 3 * 16384)
  }

  @Test func `before the first scan there is nothing to render, and that is said`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    try store.addHealthyVersion()
    _ = try scan(store, "2026-01-10T09:00:00Z", database: database)
    let early = try reports(store, ["report", "--db", database, "--as-of", "2026-01-09"])
    #expect(early.run.status == 64)
    #expect(early.run.errors.contains("the first complete scan is of 2026-01-10T09:00:00Z"), "\(early.run.errors)")
    #expect(early.reports.allSatisfy { $0.isEmpty })
  }

  @Test(arguments: [("2026-02-30", "no such day"), ("yesterday", "write it as"), ("2026-1-1", "write it as")])
  func `a date that is none is refused`(date: String, message: String) throws {
    let store = try Store()
    try store.addHealthyVersion()
    let database = store.beside("audit.db")
    _ = try scan(store, "2026-01-10T09:00:00Z", database: database)
    let run = try Binary.run(["report", "--db", database, "--as-of", date])
    #expect(run.status == 64)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test func `what is no database of ours is refused and left alone`() throws {
    let store = try Store()
    let notes = store.beside("notes.txt")
    try Data("my notes".utf8).write(to: URL(filePath: notes))
    let empty = store.beside("empty.db")
    try Data().write(to: URL(filePath: empty))
    for (path, message) in [
      (notes, "not a database"), (empty, "no scan is kept"), (store.beside("none.db"), "there is no such file"),
      (store.root.path, "cannot be used as audit database"),
    ] {
      let run = try Binary.run(["report", "--db", path, "--list"])
      #expect(run.status == 64, "\(path)")
      #expect(run.errors.contains(message), "\(path): \(run.errors)")
    }
    #expect(try String(contentsOfFile: notes, encoding: .utf8) == "my notes")
    #expect(!FileManager.default.fileExists(atPath: store.beside("none.db")))
  }

  @Test func `the list names every scan with its time, id and policy digest`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let database = store.beside("audit.db")
    let ids = try ["2026-01-10T09:00:00Z", "2026-01-11T09:00:00Z"].map {
      try json(scan(store, $0, database: database).reports[1]).scan.id
    }
    let run = try Binary.run(["report", "--db", database, "--list"])
    let lines = run.output.split(separator: "\n")
    #expect(run.status == 0 && lines.count == 3, "\(run.output)")
    for (index, id) in ids.enumerated() {
      #expect(lines[index + 1].contains(id) && lines[index + 1].contains("complete"))
    }
  }

  @Test func `one subject's part of a report, with what it rests on`() throws {
    let store = try Store()
    try store.addHealthyVersion("1.0.0")
    try store.addHealthyVersion("1.1.0")
    try store.write("models/m/1.1.0/model.bin", "other bytes")
    let database = store.beside("audit.db")
    let whole = try scan(store, "2026-01-10T09:00:00Z", database: database)
    let part = try reports(store, ["report", "--db", database, "--subject", "m@1.0.0"])
    let expected = try json(whole.reports[1]).results.filter { ["m@1.0.0", "run:m-1.0.0"].contains($0.subject.name) }
    let found = try json(part.reports[1]).results
    #expect(
      !found.isEmpty && found.map(\.rule) == expected.map(\.rule) && found.map(\.outcome) == expected.map(\.outcome))
    // The lost file is another subject's.
    #expect(whole.run.status == 3 && part.run.status != 3)
    #expect(part.run.output.contains("m@1.0.0"))
    let unknown = try reports(store, ["report", "--db", database, "--subject", "m@1.0.1"])
    #expect(unknown.run.status == 64 && unknown.run.errors.contains("did you mean `m@1.0.0`"), "\(unknown.run.errors)")
  }
}
