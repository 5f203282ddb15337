import Foundation
import Testing

/// `scan --prometheus`, and the files that are shipped to go with it.
@Suite struct PrometheusTests {
  private func store() throws -> Store {
    let store = try Store()
    for version in ["1.0.0", "1.1.0"] { try store.addHealthyVersion(version) }
    return store
  }

  private func figures(_ store: Store, _ day: Int = 1, _ arguments: [String] = []) throws -> Exposition {
    let path = store.beside("audit.prom")
    let run = try Binary.run(
      ["scan", store.root.path, "--prometheus", path, "--now", "2026-03-0\(day)T00:00:00Z", "--quiet"] + arguments)
    #expect(run.errors.isEmpty, "\(run.errors)")
    let figures = try Exposition(try String(contentsOfFile: path, encoding: .utf8))
    #expect(figures.value("exit_code") == Double(run.status))
    return figures
  }

  @Test func `figures are what the reports say`() throws {
    let store = try store()
    let figures = try figures(store)
    let report = try #require(try store.scan().report)
    for severity in ["error", "warning", "note"] {
      let count = report.results.count { $0.outcome == "fail" && $0.severity == severity }
      #expect(figures.value("findings", ["severity": severity]) == Double(count))
    }
    #expect(figures.value("results", ["outcome": "pass"]) == Double(report.results.count { $0.outcome == "pass" }))
    #expect(figures.value("files", ["verdict": "matched", "store": "store"]) == 2)
    #expect(figures.value("files", ["verdict": "corrupted", "store": "store"]) == 0)
    let bytes = try #require(figures.value("read_bytes"))
    #expect(bytes > 0 && figures.value("scan_duration_seconds") ?? -1 >= 0)
    #expect(figures.value("integrity_lost") == 0)
    #expect(figures.value("last_success_timestamp_seconds") == 1_772_323_200)
    #expect(figures.value("scan_timestamp_seconds") == 1_772_323_200)
    #expect(figures.value("oldest_verification_timestamp_seconds", ["store": "store"]) == 1_772_323_200)
    // Without a kept database nothing is known of a scan before.
    #expect(figures.value("new_findings") == nil)
  }

  @Test func `lost files are counted, and what is new since the scan before`() throws {
    let store = try store()
    let db = ["--db", store.beside("audit.db")]
    #expect(try figures(store, 1, db).value("new_findings") == nil)
    #expect(try figures(store, 2, db).value("new_findings") == 0)
    try store.write("models/m/1.0.0/model.bin", "other weights, and more of them")
    let third = try figures(store, 3, db)
    #expect(third.value("exit_code") == 3 && third.value("integrity_lost") == 1)
    #expect(third.value("new_findings") ?? 0 >= 1)
    #expect(third.value("files", ["verdict": "edited", "store": "store"]) == 1)
    // It has been seen: lost still, and new no more.
    let fourth = try figures(store, 4, db)
    #expect(fourth.value("integrity_lost") == 1 && fourth.value("new_findings") == 0)
  }

  @Test func `a scan that could not examine everything keeps the last success`() throws {
    let store = try store()
    let first = try figures(store, 1)
    try store.write("models/m/1.0.0/run.json", "{")
    let second = try figures(store, 2)
    #expect(second.value("incomplete") == 1 && second.value("unread_records") == 1)
    #expect(second.value("last_success_timestamp_seconds") == first.value("last_success_timestamp_seconds"))
    #expect(second.value("scan_timestamp_seconds") == 1_772_409_600)
    try FileManager.default.removeItem(atPath: store.beside("audit.prom"))
    #expect(try figures(store, 3).value("last_success_timestamp_seconds") == nil)
  }

  @Test(arguments: ["a\"b", "back\\slash", "new\nline", "{x=\"y\"} 1", "# HELP x", "ü\u{202E}", "\u{7F}\r"])
  func `a store of any name makes no other series`(name: String) throws {
    let store = try Store(name: name)
    try store.addHealthyVersion()
    #expect(try figures(store).value("files", ["verdict": "matched", "store": name]) == 1)
  }

  @Test func `the file is replaced as a whole, and stays where a scan cannot be run`() throws {
    let store = try store()
    let path = store.beside("audit.prom")
    _ = try figures(store)
    let before = try Data(contentsOf: URL(filePath: path))
    let run = try Binary.run(["scan", store.root.path, "--prometheus", path, "--policy", "nothing"])
    #expect(run.status == 64)
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    let folder = URL(filePath: path).deletingLastPathComponent().path
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("partial") }.isEmpty)
    let lost = try Binary.run(["scan", store.root.path, "--prometheus", store.beside("nowhere/audit.prom")])
    #expect(lost.status == 74 && lost.errors.contains("nowhere/audit.prom"), "\(lost.errors)")
  }

  @Test(arguments: [["--subject", "m@1.0.0"], ["--changed-since", "HEAD"], ["--rule", "missing-commit"]])
  func `figures of a part are refused`(arguments: [String]) throws {
    let store = try store()
    let path = store.beside("audit.prom")
    let run = try Binary.run(["scan", store.root.path, "--prometheus", path] + arguments)
    #expect(run.status == 64 && run.errors.contains("--prometheus"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `alerts ask for nothing that is not written, and only lost integrity pages`() throws {
    let store = try store()
    let db = ["--db", store.beside("audit.db")]
    _ = try figures(store, 1, db)
    let written = Set(try figures(store, 2, db).samples.map(\.name))
    let rules = try text("contrib/prometheus/repro-audit.rules.yml")
    let asked = Set(
      rules.matches(of: /expr:.*/).flatMap { $0.output.matches(of: /repro_audit_[a-z_]+/) }.map { String($0.output) })
    #expect(asked.count >= 5 && asked.isSubset(of: written), "\(asked.subtracting(written).sorted())")
    let paging = rules.components(separatedBy: "- alert: ").filter { $0.contains("severity: page") }
    #expect(paging.count == 1 && paging.first?.hasPrefix("ReproAuditIntegrityLost") == true)
    // What the page for people lists is what is written.
    let listed = Set(
      try text("docs/operations.md").matches(of: /(?m)^\| `([a-z_]+)` \|/).map { "repro_audit_" + $0.output.1 })
    #expect(written == listed, "\(written.symmetricDifference(listed).sorted())")
  }

  @Test(arguments: ["contrib/systemd/repro-audit.service", "contrib/cron/repro-audit"])
  func `the command of a timer is one that this program takes`(path: String) throws {
    let store = try store()
    let lines = try text(path).replacing("\\\n", with: " ").split(separator: "\n")
    let line = try #require(lines.first { $0.contains("repro-audit scan") && !$0.hasPrefix("#") })
    let command = try #require(line.firstMatch(of: /repro-audit scan ([^;]*)/)).output.1
    var words = command.split(separator: " ").map { String($0.replacing("\"", with: "")) }
    for index in words.indices {
      let word = words[index]
      if word == "/srv/registry" { words[index] = store.root.path }
      if word.hasPrefix("$") || word.hasPrefix("/var/") {
        words[index] = store.beside(word.split(separator: "/").last.map { String($0.replacing("$", with: "")) } ?? "x")
      }
      if words[index] == "30" { words[index] = "0" }
    }
    let run = try Binary.run(["scan"] + words)
    #expect(run.status < 3 && run.errors.isEmpty, "\(words): \(run.errors)")
  }

  @Test(arguments: ["repro-audit.service", "repro-audit.timer"])
  func `units hold sections and assignments, each key where it belongs`(name: String) throws {
    var section = ""
    var keys: [String: String] = [:]
    for line in try text("contrib/systemd/\(name)").split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("[") {
        section = String(line)
        continue
      }
      let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      #expect(pair.count == 2 && !section.isEmpty && pair[0].wholeMatch(of: /[A-Za-z]+/) != nil, "\(line)")
      #expect(keys.updateValue(String(pair.last ?? ""), forKey: section + String(pair[0])) == nil, "\(line)")
    }
    if name.hasSuffix(".timer") {
      #expect(keys["[Timer]OnCalendar"] != nil && keys["[Install]WantedBy"] == "timers.target")
    } else {
      // The exit code of lost integrity has to fail the unit.
      #expect(keys["[Service]SuccessExitStatus"] == "1 2" && keys["[Service]Type"] == "oneshot")
    }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Binary.root.appending(path: path), encoding: .utf8)
  }
}
