import Foundation
import Testing

/// Stages, and the records of what versions went through.
@Suite struct PromotionTests {
  private static func stage(_ text: String) -> String { "stages:\n  staging: {}\n  prod:\n    \(text)\n" }

  @Test(arguments: [
    (stage("validation: [a]"), "repro-audit.yaml:4: unknown key of a stage `validation`; did you mean `validations`?"),
    (stage("validations: bias-audit"), "repro-audit.yaml:4: `validations` must be a list, or `required`"),
    (stage("validations: [a, a]"), "repro-audit.yaml:4: the validation `a` stands twice"),
    (stage("validations: [{max_age: 3d}]"), "repro-audit.yaml:4: a validation needs a `name` or a `kind`"),
    (stage("validations: [{name: a, max_age: 30}]"), "repro-audit.yaml:4: `max_age` takes a duration such as"),
    (
      stage("validations: [{name: a, max_agee: 30d}]"),
      "unknown key of a validation `max_agee`; did you mean `max_age`?"
    ),
    (stage("metrics: {auc: {tolerance: -0.1}}"), "repro-audit.yaml:4: `tolerance` cannot be negative"),
    (stage("metrics: {auc: {tolerance: .inf}}"), "repro-audit.yaml:4: `tolerance` takes a number"),
    (stage("metrics: {auc: {min: 0.9, max: 0.8}}"), "repro-audit.yaml:4: the `min` of `auc` is above its `max`"),
    (stage("metrics: {auc: {higher_is_better: 7}}"), "`higher_is_better` takes true or false"),
    (stage("drift: {limits: 3}"), "repro-audit.yaml:4: unknown key of `drift` `limits`; did you mean `limit`?"),
    (stage("drift: {max_age: -3d}"), "repro-audit.yaml:4: `max_age` takes a duration"),
    (stage("drift: sometimes"), "repro-audit.yaml:4: `drift` takes true or false"),
    (stage("rollback: {plan: require}"), "repro-audit.yaml:4: unknown `plan` `require`; did you mean `required`?"),
    (stage("rollback: {document: ../plan.md}"), "repro-audit.yaml:4: `document` is relative to the model's folder"),
    (stage("rollback: tested"), "repro-audit.yaml:4: `rollback` must be a map"),
    (stage("approvals: {required: -1}"), "repro-audit.yaml:4: `required` takes a whole number from 0"),
    (stage("approvals: {required: 2, by: [ada]}"), "repro-audit.yaml:4: `approvals` needs more people than `by` names"),
    (stage("approvals: {rolls: [a]}"), "repro-audit.yaml:4: unknown key of `approvals` `rolls`; did you mean `roles`?"),
    (stage("after: stagin"), "repro-audit.yaml:4: unknown stage `stagin`; did you mean `staging`?"),
    (stage("after: prod"), "repro-audit.yaml:4: `after` names `prod`, which does not stand before `prod`"),
    (stage("promotion_record: maybe"), "repro-audit.yaml:4: `promotion_record` takes true or false"),
    ("rules:\n  unreproduced-version: {max_age: 3 months}\n", "repro-audit.yaml:2: `max_age` takes a duration such as"),
    ("stages:\n  prod: {drift: x, after: y, rollback: 7}\n", "`rollback` must be a map"),
  ])
  func `a mistake in a stage names its place, and nothing is scanned`(text: String, message: String) throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("repro-audit.yaml", text)
    let scan = try store.scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
    #expect(scan.report == nil)
  }

  @Test func `bad records are problems with their lines, and the others count`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "1.0.0")
    try store.write("repro-audit.yaml", "stages: {prod: {promotion_record: true, validations: [a]}}\n")
    try store.write(
      "models/m/promotions.jsonl",
      """
      {"alias": "prod", "version": "1.0.0", "by": "ada", "at": "2026-02-01"}
      {"alias": "prod"}
      {"alias": "prod", "version": "1.0.0
      """)
    try store.write(
      "models/m/validations.jsonl", "nonsense\n{\"name\": \"a\", \"version\": \"1.0.0\", \"passed\": true}\n")
    let scan = try store.scan()
    let problems = try #require(scan.result("unreadable-file", "store")).details
    #expect(problems.map(\.path) == ["models/m/promotions.jsonl", "models/m/validations.jsonl"])
    #expect(problems.map(\.line) == [2, 1])
    #expect(problems.first?.message == "the record names no `version` (and 1 more in this file)")
    #expect(scan.result("missing-promotion-record", "m@prod")?.outcome == "pass")
    #expect(scan.result("missing-validation", "m@prod")?.outcome == "pass")
    #expect(scan.run.status == 2)
  }

  @Test func `a FIFO and links in the place of records are said, and neither followed nor waited for`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.shell("mkfifo \"$1/models/m/promotions.jsonl\"")
    try store.link("models/m/validations.jsonl", to: "/etc/passwd")
    try store.link("models/m/rollback.md", to: "rollback.md")
    let paths = Set(try store.scan().result("unreadable-file", "store")?.details.compactMap(\.path) ?? [])
    #expect(paths.isSuperset(of: ["models/m/promotions.jsonl", "models/m/validations.jsonl"]), "\(paths)")
  }

  @Test func `a hundred thousand records are read and judged in good time`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "1.0.0")
    try store.write(
      "repro-audit.yaml", "stages: {prod: {promotion_record: true, validations: [a], approvals: 1, drift: true}}\n")
    let line = "{\"alias\": \"prod\", \"version\": \"1.0.0\", \"by\": \"ada\", \"at\": 17500000"
    try store.write(
      "models/m/promotions.jsonl",
      (10..<50_010).map { "\(line)\($0 % 90 + 10), \"approved_by\": \"grace\"}\n" }.joined())
    try store.write(
      "models/m/validations.jsonl",
      (0..<50_000).map { "{\"name\": \"a\", \"version\": \"1.0.0\", \"result\": \"pass\", \"value\": \($0)}\n" }
        .joined())
    let start = ContinuousClock.now
    let scan = try store.scan()
    #expect(scan.result("missing-promotion-record", "m@prod")?.outcome == "pass")
    #expect(scan.result("missing-validation", "m@prod")?.outcome == "pass")
    #expect(scan.result("missing-approval", "m@prod")?.outcome == "pass")
    #expect(ContinuousClock.now - start < .seconds(120))
  }

  @Test func `a model that was changed with its checksum loses integrity all the same`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    let digest = try store.write("models/m/1.0.0/model.bin", "weights of m 1.0.0")
    try store.write(
      "models/m/promotions.jsonl", "{\"alias\": \"prod\", \"version\": \"1.0.0\", \"digest\": \"\(digest)\"}\n")
    let other = try store.write("models/m/1.0.0/model.bin", "other weights")
    try store.write("models/m/1.0.0/checksum.txt", "\(other)  model.bin\n")
    try store.write(
      "models/m/1.0.0/run.json",
      "{\"run_id\": \"a\", \"artifacts\": [{\"path\": \"model.bin\", \"sha256\": \"\(other)\"}]}")
    let scan = try store.scan()
    #expect(scan.findings.contains("changed-after-publication m@1.0.0"))
    #expect(scan.run.status == 3)
    #expect(
      scan.run.errors.contains("models/m/1.0.0/model.bin") || scan.run.output.contains("models/m/1.0.0/model.bin"))
  }

  @Test(arguments: [false, true])
  func `a model that is gone is lost integrity, unless its version was retired`(isRetired: Bool) throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.shell("rm \"$1/models/m/1.0.0/model.bin\"")
    if isRetired { try store.write("models/m/promotions.jsonl", "{\"action\": \"retire\", \"version\": \"1.0.0\"}\n") }
    let scan = try store.scan()
    #expect(scan.run.status == (isRetired ? 1 : 3))
    #expect(scan.result("missing-artifact", "m@1.0.0")?.outcome == (isRetired ? "pass" : "fail"))
  }

  @Test func `the built-in policy asks of production what careful teams ask, and can be built on`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.link("models/m/prod", to: "1.0.0")
    try store.link("models/m/staging", to: "1.0.0")
    let alone = try store.scan(["--policy", "promotion"])
    #expect(
      Set(alone.findings).isSuperset(of: [
        "missing-approval m@prod", "missing-drift-check m@prod", "missing-promotion-record m@prod",
        "missing-rollback-target m@prod", "missing-validation m@prod", "missing-inference-commit m@1.0.0",
        "missing-promotion-policy m@staging",
      ]))
    #expect(alone.result("missing-seed", "run:m-1.0.0") == nil)
    try store.write(
      "repro-audit.yaml",
      """
      extends: [default, promotion]
      stages:
        staging: {}
        prod: {after: staging, drift: false, rollback: {plan: optional}, approvals: 0}
      """)
    let extended = try store.scan()
    #expect(extended.run.status == 1, "\(extended.run.errors)")
    #expect(extended.result("missing-drift-check", "m@prod")?.outcome == "not-applicable")
    #expect(extended.result("missing-approval", "m@prod")?.outcome == "not-applicable")
    #expect(extended.result("missing-promotion-record", "m@prod")?.outcome == "fail")
    #expect(extended.result("skipped-stage", "m@prod")?.outcome == "pass")
    #expect(extended.result("missing-seed", "run:m-1.0.0")?.outcome == "fail")
  }
}
