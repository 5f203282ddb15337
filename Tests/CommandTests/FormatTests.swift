import Foundation
import Testing

@Suite struct FormatTests {
  private static let formats = ["--sarif", "--csv", "--codequality"]
  private static let now = ["--now", "2026-03-01T00:00:00Z"]

  /// A run in `stores/registry` beside nothing else, with a requirement that floats and no commit.
  private static func store() throws -> Store {
    let store = try Store(name: "stores")
    try store.write("registry/runs/a/run.json", "{\"run_id\": \"a\", \"requirements\": \"requirements.txt\"}")
    try store.write("registry/runs/a/requirements.txt", "numpy==2.1.0\npandas\n")
    return store
  }

  private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `reports for CI name files from where the scan was started, and no absolute path`() throws {
    let store = try Self.store()
    for (directory, argument, prefix) in [
      (store.root, "registry", "registry/"), (store.root, "./registry/", "registry/"),
      (store.root.appending(path: "registry"), ".", ""), (store.root, store.root.path + "/registry", ""),
      (store.root.appending(path: "registry/runs"), "..", ""),
    ] {
      let outputs = Self.formats.map { _ in store.beside(UUID().uuidString) }
      let run = try Binary.run(
        ["scan", argument, "--annotations"] + Self.now + zip(Self.formats, outputs).flatMap { [$0, $1] },
        in: directory)
      #expect(run.status == 1, "\(run.errors)")
      #expect(try Self.text(outputs[0]).contains("\"uri\": \"\(prefix)runs/a/requirements.txt\""), "\(argument)")
      #expect(try Self.text(outputs[2]).contains("\"path\": \"\(prefix)runs/a/requirements.txt\""), "\(argument)")
      #expect(run.output.contains("::error file=\(prefix)runs/a/requirements.txt,line=2,title="), "\(argument)")
      for output in outputs { #expect(try !Self.text(output).contains(store.root.path), "\(argument)") }
    }
  }

  @Test func `each form has every finding once, and a kept scan gives the same bytes`() throws {
    let store = try Store()
    let place = Binary.root.appending(path: "Fixtures/flawed-registry").path
    let database = store.beside("audit.db")
    let all = Self.formats + ["--json"]
    let outputs = all.map { _ in [store.beside(UUID().uuidString), store.beside(UUID().uuidString)] }
    let scan = try Binary.run(
      ["scan", place, "--db", database] + Self.now + zip(all, outputs).flatMap { [$0, $1[0]] })
    let again = try Binary.run(["report", "--db", database] + zip(all, outputs).flatMap { [$0, $1[1]] })
    #expect(scan.status == again.status)
    for output in outputs { #expect(try Self.text(output[0]) == Self.text(output[1])) }
    let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: outputs[3][0])))
    let flagged = report.results.filter { !["pass", "not-applicable"].contains($0.outcome) }
    let items = flagged.reduce(0) { $0 + max(1, $1.details.count + ($1.detailCount > $1.details.count ? 1 : 0)) }
    #expect(items > 100)
    #expect(try Self.text(outputs[0][0]).split(separator: "\"ruleIndex\"").count == items + 1)
    #expect(try Self.text(outputs[1][0]).split(separator: "\r\n").count == items + 1)
    let issues = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: outputs[2][0]))) as? [Any]
    #expect(issues?.count == items)
  }

  @Test func `passes are in the CSV only when all results are asked for`() throws {
    let store = try Self.store()
    let few = try Binary.run(["scan", store.root.path, "--quiet", "--csv", "-"] + Self.now).output
    let all = try Binary.run(["scan", store.root.path, "--quiet", "--csv", "-", "--all-results"] + Self.now).output
    #expect(!few.contains("\r\npass,") && few.contains("\r\nfail,"))
    #expect(all.contains("\r\npass,") && all.contains("\r\nnot-applicable,"))
  }

  @Test(arguments: [["--csv", "-", "--json", "-"], ["--annotations", "--sarif", "-"], ["--tree", "-", "--csv", "-"]])
  func `what would be mixed up on standard output is refused`(arguments: [String]) throws {
    let store = try Self.store()
    let run = try Binary.run(["scan", "."] + arguments, in: store.root)
    #expect(run.status == 64 && run.output.isEmpty && run.errors.contains("standard output"))
  }

  @Test func `a report that cannot be written ends with 74 and leaves no file`() throws {
    let store = try Self.store()
    for option in Self.formats + ["--tree"] {
      let run = try Binary.run(["scan", store.root.path, option, store.beside("none/report")] + Self.now)
      #expect(run.status == 74 && run.errors.contains("none/report: the report cannot be written"), "\(option)")
      // A place that is a folder: what was begun beside it goes away again.
      let folder = store.beside("place")
      try FileManager.default.createDirectory(atPath: "\(folder)/report", withIntermediateDirectories: true)
      let blocked = try Binary.run(["scan", store.root.path, option, "\(folder)/report"] + Self.now)
      #expect(blocked.status == 74 && blocked.errors.contains("the report cannot be written"), "\(option)")
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder) == ["report"], "\(option)")
    }
  }

  @Test func `the tree shows folders, files with their verdicts, aliases and what was said of subjects`() throws {
    let store = try Store(name: "registry")
    try store.addHealthyVersion()
    try store.write("models/m/1.0.0/model.bin", "changed")
    try store.write("models/m/validations.jsonl", "{\"version\": \"1.0.0\", \"name\": \"holdout\", \"passed\": true}\n")
    // A byte before the slash, which must not come between a folder and what is in it.
    try store.addHealthyVersion(model: "m-2")
    try store.link("models/m/prod", to: "1.0.0")
    try store.link("models/m/next", to: "2.0.0")
    try store.write("runs/broken/run.json", "{\"run_id\": ")
    let run = try Binary.run(
      ["scan", ".", "--quiet", "--tree", "-", "--rule", "artifact-digest-mismatch", "--rule", "dangling-alias"]
        + Self.now, in: store.root)
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "./")
    #expect(lines.count { $0.hasPrefix("    m/") } == 1 && lines.count { $0.hasPrefix("    m-2/") } == 1)
    for line in [
      "  models/", "    m/  [model: ok]", "      1.0.0/  [version: 1 error]", "        model.bin  [mismatched]",
      "        run.json  [no digest recorded; run: 1 error]", "      next -> 2.0.0 (no such version)  [alias: 1 error]",
      "      prod -> 1.0.0  [alias: ok]",
      "      validations.jsonl  [read]",
    ] {
      #expect(lines.contains { $0 == line }, "\(line) in \(run.output)")
    }
    #expect(lines.contains { $0.hasPrefix("      run.json  [not read: ") }, "\(run.output)")
  }

  @Test func `what was not read is not shown as good`() throws {
    let store = try Store(name: "registry")
    try store.addHealthyVersion()
    let run = try Binary.run(
      ["scan", ".", "--quiet", "--rehash", "none", "--tree", "-", "--rule", "artifact-digest-mismatch"] + Self.now,
      in: store.root)
    #expect(run.status == 2)
    #expect(!run.output.contains("matched") && run.output.contains("  [version: 1 undecided]"), "\(run.output)")
  }

  @Test func `the tree says what changed since an earlier scan`() throws {
    let store = try Store(name: "registry")
    try store.addHealthyVersion()
    let model = "models/m/1.0.0/model.bin"
    let arguments = ["scan", ".", "--quiet", "--db", store.beside("audit.db"), "--tree", "-"] + Self.now
    try store.shell("touch -d @1700000000 \"$1/\(model)\"")
    #expect(try Binary.run(arguments, in: store.root).output.contains("        model.bin  [matched]\n"))
    try store.write(model, "Weights of m 1.0.0")
    try store.shell("touch -d @1700000000 \"$1/\(model)\"")
    let rotten = try Binary.run(arguments, in: store.root).output
    #expect(rotten.contains("        model.bin  [corrupted]\n"), "\(rotten)")
    try store.shell("touch -d @1700000001 \"$1/\(model)\"")
    let edited = try Binary.run(arguments, in: store.root).output
    #expect(edited.contains("        model.bin  [edited]\n"), "\(edited)")
  }

  @Test func `a folder comes once and each path in it once, whatever bytes the names beside it hold`() throws {
    let store = try Store(name: "registry")
    let names = ["a/a", "a\u{1}b", "a/c", "a/b", "a\u{1}a", "a-", "a\u{2}c"]
    let sums = try names.map { "\(try store.write("models/m/1.0.0/\($0)", $0))  \($0)\n" }
    try store.write("models/m/1.0.0/checksum.txt", sums.joined())
    let run = try Binary.run(["scan", ".", "--quiet", "--tree", "-"] + Self.now, in: store.root)
    let shown = run.output.split(separator: "\n").drop { !$0.hasPrefix("      1.0.0/") }.dropFirst()
      .filter { $0.hasPrefix("        ") }.map { $0.dropFirst(8) }
    #expect(
      shown.filter { $0.hasPrefix("a") || $0.hasPrefix("  ") } == [
        "a/", "  a  [matched]", "  b  [matched]", "  c  [matched]", "a␁a  [matched]", "a␁b  [matched]",
        "a␂c  [matched]", "a-  [matched]",
      ], "\(run.output)")
  }

  @Test func `hostile names stay on their lines in the tree`() throws {
    let store = try Store(name: "registry")
    let name = "a\n\u{202E}[matched]\u{1B}[31m"
    let digest = try store.write("models/m/1.0.0/\(name)", "x")
    try store.write("models/m/1.0.0/run.json", "{\"run_id\": \"a\", \"artifacts\": []}")
    try store.write("models/m/SHA256SUMS", "\(digest)  1.0.0/other\n")
    try store.link("models/m/prod", to: "1.0.0\n      fake  [matched]")
    let run = try Binary.run(["scan", ".", "--quiet", "--tree", "-"] + Self.now, in: store.root)
    #expect(!run.output.contains("\u{1B}") && !run.output.contains("\u{202E}") && run.output.contains("␊"))
    #expect(!run.output.split(separator: "\n").contains { $0.hasPrefix("      fake") || $0.contains("\u{202E}") })
  }

  @Test func `the lineage of a version is shown, as far and in the form that is asked for`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "1.0.0")
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", store.root.path, "--db", database] + Self.now)
    let live = try Binary.run(["lineage", "m@1.0.0", store.root.path] + Self.now)
    #expect(live.status == 0 && live.output.hasPrefix("version m@1.0.0"), "\(live.errors)")
    #expect(live.output.contains("comes from:\n  made by run:m-1.0.0") && live.output.contains("alias m@prod"))
    let kept = try Binary.run(["lineage", "m@1.0.0", "--db", database])
    #expect(kept.output == live.output)
    let up = try Binary.run(["lineage", "m@prod", "--db", database, "--upstream", "--hops", "1"])
    #expect(up.output.contains("points at version m@1.0.0") && up.output.contains("… 1 more"), "\(up.output)")
    #expect(!up.output.contains("is used by"))
    let run = try Binary.run(["lineage", "run:m-1.0.0", "--db", database, "--downstream", "--hops", "all"])
    #expect(run.output.contains("made by version m@1.0.0") && run.output.contains("    points at alias m@prod"))
    for (format, start) in [("svg", "<svg "), ("mermaid", "flowchart LR\n"), ("dot", "digraph "), ("json", "{\n")] {
      let drawn = try Binary.run(["lineage", "m@1.0.0", "--db", database, "--format", format])
      #expect(drawn.status == 0 && drawn.output.hasPrefix(start) && drawn.output.contains("prod"), "\(format)")
    }
  }

  @Test func `a drawing holds the nearest nodes, or as many as asked for`() throws {
    let store = try Store()
    try store.write("data/d/data_manifest.json", "{\"dataset_name\": \"d\"}")
    for number in 0..<160 {
      try store.write(
        "runs/r\(number)/run.json",
        "{\"run_id\": \"r\(number)\", \"data_manifest\": \"../../data/d/data_manifest.json\"}")
    }
    func drawn(_ options: String...) throws -> (runs: Int, errors: String) {
      let run = try Binary.run(["lineage", "dataset:d", store.root.path, "--format", "dot"] + options + Self.now)
      return (run.output.matches(of: /label="run\\n/).count, run.errors)
    }
    #expect(try drawn("--nodes", "all").runs == 160)
    #expect(try drawn("--nodes", "11").runs == 10)
    let usual = try drawn("--hops", "all")
    #expect(usual.runs == 149 && usual.errors.contains("--nodes draws more"), "\(usual)")
    #expect(try Binary.run(["lineage", "dataset:d", store.root.path, "--nodes", "few"]).status == 64)
  }

  @Test func `two spellings of one letter are two names in a lineage`() throws {
    let store = try Store()
    try store.write("data/d/data_manifest.json", "{\"dataset_name\": \"d\"}")
    for (folder, letter) in [("a", "\u{E9}"), ("b", "e\u{301}")] {
      try store.write("data/\(folder)/data_manifest.json", "{\"dataset_name\": \"\(letter)\"}")
      try store.write(
        "runs/\(folder)/run.json",
        "{\"run_id\": \"\(letter)\", \"data_manifest\": \"../../data/d/data_manifest.json\"}")
    }
    try store.write("models/m/1.0.0/model.bin", "weights")
    try store.write(
      "models/m/1.0.0/run.json",
      """
      {"run_id": "m", "data_manifest": ["../../../data/a/data_manifest.json", "../../../data/b/data_manifest.json"]}
      """)
    for (name, kind) in [("dataset:d", "run"), ("m@1.0.0", "dataset")] {
      let run = try Binary.run(["lineage", name, store.root.path, "--hops", "all"] + Self.now)
      #expect(run.status == 0, "\(run.errors)")
      for letter in ["\u{E9}", "e\u{301}"] {
        let lines = run.output.utf8.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count { Array($0).contains(Array(" \(kind):\(letter)".utf8)) } == 1, "\(run.output)")
      }
    }
    let report = try Binary.run(["scan", store.root.path, "--quiet", "--html", store.beside("report.html")] + Self.now)
    #expect(report.status == 1 || report.status == 2, "\(report.errors)")
  }

  @Test func `a loose run has a lineage, and a name that is not known is said with the nearest`() throws {
    let store = try Self.store()
    let run = try Binary.run(["lineage", "run:a", store.root.path] + Self.now)
    #expect(run.status == 0 && run.output.contains("no commit: no commit is recorded  [gap]"), "\(run.output)")
    let wrong = try Binary.run(["lineage", "run:b", store.root.path] + Self.now)
    #expect(wrong.status == 64 && wrong.output.isEmpty && wrong.errors.contains("run:a"))
    #expect(try Binary.run(["lineage", "run:a", store.root.path, "--hops", "-1"]).status == 64)
  }
}
