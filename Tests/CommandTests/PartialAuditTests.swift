import Foundation
import Testing

/// A partial audit must say of what it judges what a whole audit says, and judge all that a change affects.
@Suite struct PartialAuditTests {
  /// What is done to the store, as a line of shell in its folder.
  static let mutations: [String] = [
    "echo x >> models/fraud/1.0.0/model.bin",
    "rm models/fraud/1.0.0/model.bin",
    "mv models/fraud/1.0.0/model.bin models/churn/1.0.0/moved.bin",
    "mv models/fraud/1.0.0/model.bin x; mv models/churn/1.0.0/model.bin models/fraud/1.0.0/model.bin; mv x models/churn/1.0.0/model.bin",
    "rm models/fraud/1.0.0/run.json",
    "sed -i 's/\"fraud-1\"/\"fraud-x\"/' models/fraud/1.0.0/run.json",
    "echo broken > models/fraud/1.0.0/run.json",
    "rm models/fraud/1.0.0/checksum.txt",
    "sed -i 's/^./0/' models/fraud/1.1.0/checksum.txt",
    "rm -r models/fraud/1.1.0",
    "rm -r models/churn",
    "cp -r models/fraud/1.0.0 models/fraud/2.0.0",
    "printf '1.0.0\\n' > models/fraud/prod",
    "printf '9.9.9\\n' > models/fraud/prod",
    "rm models/fraud/prod",
    "ln -sfn 1.0.0 models/churn/staging",
    "printf '1.1.0\\n' > models/fraud/dev",
    "echo 1,2 >> data/train.csv",
    "rm data/train.csv",
    "rm data/data_manifest.json",
    "sed -i 's/transactions/payments/' data/data_manifest.json",
    "sed -i 's/train.csv/other.csv/' data/data_manifest.json; cp data/train.csv data/other.csv",
    "mkdir more; cp data/data_manifest.json more/; sed -i 's/\"record_count\": 2/\"record_count\": 3/' more/data_manifest.json",
    "rm runs/tune/run.json",
    "sed -i 's/\"fraud\"/\"churn\"/; s/1.2.0/1.1.0/' runs/tune/run.json",
    "sed -i 's/\"tune\"/\"fraud-1\"/' runs/tune/run.json",
    "mkdir aaa; sed 's/\"child\"/\"fraud-1\"/' runs/child/run.json > aaa/run.json",
    "echo numpy >> requirements.txt",
    "rm requirements.txt",
    "echo 'numpy==1.0' > runs/child/requirements.txt",
    "echo 'FROM python:latest' > runs/child/Dockerfile",
    "echo 3.11.4 > runs/child/.python-version",
    "echo 'seed: 2' > config/train.yaml",
    "rm config/train.yaml",
    "echo '{\"auc\": 0.1}' > models/fraud/1.0.0/metrics.json",
    "echo x > plots/roc.png",
    "rm -r plots",
    "rm runs/child/run.log",
    "echo '{' > runs/broken/run.json",
    "echo '{\"run_id\": \"mended\"}' > runs/broken/run.json",
    "rm -r runs/broken",
    "mkfifo runs/child/pipe; echo notes > notes.txt",
    "echo notes > docs.md",
    "git mv runs/child runs/kid",
    "git rm -q --cached runs/child/run.json",
    "echo 'rules: {missing-seed: warning}' > repro-audit.yaml",
    "echo 'torch>=2' >> env/base.txt",
    "rm env/base.txt",
    "rm shared/weights.bin",
    "mkdir -p runs/far/shared; echo other > runs/far/shared/weights.bin",
    "echo more >> shared/folder/a.bin",
    "echo new > shared/folder/new.bin",
    "rm -r shared/folder",
    "rm special/scores.json",
    "echo '{\"auc\": 0.5}' > runs/child/metrics.json", "rm runs/kin/metrics.json",
    "echo '{\"auc\": 0.2}' > special/scores.json",
    "rm special/manifest.txt.json",
    "sed -i 's/odd/even/' special/manifest.txt.json",
    "rm runs/far/run.yaml",
    "sed -i '/data_manifest/d' runs/far/run.yaml",
    "rm link-data; ln -s data link-data",
    "echo 'a,b' > special/part-1.csv",
    "rm special/part-2.csv",
    "mkdir -p nested/models/fraud; cp -r models/fraud/1.0.0 nested/models/fraud/",
    "git init -q runs/inner; echo '{\"run_id\": \"inner\"}' > runs/inner/run.json",
    "printf 'x' > 'runs/child/na\tme.txt'",
    "mkdir deep; cp -r models/fraud/1.0.0 deep/; mv deep/1.0.0/model.bin deep/; ln -s ../model.bin deep/1.0.0/model.bin",
  ]

  private static let setup = """
    cd "$1"; git init -q -b main .; git config user.email a@b; git config user.name a
    printf 'a,b\\n1,2\\n3,4\\n' > data/train.csv
    git add -A; git commit -qm base
    """

  /// A small registry in which things refer to each other in every way that records can.
  static func store() throws -> Store {
    let store = try Store()
    let data = try store.write("data/train.csv", "a,b\n1,2\n3,4\n")
    try store.write(
      "data/data_manifest.json",
      """
      {"dataset_name": "transactions", "storage_uri": "train.csv", "record_count": 2, "content_hash": "sha256:\(data)"}
      """)
    let requirements = try store.write("requirements.txt", "numpy==2.0.0\nscipy==1.14.0\n")
    let config = try store.write("config/train.yaml", "seed: 1\n")
    try store.write("plots/roc.png", "png")
    for (model, version, id) in [
      ("fraud", "1.0.0", "fraud-1"), ("fraud", "1.1.0", "fraud-2"), ("churn", "1.0.0", "churn-1"),
    ] {
      let folder = "models/\(model)/\(version)"
      let digest = try store.write("\(folder)/model.bin", "weights of \(id)")
      try store.write("\(folder)/checksum.txt", "\(digest)  model.bin\n")
      try store.write("\(folder)/metrics.json", "{\"auc\": 0.9}")
      try store.write(
        "\(folder)/run.json",
        """
        {"run_id": "\(id)", "artifacts": [{"path": "model.bin", "sha256": "\(digest)"}, {"path": "../../../plots/roc.png"}],
         "data_manifest": "../../../data/data_manifest.json", "seeds": {"numpy": 1},
         "config": {"path": "../../../config/train.yaml", "sha256": "\(config)"},
         "environment": {"python": "3.11.4", "requirements": {"path": "../../../requirements.txt", "sha256": "\(requirements)"}}}
        """)
    }
    let digest = try store.write("models/fraud/1.2.0/model.bin", "tuned")
    try store.write("models/fraud/1.2.0/checksum.txt", "\(digest)  model.bin\n")
    try store.write("models/fraud/prod", "1.1.0\n")
    try store.link("models/churn/staging", to: "../churn/1.0.0")
    try store.write(
      "runs/tune/run.json",
      """
      {"run_id": "tune", "model": "fraud", "version": "1.2.0", "parent_run": "fraud-1", "upstream_models": ["churn@staging"],
       "artifacts": [{"path": "models/fraud/1.2.0/model.bin", "sha256": "\(digest)"}]}
      """)
    try store.write("runs/child/run.log", "epoch 1\n")
    try store.write("runs/kin/run.json", "{\"run_id\": \"kin\", \"metrics\": {\"auc\": 1}}")
    try store.write("runs/kin/metrics.json", "{\"auc\": 0.5}")
    try store.write(
      "runs/child/run.json",
      """
      {"run_id": "child", "parent_run": "fraud-1", "data_manifest": {"dataset": "transactions"}, "log": "run.log",
       "upstream_models": ["fraud@1.1.0"], "metrics": {"auc": 1}}
      """)
    try store.write("env/requirements.txt", "-r base.txt\nnumpy==1.0\n")
    try store.write("env/base.txt", "pandas>=2.0\n")
    let weights = try store.write("shared/weights.bin", "shared weights")
    try store.write("shared/folder/a.bin", "a")
    try store.write("special/scores.json", "{\"auc\": 0.8}")
    let parts = try ["1", "2"].map { try store.write("special/part-\($0).csv", "a,b\n\($0),2\n") }
    try store.write(
      "special/manifest.txt.json",
      """
      {"dataset_name": "odd", "storage_uri": "s3://bucket/odd", "files": [
        {"path": "part-1.csv", "sha256": "\(parts[0])"}, {"path": "part-2.csv", "sha256": "\(parts[1])"}]}
      """)
    try store.link("link-data", to: "shared")
    // References that lead upwards, through a link, and to files whose names say nothing.
    try store.write(
      "runs/far/run.yaml",
      """
      run_id: far
      artifacts:
        - {path: shared/weights.bin, sha256: \(weights)}
        - {path: ../../link-data/folder}
      metrics: ../../special/scores.json
      environment: {requirements: ../../env/requirements.txt}
      data_manifest: special/manifest.txt.json
      """)
    try store.write("runs/byname/run.json", "{\"run_id\": \"byname\", \"data_manifest\": {\"dataset\": \"odd\"}}")
    try store.write("runs/broken/run.json", "{\"run_id\": ")
    try store.shell(setup)
    return store
  }

  /// What is said of each subject, without what only says who else is concerned.
  static func said(_ report: Report?) -> [String: [String]] {
    let results = report?.results ?? []
    return Dictionary(grouping: results, by: { "\($0.subject.kind) \($0.subject.name)" }).mapValues { results in
      results.map { result in
        let details = result.details.map { "\($0.item)|\($0.message)|\($0.path ?? "")|\($0.line ?? 0)" }
        return "\(result.rule) \(result.severity) \(result.outcome) \(result.message) \(details)"
      }
    }
  }

  @Test func `whatever changes, a partial audit says what a whole one says, and misses nothing`() throws {
    let store = try Self.store()
    let before = Self.said(try store.scan().report)
    #expect(before.count > 12)
    for mutation in Self.mutations {
      try store.shell("cd \"$1\"; \(mutation)")
      let whole = Self.said(try store.scan().report)
      let scan = try store.scan(["--changed-since", "main"])
      let part = Self.said(scan.report)
      #expect(scan.report != nil, "\(mutation): \(scan.run.errors)")
      for (subject, results) in part { #expect(results == whole[subject], "\(mutation): \(subject)") }
      // How many files of a store were not read is said of the store, which a change of one file does not make worth
      // judging; where it is judged, the outcome is compared above.
      func affecting(_ results: [String]?) -> [String]? { results?.filter { !$0.hasPrefix("overdue-verification ") } }
      for (subject, results) in whole where affecting(results) != affecting(before[subject]) {
        #expect(part[subject] != nil, "\(mutation): \(subject) was not judged")
      }
      try store.shell("cd \"$1\"; git reset -q --hard; git clean -qffd")
    }
  }

  /// Files that decide, by what is done to them.
  @Test(arguments: [
    "sed -i 's/runs/others/' rules/a-rule.sql", "rm rules/b-rule.sql", "sed -i 's/object/array/' run.schema.json",
    "sed -i 's/a-rule/b-rule/' team/w.yaml", "rm waivers.yaml", "sed -i 's/error/note/' team/base.yaml",
    "sed -i '/missing-seed/d' known.jsonl", "rm repro-audit.yaml",
    "printf 'rules: {missing-seed: off}\n' > models/repro-audit.yaml; mv models/repro-audit.yaml .",
  ])
  func `a change of what the policy names, or of the baseline, counts for everything`(mutation: String) throws {
    let store = try Self.store()
    let rule = { (id: String) in
      OwnRulesTests.rule(
        id,
        "SELECT subject_id, iif(path LIKE 'runs/%', 'fail', 'pass') AS outcome, 'm' AS message, NULL AS details FROM runs"
      )
    }
    for id in ["a-rule", "b-rule"] { try store.write("rules/\(id).sql", rule(id)) }
    try store.write("run.schema.json", "{\"type\": \"object\"}")
    try store.write("team/base.yaml", "rules: {missing-metrics: error}\n")
    for (file, rule) in [("team/w.yaml", "a-rule"), ("waivers.yaml", "missing-config")] {
      try store.write(
        file,
        "waivers: [{rule: \(rule), subject: 'run:*', reason: r, owner: o, approved_by: p, created: 2026-02-01, expires: 2026-04-01}]\n"
      )
    }
    try store.write(
      "repro-audit.yaml",
      "extends: team/base.yaml\nown_rules: [rules/]\nwaivers: [team/w.yaml]\nrun_schema: run.schema.json\n")
    let known = store.root.appending(path: "known.jsonl").path
    _ = try store.scan(["--write-baseline", known])
    try store.shell("cd \"$1\"; git add -A; git commit -qm policy; \(mutation)")
    let whole = try store.scan(["--baseline", known])
    let part = try store.scan(["--changed-since", "main", "--baseline", known])
    #expect(whole.report != nil && Self.said(part.report) == Self.said(whole.report), "\(part.run.output)")
    #expect(part.run.status == whole.run.status)
  }

  @Test func `a subject by name is judged as in a whole audit, its data manifest included`() throws {
    let store = Binary.root.appending(path: "Fixtures/fraud-registry").path
    let scan = { (arguments: [String]) in
      let run = try Binary.run(["scan", store, "--json", "-", "--now", "2026-03-01T00:00:00Z"] + arguments)
      return Self.said(try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)))
    }
    let whole = try scan([])
    for name in ["run:fraud-detector-1.2.0", "fraud-detector@1.2.0", "dataset:transactions_v3", "fraud-detector@prod"] {
      let part = try scan(["--subject", name])
      #expect(part.count == 1)
      for (subject, results) in part { #expect(results == whole[subject], "\(subject)") }
    }
  }

  @Test func `only what is affected is judged and hashed`() throws {
    let store = try Self.store()
    try store.shell("cd \"$1\"; echo x >> models/fraud/1.1.0/metrics.json")
    let scan = try store.scan(["--changed-since", "main"])
    // The version, its run beside it, and what stands on it.
    #expect(
      Set(scan.report?.results.map(\.subject.name) ?? [])
        == ["fraud", "fraud@1.1.0", "fraud@prod", "run:fraud-2", "run:child"])
    #expect(scan.run.output.contains("partial"), "\(scan.run.output)")
  }

  @Test func `what is committed, staged, unstaged and untracked counts from where the branch began`() throws {
    let store = try Self.store()
    try store.shell(
      """
      cd "$1"; git checkout -qb topic; echo x >> runs/tune/run.json; git commit -qam committed
      mkdir runs/staged runs/loose; echo '{"run_id": "staged"}' > runs/staged/run.json; git add runs/staged
      echo '{"run_id": "loose"}' > runs/loose/run.json; echo '{"run_id": "child", "a": 1}' > runs/child/run.json
      git checkout -q main; git stash -qu 2>/dev/null || true; git checkout -q main
      echo x >> models/churn/1.0.0/metrics.json; git commit -qam 'main goes on'; git checkout -q topic; git stash pop -q
      """)
    let names = Set(try store.scan(["--changed-since", "main"]).report?.results.map(\.subject.name) ?? [])
    #expect(names.isSuperset(of: ["run:staged", "run:loose", "run:child"]), "\(names)")
    #expect(!names.contains("churn@1.0.0"))
  }

  @Test func `a store in a folder of a linked working tree`() throws {
    let store = try Self.store()
    try store.shell(
      """
      cd "$1"; git worktree add -q -b topic ../linked; cd ../linked; mkdir -p part; git mv models part/; git mv runs part/
      git commit -qm moved; git update-ref refs/heads/moved HEAD; echo x >> part/models/fraud/1.1.0/metrics.json
      """)
    let path = store.beside("linked/part")
    let run = try Binary.run(["scan", path, "--changed-since", "moved", "--json", "-"])
    let names = Set(try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).results.map(\.subject.name))
    #expect(names.contains("fraud@1.1.0") && !names.contains("fraud@1.0.0"), "\(names) \(run.errors)")
    try store.shell("cd \"$1/../linked\"; git checkout -q .; echo 'rules: {missing-seed: note}' > repro-audit.yaml")
    let policy = try Binary.run(["scan", path, "--changed-since", "moved", "--json", "-"])
    #expect(policy.output.contains("\"churn@1.0.0\""))
  }

  @Test func `nothing changed is success, and said`() throws {
    let store = try Self.store()
    let scan = try store.scan(["--changed-since", "HEAD"])
    #expect(scan.run.status == 0)
    #expect(scan.run.output.contains("nothing to judge: nothing has changed since `HEAD`"), "\(scan.run.output)")
    #expect(scan.report?.results.isEmpty == true)
    let junit = try Binary.run(["scan", store.root.path, "--changed-since", "HEAD", "--junit", "-"])
    #expect(junit.output.contains("errors=\"0\" skipped=\"1\""), "\(junit.output)")
    try store.write("notes.md", "notes")
    let notes = try store.scan(["--changed-since", "HEAD"])
    #expect(notes.run.status == 0 && notes.run.output.contains("no subject is affected"), "\(notes.run.output)")
  }

  @Test func `another policy judges everything anew`() throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", "rules: {missing-seed: note}\n")
    let all = try store.scan().report?.results.count
    #expect(try store.scan(["--changed-since", "main"]).report?.results.count == all)
  }

  @Test(arguments: [
    ("mian", "did you mean `main`"), ("--output=x", "unknown commit"),
    ("main:data", "unknown commit"),
  ])
  func `a commit that is not known is refused`(reference: String, message: String) throws {
    let store = try Self.store()
    let scan = try store.scan(["--changed-since=\(reference)"])
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
    #expect(scan.report == nil)
  }

  @Test func `a store outside any repository, a shallow clone and unrelated histories are refused`() throws {
    let plain = try Store()
    try plain.addHealthyVersion()
    let outside = try plain.scan(["--changed-since", "main"])
    #expect(outside.run.status == 64 && outside.run.errors.contains("no git repository"), "\(outside.run.errors)")
    let store = try Self.store()
    try store.shell(
      "cd \"$1\"; git commit -q --allow-empty -m two; git clone -q --depth 1 \"file://$1\" \"$1/../shallow\"")
    let shallow = try Binary.run(["scan", store.beside("shallow"), "--changed-since", "HEAD"])
    #expect(shallow.status == 64 && shallow.errors.contains("git fetch --unshallow"), "\(shallow.errors)")
    try store.shell("cd \"$1\"; git branch other $(git commit-tree -m x HEAD^{tree})")
    let unrelated = try store.scan(["--changed-since", "other"])
    #expect(
      unrelated.run.status == 64 && unrelated.run.errors.contains("no commit in common"), "\(unrelated.run.errors)")
  }

  @Test func `a repository's configuration runs nothing`() throws {
    let store = try Self.store()
    let trace = store.beside("trace")
    try store.shell(
      """
      cd "$1"; printf '#!/bin/sh\\necho "$0" >> "\(trace)"\\ncat\\n' > ../evil; chmod +x ../evil; evil=$(realpath ../evil)
      for hook in post-checkout post-index-change pre-commit reference-transaction; do ln -s "$evil" .git/hooks/$hook; done
      git config core.fsmonitor "$evil"; git config filter.evil.clean "$evil"; git config filter.evil.smudge "$evil"
      git config filter.evil.process "$evil"; git config diff.evil.textconv "$evil"; git config diff.evil.command "$evil"
      git config diff.external "$evil"; git config core.pager "$evil"; git config core.sshCommand "$evil"
      echo '* filter=evil diff=evil' > .gitattributes; rm -f "\(trace)"
      touch -d 2001-01-01 runs/child/run.json; echo x >> models/fraud/1.0.0/model.bin
      """)
    let scan = try store.scan(["--changed-since", "main"])
    #expect(scan.report?.results.contains { $0.subject.name == "fraud@1.0.0" } == true, "\(scan.run.errors)")
    #expect(!FileManager.default.fileExists(atPath: trace))
  }

  @Test func `subjects by name or pattern`() throws {
    let store = try Self.store()
    let whole = Self.said(try store.scan().report)
    let scan = try store.scan(["--subject", "fraud@1.*", "--subject", "run:tune"])
    let part = Self.said(scan.report)
    #expect(Set(part.keys) == ["version fraud@1.0.0", "version fraud@1.1.0", "version fraud@1.2.0", "run run:tune"])
    for (subject, results) in part { #expect(results == whole[subject], "\(subject)") }
    let none = try store.scan(["--subject", "fraud@1.0.1"])
    #expect(none.run.status == 64 && none.run.errors.contains("did you mean `fraud@1.0.0`"), "\(none.run.errors)")
  }

  @Test func `every report says that it is partial, and history keeps only whole audits`() throws {
    let store = try Self.store()
    let database = store.beside("audit.db")
    _ = try store.scan(["--db", database])
    try store.write("runs/child/run.json", "{\"run_id\": \"child\"}")
    let paths = ["--html", "--markdown", "--junit", "--json"].map { ($0, store.beside("r" + $0)) }
    let run = try Binary.run(
      ["scan", store.root.path, "--db", database, "--changed-since", "main", "--now", "2026-03-02T00:00:00Z"]
        + paths.flatMap { [$0, $1] })
    for (_, path) in paths {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("what has changed since"), "\(path)")
    }
    #expect(run.output.contains("what has changed since `main`"))
    let list = try Binary.run(["report", "--db", database, "--list"])
    #expect(list.output.contains("partial: what has changed since `main`"), "\(list.output)")
    let last = try Binary.run(["report", "--db", database, "--json", "-"])
    #expect(last.output.contains("2026-03-01T00:00:00Z") && !last.output.contains("\"selection\""))
  }
}
