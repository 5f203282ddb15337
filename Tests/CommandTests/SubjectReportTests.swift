import Foundation
import Testing

/// `repro-audit report --subject`: one page of one version, alias or run.
@Suite struct SubjectReportTests {
  private static let now = ["--now", "2026-03-01T00:00:00Z"]
  private static let fraud = Binary.root.appending(path: "Fixtures/fraud-registry").path

  private func report(_ name: String, _ arguments: [String]) throws -> Binary.Run {
    try Binary.run(["report", "--subject", name] + arguments)
  }

  @Test func `a version's checklist, evidence, values, digests and lineage on standard output`() throws {
    let run = try report("fraud-detector@1.2.0", ["--in", Self.fraud] + Self.now)
    #expect(run.status == 0 && run.errors.contains("compliant"), "\(run.errors)")
    for part in [
      "# ✅ Compliant: fraud-detector@1.2.0\n", "- **Run** run:fraud-detector-1.2.0\n",
      "- **Aliases** fraud-detector@prod\n",
      "| Commit | ✅ pass | aee14e8b701229aae5fac11c0f8f3338f6b97c5d; in ../../../code.git, clean, found there |",
      "| Config saved | ✅ pass | config.yaml; sha256:083bc199", "accuracy = 0.94", "C = 1.0", "sklearn = 42",
      "| model.pkl | model | <code>sha256:7aae7719", "```mermaid\nflowchart LR\n",
      "train: transactions_v3, 400 records",
    ] {
      #expect(run.output.contains(part), "\(part) in \(run.output)")
    }
  }

  @Test func `an alias and a run have a page, and a database gives the same`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", Self.fraud, "--db", database, "--quiet"] + Self.now)
    for name in ["fraud-detector@prod", "run:weak-regularisation", "fraud-detector@1.2.1"] {
      let live = try report(name, ["--in", Self.fraud] + Self.now).output
      let kept = try report(name, ["--db", database]).output
      #expect(kept.contains(": \(name)\n"), "\(kept)")
      #expect(
        kept.split(separator: " · ledger ").first == live.dropLast().split(separator: " · ledger ").first, "\(live)")
    }
  }

  @Test func `findings of the version, its run and its data count, and nobody else's`() throws {
    let store = try Store()
    try store.addHealthyVersion("1.0.0")
    try store.addHealthyVersion("1.1.0")
    try store.write("models/m/1.1.0/model.bin", "other bytes")
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", store.root.path, "--db", database, "--quiet"] + Self.now)
    let good = try report("m@1.0.0", ["--db", database])
    #expect(good.status == 2 || good.status == 1, "\(good.errors)")
    #expect(good.output.contains("<code>missing-commit</code> **run:m-1.0.0**: fail"), "\(good.output)")
    #expect(good.output.contains("| Commit | ❌ fail | *nothing is on record* (<code>missing-commit</code>) |"))
    #expect(!good.output.contains("1.1.0"), "\(good.output)")
    let bad = try report("m@1.1.0", ["--db", database])
    #expect(bad.status == 3 && bad.output.contains("# ⛔ Integrity lost: m@1.1.0"), "\(bad.output)")
    #expect(bad.output.contains("| model.bin | model | <code>sha256:") && bad.output.contains("| mismatched |"))
  }

  @Test func `waivers are named with owner and end`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let alone = try report("m@1.0.0", ["--in", store.root.path] + Self.now)
    #expect(!alone.output.contains("## Accepted"))
    try store.write("repro-audit.yaml", "rules: {}\n")
    try store.write(
      "waivers.yaml",
      """
      waivers:
        - {rule: missing-config, subject: "run:*", reason: "old <b>", owner: ann, approved_by: bob, created: 2026-02-01, expires: 2026-04-01}
      """)
    let run = try report("m@1.0.0", ["--in", store.root.path] + Self.now)
    #expect(
      run.output.contains("## Accepted\n\n- <code>missing-config</code> **run:m-1.0.0**: waived until 2026-04-01"))
    #expect(run.output.contains("owner ann, approved by bob") && run.output.contains("old &lt;b&gt;"), "\(run.output)")
  }

  @Test func `the HTML page and other formats beside it`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", Self.fraud, "--db", database, "--quiet"] + Self.now)
    let paths = ["p.html", "p.json"].map(store.beside)
    let run = try report("fraud-detector@1.2.0", ["--db", database, "--html", paths[0], "--json", paths[1]])
    #expect(run.status == 0 && run.output.contains("fraud-detector@1.2.0"), "\(run.errors)")
    let page = try String(contentsOfFile: paths[0], encoding: .utf8)
    #expect(
      page.contains("Reproducibility of a version") && page.contains("class=\"lineage\"") && !page.contains("<script"))
    let json = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: paths[1])))
    let subjects = Set(json.results.map(\.subject.name))
    #expect(subjects == ["fraud-detector@1.2.0", "run:fraud-detector-1.2.0", "dataset:transactions_v3"])
  }

  @Test func `an earlier day, a dataset and a model get the reports of the scan`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", Self.fraud, "--db", database, "--quiet"] + Self.now)
    for arguments in [
      ["fraud-detector@1.2.0", "--as-of", "2026-03-01"], ["dataset:transactions_v3"], ["fraud-detector"],
    ] {
      let run = try report(arguments[0], Array(arguments.dropFirst()) + ["--db", database, "--markdown", "-"])
      #expect(run.output.contains("**Partial audit** of the subject"), "\(run.output.prefix(300))")
    }
  }

  @Test func `what is not known is said with the nearest names`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let unknown = try report("1.0.0", ["--in", store.root.path] + Self.now)
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean `m@1.0.0`"), "\(unknown.errors)")
    for arguments in [["report"], ["report", "--list"], ["report", "--db", "x", "--in", "y", "--subject", "z"]] {
      #expect(try Binary.run(arguments).status == 64)
    }
  }
}
