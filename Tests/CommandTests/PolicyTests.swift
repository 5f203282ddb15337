import Foundation
import Testing

@Suite struct PolicyTests {
  @Test(arguments: [
    ("rulez: {}\n", "repro-audit.yaml:1: unknown key `rulez`; did you mean `rules`?"),
    ("rules:\n  mising-seed: off\n", "repro-audit.yaml:2: unknown rule `mising-seed`; did you mean `missing-seed`?"),
    ("rules:\n  missing-seed: eror\n", "repro-audit.yaml:2: unknown severity `eror`; did you mean `error`?"),
    ("rules:\n  missing-seed:\n    colour: red\n", "repro-audit.yaml:3: unknown parameter of `missing-seed` `colour`"),
    (
      "stages:\n  prod:\n    metric: {}\n",
      "repro-audit.yaml:3: unknown key of a stage `metric`; did you mean `metrics`?"
    ),
    ("stages:\n  prod:\n    metrics:\n      auc: {min: high}\n", "repro-audit.yaml:4: `min` takes a number"),
    (
      "scope:\n  exclude:\n    - {location: 's3://**'}\n",
      "repro-audit.yaml:3: an exclusion needs `location` and `reason`"
    ),
    ("extends: strickt\n", "repro-audit.yaml:1: unknown policy `strickt`; did you mean `strict`?"),
    ("rules: [\n", "repro-audit.yaml:2: "), ("a: 1\na: 2\n", "the key \"a\" stands twice"),
    ("- x\n", "the policy must be a map"),
  ])
  func `a mistake names its place and the nearest valid name, and nothing is scanned`(text: String, message: String)
    throws
  {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("repro-audit.yaml", text)
    let scan = try store.scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
    #expect(scan.report == nil)
  }

  @Test func `a file that is extended leaves every rule on that it does not speak of`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("team/base.yaml", "rules: {missing-run-log: error}\n")
    try store.write("repro-audit.yaml", "extends: team/base.yaml\nrules: {missing-config: note}\n")
    let scan = try store.scan()
    #expect(scan.result("missing-run-log", "run:m-1.0.0")?.severity == "error")
    #expect(scan.result("missing-config", "run:m-1.0.0")?.severity == "note")
    #expect(scan.result("missing-seed", "run:m-1.0.0")?.severity == "error")
    try store.write("repro-audit.yaml", "extends: [checklist, team/base.yaml]\n")
    #expect(try store.scan().result("missing-platform", "run:m-1.0.0") == nil)
  }

  @Test func `rules can be off, weaker or stronger, and paths left out`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("drafts/a/run.json", "{\"run_id\": \"draft\"}")
    try store.write(
      "repro-audit.yaml",
      "rules:\n  missing-seed: off\n  missing-run-log: error\n  missing-commit: note\nexclude: ['drafts/**']\n")
    let scan = try store.scan()
    #expect(scan.result("missing-seed", "run:m-1.0.0") == nil)
    #expect(scan.result("missing-run-log", "run:m-1.0.0")?.severity == "error")
    #expect(scan.result("missing-commit", "run:m-1.0.0")?.severity == "note")
    #expect(scan.report?.results.contains { $0.subject.name == "run:draft" } == false)
  }

  @Test func `a stage's threshold is asked of the version it points at`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "1.0.0")
    try store.write("models/m/1.0.0/metrics.json", "{\"auc\": 0.89}")
    try store.write("repro-audit.yaml", "stages: {prod: {metrics: {auc: {min: 0.9}}}}\n")
    let scan = try store.scan()
    #expect(scan.result("metric-below-threshold", "m@prod")?.outcome == "fail")
  }

  @Test func `the checklist policy judges its seven items and nothing else`() throws {
    let store = try Store()
    try store.addHealthyVersion("final_v2")
    let rules = Set(try store.scan(["--policy", "checklist"]).report?.results.map(\.rule) ?? [])
    #expect(rules.contains("missing-commit") && rules.contains("missing-seed"))
    #expect(!rules.contains("nonconforming-version") && !rules.contains("unreadable-file"))
  }
}
