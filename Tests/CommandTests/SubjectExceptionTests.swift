import Foundation
import Testing

@Suite struct SubjectExceptionTests {
  private static func store() throws -> Store {
    let store = try Store()
    try store.addHealthyVersion("1.0.0")
    try store.addHealthyVersion("1.1.0")
    try store.write("runs/exp-1/run.json", "{\"run_id\": \"exp-1\"}")
    try store.link("models/m/prod", to: "1.1.0")
    try store.link("models/m/staging", to: "1.0.0")
    return store
  }

  @Test func `a rule is off for some subjects, weighs differently for others, and a later entry stands`() throws {
    let store = try Self.store()
    try store.write(
      "repro-audit.yaml",
      """
      subjects:
        - {match: 'run:*', rules: {missing-seed: note}}
        - {match: ['run:exp-*'], kind: run, reason: experiments, rules: {missing-seed: off}}

      """)
    let scan = try store.scan(["--rule", "missing-seed"])
    #expect(scan.result("missing-seed", "run:exp-1")?.outcome == "not-applicable")
    #expect(scan.result("missing-seed", "run:exp-1")?.message == "off by the policy: experiments")
    #expect(scan.result("missing-seed", "run:m-1.0.0")?.severity == "note")
    #expect(scan.run.status == 0)
    #expect(scan.report?.notices == [])
  }

  @Test func `a rule that is off can be asked of some subjects`() throws {
    let store = try Self.store()
    try store.write(
      "repro-audit.yaml",
      "rules: {missing-seed: off}\nsubjects:\n  - {match: 'run:m-*', rules: {missing-seed: error}}\n")
    let scan = try store.scan()
    #expect(scan.result("missing-seed", "run:m-1.0.0")?.outcome == "fail")
    #expect(scan.result("missing-seed", "run:exp-1")?.outcome == "not-applicable")
  }

  @Test func `the highest severity of the stages that reach a subject counts`() throws {
    let store = try Self.store()
    try store.write(
      "repro-audit.yaml",
      "rules:\n  missing-run-log: {severity: {otherwise: note, staging: warning, prod: error}}\n")
    let scan = try store.scan(["--rule", "missing-run-log"])
    #expect(scan.result("missing-run-log", "run:exp-1")?.severity == "note")
    #expect(scan.result("missing-run-log", "run:m-1.0.0")?.severity == "warning")
    #expect(scan.result("missing-run-log", "run:m-1.1.0")?.severity == "error")
    #expect(scan.run.status == 1)
    #expect(scan.run.output.contains("  3  error    missing-run-log  The run has no log → m@prod +1"))
    try store.link("models/m/canary", to: "1.0.0")
    try store.write(
      "repro-audit.yaml", "rules:\n  missing-run-log: {severity: {staging: note, canary: error, prod: note}}\n")
    #expect(
      try store.scan(["--rule", "missing-run-log"]).result("missing-run-log", "run:m-1.0.0")?.severity == "error")
  }

  @Test func `what matches nothing is said`() throws {
    let store = try Self.store()
    try store.write(
      "repro-audit.yaml",
      """
      rules:
        missing-run-log: {severity: {prd: error}}
      subjects:
        - {match: ['sandbox/**', 'run:exp-*'], rules: {missing-seed: off}}

      """)
    let scan = try store.scan()
    let notices = [
      "repro-audit.yaml:2: no alias `prd` is in what was audited",
      "repro-audit.yaml:4: `sandbox/**` matches no subject",
    ]
    #expect(scan.report?.notices.count == 2)
    for notice in notices { #expect(scan.run.errors.contains("warning: \(notice)"), "\(scan.run.errors)") }
    // In code, Markdown and HTML set names apart; JUnit holds them as they are.
    for (format, texts) in [
      ("--markdown", ["> **Note.** ", "no alias <code>prd</code> is in what was audited"]),
      ("--html", ["<strong>Note.</strong>", "<code>sandbox/**</code> matches no subject"]),
      ("--junit", ["name=\"notice.1\" value=\"\(notices[0])", "name=\"notice.2\" value=\"\(notices[1])"]),
    ] {
      let report = try Binary.run(["scan", store.root.path, format, "-", "--now", "2026-03-01T00:00:00Z"]).output
      for text in texts { #expect(report.contains(text), "\(format): \(text)") }
    }
  }

  @Test(arguments: [
    ("subjects: {}\n", "`subjects` must be a list"), ("subjects:\n  - a\n", "must be a map"),
    ("subjects:\n  - {match: a}\n", "repro-audit.yaml:2: an entry of `subjects` needs `match` and `rules`"),
    (
      "subjects:\n  - {mtch: a, rules: {missing-seed: off}}\n",
      "unknown key of `subjects` `mtch`; did you mean `match`?"
    ),
    ("subjects:\n  - {match: a, rules: {missing-sed: off}}\n", "unknown rule `missing-sed`"),
    ("subjects:\n  - {match: a, rules: {missing-seed: of}}\n", "unknown severity `of`; did you mean `off`?"),
    ("subjects:\n  - {match: [], rules: {missing-seed: off}}\n", "`match` names at least one subject"),
    ("subjects:\n  - {match: a, kind: rum, rules: {missing-seed: off}}\n", "unknown kind of subject `rum`"),
    ("subjects:\n  - {match: a, rules: {unused-waiver: off}}\n", "`unused-waiver` judges waivers"),
    ("rules: {missing-seed: {severity: {prod: off}}}\n", "a severity by stage is error, warning or note"),
    ("rules: {missing-seed: {severity: {prod: high}}}\n", "unknown severity `high`"),
    ("waiver_horizon: 3\n", "`waiver_horizon` takes whole days"), ("waiver_horizon: 12h\n", "takes whole days"),
  ])
  func `a mistake stops the scan`(text: String, message: String) throws {
    let store = try Self.store()
    try store.write("repro-audit.yaml", text)
    let scan = try store.scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
  }
}
