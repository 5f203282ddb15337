import Foundation
import Testing

/// `repro-audit diff A B`: where runs and versions part.
@Suite struct SubjectDiffTests {
  private static let now = ["--now", "2026-03-01T00:00:00Z"]
  private static let fraud = Binary.root.appending(path: "Fixtures/fraud-registry").path

  /// A version whose record says everything that is compared; `changes` replace parts of it.
  private func add(
    _ version: String, to store: Store, data: String = "a,b\n1,2\n3,4\n", config: String = "lr: 0.1\nlayers: [1, 2]\n",
    requirements: String = "numpy==2.1.0\npandas==2.2.0\n", auc: String = "0.91", seed: String = "42",
    lr: String = "0.1", model: String? = nil
  ) throws {
    let folder = "models/m/\(version)"
    let weights = try store.write("\(folder)/model.bin", model ?? "weights \(auc)")
    let digest = try store.write("data/\(version)/train.csv", data)
    try store.write(
      "\(folder)/data_manifest.json",
      """
      {"dataset_name": "d\(digest.prefix(4))", "storage_uri": "file:../../../data/\(version)/train.csv",
       "content_hash": "sha256:\(digest)", "record_count": 2}
      """)
    try store.write("\(folder)/config.yaml", config)
    try store.write("\(folder)/requirements.txt", requirements)
    try store.write(
      "\(folder)/run.json",
      """
      {"run_id": "m-\(version)", "data_manifest": {"path": "data_manifest.json", "role": "train"},
       "config": "config.yaml", "environment": {"python": "3.11.7", "requirements": "requirements.txt"},
       "seeds": {"numpy": \(seed)}, "params": {"lr": \(lr)}, "metrics": {"auc": \(auc), "f1": 0.5},
       "artifacts": [{"path": "model.bin", "sha256": "\(weights)"}]}
      """)
  }

  private func diff(_ store: Store, _ names: [String], _ arguments: [String] = []) throws -> Binary.Run {
    try Binary.run(["diff"] + names + ["--in", store.root.path] + Self.now + arguments)
  }

  @Test func `code, log, configuration, metrics and lineage of two versions`() throws {
    let run = try Binary.run(
      ["diff", "fraud-detector@1.2.0", "fraud-detector@1.2.1", "--in", Self.fraud, "--exit-code"] + Self.now)
    #expect(run.status == 1 && run.errors.isEmpty, "\(run.errors)")
    for line in [
      "the first input that differs is code: commit", "  A to B: 1 commit, and 0 of A that B does not have",
      "    5ddf604e5d80 Regularise more strongly", "  ~ C  1.0 → 0.1", "Data: the same", "Seeds: the same",
      "  ~ auc       0.984085 → 0.977011  -0.007074 (-0.719 %)", "  - the run built from commit aee14e8b7012",
      "  + the run built from commit 5ddf604e5d80",
    ] {
      #expect(run.output.split(separator: "\n").contains { $0 == line }, "\(line) in \(run.output)")
    }
  }

  @Test func `a subject held against itself differs in nothing`() throws {
    let names = ["fraud-detector@prod", "fraud-detector@1.2.0", "run:fraud-detector-1.2.0"]
    let run = try Binary.run(["diff"] + names + ["--in", Self.fraud, "--exit-code"] + Self.now)
    #expect(run.status == 0 && run.output.contains("nothing that is recorded differs\n"), "\(run.output)")
  }

  @Test func `other data is warned of in every format`() throws {
    let store = try Store()
    try add("1.0.0", to: store)
    try add("1.1.0", to: store, data: "a,b\n1,2\n3,5\n9,9\n")
    let paths = ["d.html", "d.md"].map(store.beside)
    let run = try diff(store, ["m@1.0.0", "m@1.1.0"], ["--html", paths[0], "--markdown", paths[1]])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("the first input that differs is data: train dataset"), "\(run.output)")
    let json = try diff(store, ["m@1.0.0", "m@1.1.0"], ["--json"]).output
    for text in [run.output, json] + (try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }) {
      #expect(text.contains("metrics that were measured on other data are not comparable"), "\(text.prefix(400))")
    }
    #expect(run.output.contains("train records  2 → 3"), "\(run.output)")
    #expect(run.output.contains("+ the run reads dataset ") && run.output.contains("- the run reads dataset "))
  }

  @Test func `each input that differs is found by itself`() throws {
    let store = try Store()
    try add("1.0.0", to: store)
    try add("1.1.0", to: store, config: "lr: 0.2\nlayers: [1, 3]\nextra: {a: null}\n")
    try add("1.2.0", to: store, requirements: "numpy==2.1.1\nscipy==1.0.0\n")
    try add("1.3.0", to: store, seed: "43")
    try add("1.4.0", to: store, lr: "0.10")
    try add("1.5.0", to: store, lr: "0.3")
    for (version, lines) in [
      ("1.1.0", ["is configuration: extra.a", "+ extra.a    null", "~ layers[1]  2 → 3", "~ lr         0.1 → 0.2"]),
      (
        "1.2.0",
        [
          "is environment: numpy", "~ numpy   numpy==2.1.0 → numpy==2.1.1", "- pandas  pandas==2.2.0",
          "+ scipy   scipy",
        ]
      ),
      ("1.3.0", ["is seeds: numpy", "~ numpy  42 → 43"]), ("1.4.0", ["nothing that is recorded differs"]),
      ("1.5.0", ["is params", "~ lr  0.1 → 0.3"].map { $0.replacing("params", with: "parameters: lr") }),
    ] {
      let run = try diff(store, ["m@1.0.0", "m@\(version)"])
      for line in lines { #expect(run.output.contains(line), "\(version): \(line) in \(run.output)") }
      #expect(run.output.contains("Data: ") && !run.output.contains("Metrics: 1"), "\(run.output)")
    }
  }

  @Test(
    arguments: [
      (["--tolerance", "0.001"], 1), (["--tolerance", "0.02"], 0), (["--tolerance", "1%"], 1),
      (["--tolerance", "3%"], 0),
      ([], 1),
    ] as [([String], Int32)])
  func `metrics are the same within the tolerance`(arguments: [String], status: Int32) throws {
    let store = try Store()
    try add("1.0.0", to: store, model: "w")
    try add("1.1.0", to: store, auc: "0.93", model: "w")
    let run = try diff(store, ["m@1.0.0", "m@1.1.0"], arguments + ["--exit-code"])
    #expect(run.status == status, "\(run.output)")
    #expect(
      run.output.contains(status == 0 ? "≈ auc  0.91 → 0.93" : "~ auc  0.91 → 0.93  +0.02 (+2.2 %)"), "\(run.output)")
  }

  @Test func `results that differ alone are said to have no cause on record`() throws {
    let store = try Store()
    try add("1.0.0", to: store)
    try add("1.1.0", to: store, auc: "0.93")
    let run = try diff(store, ["m@1.0.0", "m@1.1.0"])
    #expect(run.output.contains("no recorded input differs, and the metrics and artifacts do"), "\(run.output)")
    #expect(run.output.contains("no side records code"), "\(run.output)")
  }

  @Test func `a configuration that is not what the scan read is told by its digest`() throws {
    let store = try Store()
    try add("1.0.0", to: store)
    try add("1.1.0", to: store, config: "lr: 0.2\n")
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", store.root.path, "--db", database, "--quiet"] + Self.now)
    let before = try Binary.run(["diff", "m@1.0.0", "m@1.1.0", "--db", database])
    #expect(before.output.contains("~ lr         0.1 → 0.2") || before.output.contains("0.1 → 0.2"), "\(before.output)")
    try store.write("models/m/1.1.0/config.yaml", "lr: 0.1\nlayers: [1, 2]\n")
    let after = try Binary.run(["diff", "m@1.0.0", "m@1.1.0", "--db", database])
    #expect(after.output.contains("note: B: compared by its digest only: it is not what the scan read any more"))
    #expect(after.output.contains("Configuration: 1 of 1 differ"), "\(after.output)")
  }

  @Test func `secrets of a configuration are not shown`() throws {
    let store = try Store()
    try add("1.0.0", to: store, config: "db:\n  password: hunter2hunter2\n")
    try add("1.1.0", to: store, config: "db:\n  password: other4other4x\n  url: https://ann:pw12@host/x\n")
    let run = try diff(store, ["m@1.0.0", "m@1.1.0"], ["--json"])
    for secret in ["hunter2", "other4", "pw12"] { #expect(!run.output.contains(secret), "\(run.output)") }
    #expect(run.output.contains("[redacted]"))
  }

  @Test func `a configuration within the record is compared key by key`() throws {
    let store = try Store()
    for (run, depth) in [("a", 3), ("b", 4)] {
      try store.write(
        "runs/\(run)/run.json", "{\n\"run_id\": \"\(run)\",\n\"config\": {\"depth\": \(depth), \"x\": [true]}\n}\n")
    }
    let run = try diff(store, ["run:a", "run:b"])
    #expect(
      run.output.contains("Configuration: 1 of 2 differ") && run.output.contains("~ depth  3 → 4"), "\(run.output)")
  }

  @Test(arguments: [
    (["m@1.0.0", "m@1.0.1"], "did you mean `m@1.0.0`"), (["m@1.0.0", "1.0.0"], "did you mean `m@1.0.0`"),
    (["m@1.0.0", "run:m"], "did you mean `run:m-1.0.0`"), (["m@1.0.0", "m@next"], "points at no version"),
    (["m@1.0.0"], "name two runs or versions"), (["m@1.0.0", "store"], "is a"),
    (["m@1.0.0", "m@1.0.0", "--tolerance", "-1"], "tolerance"), (["m@1.0.0", "m@1.0.0", "--tolerance", "x"], "0.1%"),
    (["m@1.0.0", "m@1.0.0", "--json", "--html", "-"], "standard output takes one"), ([], "name two runs or versions"),
    (["m@1.0.0", "m@1.0.0", "--db", "none.db"], "--in is scanned, and --db is read"),
  ])
  func `what cannot be compared is said, with the nearest names`(arguments: [String], words: String) throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/next", to: "9.9.9")
    let run = try Binary.run(["diff"] + arguments + (arguments.isEmpty ? [] : ["--in", store.root.path]) + Self.now)
    #expect(run.status == 64 && run.output.isEmpty && run.errors.contains(words), "\(run.errors)")
  }

  @Test func `scans and versions are not compared with each other`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", store.root.path, "--db", database, "--quiet"] + Self.now)
    let mixed = try Binary.run(["diff", "m@1.0.0", "1", "--db", database])
    #expect(mixed.status == 64 && mixed.errors.contains("scans are compared with scans"), "\(mixed.errors)")
    let html = try Binary.run(["diff", "--db", database, "--html", "-"])
    #expect(html.status == 64 && html.errors.contains("are for runs and versions"), "\(html.errors)")
  }

  @Test func `an answer that cannot be written ends with 74`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let run = try diff(store, ["m@1.0.0", "m@1.0.0"], ["--html", store.beside("none/d.html")])
    #expect(run.status == 74 && run.errors.contains("cannot be written"), "\(run.errors)")
  }

  @Test func `hostile records stay text in every format`() throws {
    let store = try Store()
    let bad = #"<script>alert(1)</script>\n# h\u001b[31m\u202e|`@all"#
    for (run, value) in [("a", "1"), ("b", "2")] {
      try store.write(
        "runs/\(run)/run.json",
        """
        {"run_id": "\(run)", "params": {"\(bad)": "\(bad)\(value)"}, "seeds": {"\(bad)": "\(value)"},
         "metrics": {"\(bad)": \(value)}, "git_commit": "\(bad)\(value)", "config": {"\(bad)": "\(value)"}}
        """)
    }
    let paths = ["d.html", "d.md"].map(store.beside)
    let run = try diff(store, ["run:a", "run:b"], ["--html", paths[0], "--markdown", paths[1]])
    #expect(run.status == 0, "\(run.errors)")
    let texts = [run.output] + (try paths.map { try String(contentsOfFile: $0, encoding: .utf8) })
    for text in texts {
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && text.contains("⟨U+202E⟩"))
      #expect(!text.split(separator: "\n").contains { $0.hasPrefix("# h") })
    }
    for text in texts.dropFirst() { #expect(!text.contains("<script>alert")) }
    let json = try diff(store, ["run:a", "run:b"], ["--json"])
    let root = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect(root?["same"] as? Bool == false)
  }

  @Test func `the same answer from a scan and from its database, every time`() throws {
    let store = try Store()
    try add("1.0.0", to: store)
    try add("1.1.0", to: store, data: "a,b\n", config: "x: 1\n", auc: "0.5", seed: "1")
    let database = store.beside("audit.db")
    _ = try Binary.run(["scan", store.root.path, "--db", database, "--quiet"] + Self.now)
    let live = try diff(store, ["m@1.0.0", "m@1.1.0"]).output
    #expect(try Binary.run(["diff", "m@1.0.0", "m@1.1.0", "--db", database]).output == live)
    #expect(try diff(store, ["m@1.0.0", "m@1.1.0"]).output == live)
  }
}
