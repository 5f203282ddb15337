import Foundation
import Testing

@Suite struct BaselineTests {
  private static let rule = ["--rule", "unpinned-requirement"]

  private static func store(_ requirements: String = "numpy\npandas>=2\ntorch>=2\n") throws -> Store {
    let store = try Store()
    try store.write("runs/a/run.json", "{\"run_id\": \"a\", \"requirements\": \"requirements.txt\"}")
    try store.write("runs/a/requirements.txt", requirements)
    return store
  }

  /// Writes a baseline of the store beside it; returns its path.
  private static func baseline(_ store: Store, _ arguments: [String] = rule) throws -> String {
    let path = store.beside("baseline.jsonl")
    _ = try store.scan(arguments + ["--write-baseline", path])
    return path
  }

  private static func lines(_ path: String) throws -> [String] {
    try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func `three lines are known and a fourth is new`() throws {
    let store = try Self.store()
    let path = try Self.baseline(store)
    let known = try store.scan(Self.rule + ["--baseline", path])
    #expect(known.run.status == 0)
    #expect(known.result("unpinned-requirement", "run:a")?.outcome == "baselined")
    // Lines move and messages change; neither is what a finding is known by.
    try store.write("runs/a/requirements.txt", "# sorted\nscipy\nnumpy\ntorch>=2\npandas>=2\n")
    let scan = try store.scan(Self.rule + ["--baseline", path])
    #expect(scan.run.status == 1)
    let result = try #require(scan.result("unpinned-requirement", "run:a"))
    #expect(result.details.map(\.item) == ["scipy"])
    #expect(result.message == "4 requirements are not pinned; of 4 items 3 in the baseline")
    #expect(scan.run.output.contains("1 finding (3 items) known since the baseline"))
  }

  @Test func `other line ends are no damage`() throws {
    let store = try Self.store()
    let path = try Self.baseline(store)
    try Self.lines(path).map { $0 + "\r\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
    let scan = try store.scan(Self.rule + ["--baseline", path])
    #expect(scan.run.status == 0, "\(scan.run.errors)")
  }

  @Test func `the file is sorted, the same every time, and says what it knows`() throws {
    let store = try Self.store()
    let path = try Self.baseline(store)
    let lines = try Self.lines(path)
    #expect(lines.first == #"{"schema":"repro-audit/baseline/1","stores":"one"}"#)
    #expect(lines.contains(#"{"known":"missing-seed"}"#))
    #expect(
      lines.contains(
        #"{"rule":"unpinned-requirement","kind":"run","subject":"run:a","path":"runs/a/requirements.txt","item":"pandas>=2"}"#
      ))
    #expect(lines.last == #"{"end":true}"#)
    let entries = lines.filter { $0.hasPrefix("{\"rule\"") }
    #expect(entries.count == 3 && entries == entries.sorted())
    _ = try Self.baseline(store)
    #expect(try Self.lines(path) == lines)
  }

  @Test func `it holds wherever the store lies and whatever it is called`() throws {
    let store = try Self.store()
    try store.write("runs/broken/run.json", "{")
    let path = try Self.baseline(store, [])
    let elsewhere = try Store(name: "copy")
    try Store.shell("cp -r \"$1\"/* \(elsewhere.root.path)/", store.root.path)
    let scan = try elsewhere.scan(["--baseline", path])
    #expect(scan.findings == [])
    #expect(scan.results("baselined").contains { $0.rule == "unreadable-file" })
    #expect(scan.report?.notices == [])
    // A baseline that leaves out what could not be read would call that read.
    #expect(scan.run.status == 2)
  }

  @Test func `what is mended is reported, and pruned on request only`() throws {
    let store = try Self.store()
    let path = try Self.baseline(store)
    let before = try Self.lines(path)
    try store.write("runs/a/requirements.txt", "numpy\npandas==2.0.0\n")
    let scan = try store.scan(Self.rule + ["--baseline", path])
    #expect(scan.run.errors.contains("baseline.jsonl: 2 entries match nothing any more"), "\(scan.run.errors)")
    #expect(scan.report?.notices.count == 1)
    #expect(try Self.lines(path) == before)
    let pruned = try store.scan(Self.rule + ["--baseline", path, "--prune-baseline"])
    #expect(pruned.run.errors.contains("2 entries dropped"))
    #expect(try Self.lines(path).count == before.count - 2)
    #expect(try store.scan(Self.rule + ["--baseline", path]).report?.notices == [])
  }

  @Test func `a scan by some rules keeps what the others found`() throws {
    let store = try Self.store()
    let path = try Self.baseline(store, Self.rule + ["--rule", "missing-seed"])
    let before = try Self.lines(path)
    _ = try store.scan(["--rule", "missing-commit", "--baseline", path, "--prune-baseline"])
    #expect(try Self.lines(path) == before)
    _ = try store.scan(["--rule", "missing-commit", "--write-baseline", path])
    #expect(try Self.lines(path).count == before.count + 1)
  }

  @Test func `what could not be read this time is not pruned`() throws {
    let store = try Self.store()
    let path = try Self.baseline(store)
    try store.write("runs/a/run.json", "{")
    let scan = try store.scan(Self.rule + ["--baseline", path, "--prune-baseline"])
    #expect(scan.run.errors.contains("every entry is still needed"), "\(scan.run.errors)")
  }

  @Test func `a rule that is newer warns until the baseline is renewed`() throws {
    let store = try Self.store()
    let path = try Self.baseline(store)
    let old = try Self.lines(path).filter { !$0.contains("\"missing-seed\"") }
    try store.write("old.jsonl", old.joined(separator: "\n") + "\n")
    let old2 = store.root.appending(path: "old.jsonl").path
    let scan = try store.scan(["--rule", "missing-seed", "--baseline", old2])
    #expect(scan.run.status == 0)
    #expect(scan.result("missing-seed", "run:a")?.severity == "warning")
    #expect(scan.run.errors.contains("written before there was missing-seed"), "\(scan.run.errors)")
    let renewed = try store.scan(["--rule", "missing-seed", "--baseline", old2, "--write-baseline", old2])
    #expect(renewed.run.status == 0)
    #expect(try store.scan(["--rule", "missing-seed", "--baseline", old2]).results("baselined").count == 1)
  }

  @Test func `what was published and is lost is never known, unless somebody waives it`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("models/m/1.0.0/model.bin", "other weights")
    let path = store.beside("baseline.jsonl")
    let written = try store.scan(["--write-baseline", path])
    #expect(written.run.errors.contains("2 losses of published files not among them"), "\(written.run.errors)")
    let scan = try store.scan(["--baseline", path])
    #expect(scan.run.status == 3)
    #expect(Set(scan.results("fail").map(\.rule)) == ["artifact-digest-mismatch"])
  }

  @Test func `that something was undecided does not excuse that it is wrong`() throws {
    let store = try Store()
    let commit = "0123456789abcdef0123456789abcdef01234567"
    try store.write("runs/a/run.json", "{\"run_id\": \"a\", \"git_commit\": \"\(commit)\"}")
    let path = try Self.baseline(store, ["--rule", "unresolvable-commit"])
    let known = try store.scan(["--rule", "unresolvable-commit", "--baseline", path])
    #expect(known.result("unresolvable-commit", "run:a")?.outcome == "baselined" && known.run.status == 0)
    try store.shell(
      "cd \"$1\"; git init --quiet; git -c user.name=a -c user.email=a@b commit --quiet --allow-empty -m a")
    let scan = try store.scan(["--rule", "unresolvable-commit", "--baseline", path])
    #expect(scan.result("unresolvable-commit", "run:a")?.outcome == "fail")
    #expect(scan.report?.notices == [])
  }

  @Test func `several stores are told apart by name`() throws {
    let store = try Store()
    for name in ["x", "y"] { try store.write("\(name)/runs/a/run.json", "{\"run_id\": \"a\"}") }
    let path = store.beside("baseline.jsonl")
    let stores = ["x", "y"].map { store.root.appending(path: $0).path }
    let rule = ["--rule", "missing-seed", "--now", "2026-03-01T00:00:00Z"]
    _ = try Binary.run(["scan"] + stores + rule + ["--write-baseline", path])
    #expect(try Self.lines(path).filter { $0.contains("\"store\":\"x\"") }.count == 1)
    #expect(try Binary.run(["scan"] + stores + rule + ["--baseline", path]).status == 0)
    #expect(try Binary.run(["scan", stores[0]] + rule + ["--baseline", path, "--prune-baseline"]).status == 0)
    #expect(try Self.lines(path).filter { $0.contains("\"store\":\"y\"") }.count == 1)
    _ = try Binary.run(["scan", stores[0]] + rule + ["--write-baseline", store.beside("one.jsonl")])
    let wrong = try Binary.run(["scan"] + stores + rule + ["--baseline", store.beside("one.jsonl")])
    #expect(wrong.status == 64 && wrong.errors.contains("written for one directory, and this scan has 2"))
  }

  @Test func `a directory may be renamed, and hold a store more, and its findings stay known`() throws {
    let store = try Store()
    try store.write("x/runs/a/run.json", "{\"run_id\": \"a\"}")
    try store.write("x/bundle/ro-crate-metadata.json", Self.crate)
    let path = store.beside("baseline.jsonl")
    let scan = { (name: String) in
      try Binary.run([
        "scan", store.root.appending(path: name).path, "--rule", "missing-seed", "--rule", "missing-commit", "--now",
        "2026-03-01T00:00:00Z", "--baseline", path,
      ])
    }
    _ = try Binary.run([
      "scan", store.root.appending(path: "x").path, "--rule", "missing-seed", "--rule", "missing-commit", "--now",
      "2026-03-01T00:00:00Z", "--write-baseline", path,
    ])
    #expect(try Self.lines(path).contains { $0.contains("\"store\":\"bundle\"") })
    try FileManager.default.moveItem(
      at: store.root.appending(path: "x"), to: store.root.appending(path: "elsewhere"))
    #expect(try scan("elsewhere").status == 0)
    try store.write("elsewhere/.dvc/config", "")
    try store.write("elsewhere/data.dvc", "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  path: data\n")
    let grown = try scan("elsewhere")
    #expect(grown.status == 0, "\(grown.output) \(grown.errors)")
  }

  private static let crate = """
    {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
      {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
       "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
      {"@id": "./", "@type": "Dataset", "name": "b", "datePublished": "2026-01-01"},
      {"@id": "#train", "@type": "CreateAction", "name": "train", "endTime": "2026-01-01T00:00:00Z",
       "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"}}]}
    """

  @Test func `items beyond those that a rule lists are known by their number`() throws {
    let many = { (count: Int) in (0..<count).map { "p\(10_000 + $0)>=1\n" }.joined() }
    let store = try Self.store(many(1010))
    let path = try Self.baseline(store)
    #expect(try Self.lines(path).contains { $0.hasSuffix("\"rest\":10}") })
    #expect(try store.scan(Self.rule + ["--baseline", path]).run.status == 0)
    try store.write("runs/a/requirements.txt", "zzz\n" + many(1010))
    let scan = try store.scan(Self.rule + ["--baseline", path])
    let result = try #require(scan.result("unpinned-requirement", "run:a"))
    #expect(scan.run.status == 1)
    #expect(result.details.map(\.item) == ["zzz"])
    try store.write(
      "repro-audit.yaml",
      """
      waivers:
        - {rule: unpinned-requirement, subject: 'run:a', item: '**', reason: r, owner: o, approved_by: p,
           created: 2026-02-01, expires: 2026-06-30}

      """)
    let waived = try #require(try store.scan(Self.rule).result("unpinned-requirement", "run:a"))
    #expect(waived.outcome == "fail" && waived.detailCount == 11 && waived.details.isEmpty)
    #expect(waived.message.contains("1000 waived") && waived.message.contains("11 beyond the first 1000"))
  }

  @Test(arguments: [
    ("", "baseline.jsonl:1: the baseline is empty"), ("{\"end\":true}\n", "baseline.jsonl:1: not a baseline"),
    ("{\"schema\":\"repro-audit/baseline/2\",\"stores\":\"one\"}\n{\"end\":true}\n", "of another repro-audit"),
    ("HEAD{\"end\":true}", ":3: the end of the baseline is missing"),
    ("HEAD", ":2: the end of the baseline is missing"),
    ("HEAD{\"rule\":\"a\",\"kind\":\"run\",\"subject\":\"b\"\n{\"end\":true}\n", ":3: not a line of a baseline"),
    ("HEAD<<<<<<< ours\n{\"end\":true}\n", ":3: a merge left a conflict here"),
    ("<<<<<<< ours\nHEAD{\"end\":true}\n", ":1: a merge left a conflict here"),
    ("HEAD{\"rule\":\"a\",\"kind\":\"rum\",\"subject\":\"b\"}\n{\"end\":true}\n", ":3: an entry has `rule`"),
    (
      "HEAD{\"rule\":\"a\",\"itm\":\"b\"}\n{\"end\":true}\n",
      ":3: unknown key of a baseline `itm`; did you mean `item`?"
    ),
    ("HEAD{\"rule\":\"a\",\"kind\":\"run\",\"subject\":\"b\",\"rest\":-1}\n{\"end\":true}\n", ":3: `rest` is a number"),
    (
      "NAMED{\"rule\":\"a\",\"kind\":\"run\",\"subject\":\"b\"}\n{\"end\":true}\n", ":3: the entry lacks its `store`"
    ),
    (
      "HEAD{\"rule\":\"a\",\"kind\":\"run\",\"subject\":\"b\",\"outcome\":\"pass\"}\n{\"end\":true}\n",
      ":3: `outcome` is"
    ),
    ("HEAD\n{\"end\":true}\n", ":3: not a line of a baseline"), ("HEAD\u{0}\n{\"end\":true}\n", ":3: not a line"),
  ])
  func `a baseline that is not whole stops the scan and names its line`(text: String, message: String) throws {
    let store = try Self.store()
    let path = store.beside("baseline.jsonl")
    let head = "{\"schema\":\"repro-audit/baseline/1\",\"stores\":\"one\"}\n{\"known\":\"a\"}\n"
    let named = head.replacing("\"one\"", with: "\"named\"")
    try text.replacing("HEAD", with: head).replacing("NAMED", with: named).write(
      toFile: path, atomically: true, encoding: .utf8)
    let scan = try store.scan(["--baseline", path])
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
    #expect(scan.report == nil)
  }

  @Test func `nothing is written over what is no baseline, or when nothing was audited`() throws {
    let store = try Self.store()
    let wrong = try store.scan(["--write-baseline", store.root.appending(path: "runs/a/run.json").path])
    #expect(wrong.run.status == 64 && wrong.run.errors.contains("not a baseline; name another file"))
    let path = try Self.baseline(store)
    let before = try Self.lines(path)
    let empty = try Store()
    #expect(try empty.scan(["--write-baseline", path]).run.errors.contains("nothing to audit was found"))
    #expect(try empty.scan(["--baseline", path, "--prune-baseline"]).run.status == 74)
    #expect(try Self.lines(path) == before)
    #expect(try store.scan(["--write-baseline", "-"]).run.status == 64)
    #expect(try store.scan(["--prune-baseline"]).run.errors.contains("name the file with --baseline"))
    #expect(try store.scan(["--baseline", store.beside("none")]).run.errors.contains("make it with --write-baseline"))
  }

  @Test func `names with quotes, newlines, tabs and odd letters are known again`() throws {
    let store = try Store()
    for (index, name) in ["q\\\"uote", "new\\nline", "tab\\t", "Ünï\\u202e", "<b>", "back\\\\slash"].enumerated() {
      try store.write("runs/\(index)/run.json", "{\"run_id\": \"\(name)\"}")
    }
    let path = try Self.baseline(store, ["--rule", "missing-seed"])
    let scan = try store.scan(["--rule", "missing-seed", "--baseline", path])
    #expect(scan.run.status == 0, "\(scan.run.output)")
    #expect(scan.results("baselined").count == 6)
    #expect(scan.report?.notices == [])
  }
}
