import Foundation
import Testing

/// Rules that a policy names: how they are refused, how they go wrong, and that the others run on.
@Suite struct OwnRulesTests {
  static let select = "SELECT subject_id, 'pass' AS outcome, '' AS message, NULL AS details FROM runs"

  static func rule(_ id: String, _ select: String = select, header: String = "") -> String {
    """
    /*
    id: \(id)
    title: A rule of the team
    subject: run
    severity: warning
    rationale: The team says so.
    remedy: Ask the team.
    \(header)*/
    \(select)
    """
  }

  private func store(_ rules: [String: String], policy: String = "own_rules: [rules/]\n") throws -> Store {
    let store = try Store()
    try store.addHealthyVersion()
    for (name, text) in rules { try store.write("rules/\(name)", text) }
    try store.write("repro-audit.yaml", policy)
    return store
  }

  @Test func `an own rule judges, is configured, listed and explained`() throws {
    let fail = """
      SELECT subject_id, CASE WHEN (SELECT value FROM parameters WHERE rule = 'no-runs' AND name = 'strict') THEN 'fail'
        ELSE 'pass' END AS outcome, 'a run of ' || subject AS message,
        json_object('count', 1, 'items', json_array(json_object('item', run_id, 'path', path, 'line', line))) AS details
      FROM runs;
      """
    let header = "parameters: [{name: strict, type: boolean, default: 0, meaning: whether}]\n"
    let store = try store(
      ["team/no-runs.sql": Self.rule("no-runs", fail, header: header)],
      policy: "rules: {no-runs: {severity: error, strict: true}}\nown_rules: rules/team/no-runs.sql\n")
    let scan = try store.scan()
    let result = try #require(scan.result("no-runs", "run:m-1.0.0"))
    #expect(result.outcome == "fail" && result.severity == "error" && result.details.first?.item == "m-1.0.0")
    let policy = store.root.appending(path: "repro-audit.yaml").path
    #expect(try Binary.run(["rules", "list", "--policy", policy]).output.contains("own\n  no-runs"))
    #expect(try Binary.run(["rules", "explain", "no-runs", "--policy", policy]).output.contains("Ask the team."))
    #expect(try Binary.run(["rules", "explain", "no-runs"]).status == 64)
  }

  @Test(arguments: [
    ("a.sql", OwnRulesTests.rule("b"), "a.sql:2: `id` is `b` and must be the file's name, `a`"),
    ("missing-seed.sql", OwnRulesTests.rule("missing-seed"), "missing-seed.sql:1: `missing-seed` is a built-in rule"),
    ("a.sql", OwnRulesTests.rule("a", "DELETE FROM run"), "a.sql:9: only a SELECT is run"),
    ("a.sql", OwnRulesTests.rule("a", "SELECT subject_id\nFROM run"), "a.sql:10: `run` is not a view"),
    (
      "a.sql", OwnRulesTests.rule("a", "SELECT subject_id, 'pass' AS outcome FROM runs"),
      "a.sql:9: the rule's SELECT has no column `message`"
    ),
    (
      "a.sql", OwnRulesTests.rule("a", "\(OwnRulesTests.select)) UNION SELECT * FROM (\(OwnRulesTests.select)"),
      "a.sql:9: near \")\""
    ),
    ("a.sql", OwnRulesTests.rule("a", header: "colour: red\n"), "a.sql:8: unknown header key `colour`"),
    ("a.sql", OwnRulesTests.rule("a", header: "category: ../x\n"), "a.sql:8: `../x` is no category"),
    ("a.sql", "/*\nid: a\n  title: [\n*/\n", "a.sql:3: "),
    ("a.sql", "SELECT 1", "a.sql:1: a rule begins with its header"),
    ("a.sql", "/*\nid: a\n*/\n", "a.sql:1: the header lacks `severity`"),
    ("a.sql", "\u{0}", "a.sql: the rule is no UTF-8 text"),
    ("A B.sql", OwnRulesTests.rule("A B"), "A B.sql:2: `A B` is no id"), ("note.txt", "", "`rules/` holds no rule"),
  ])
  func `a rule that cannot be run stops the scan with its place`(name: String, text: String, message: String) throws {
    let scan = try store([name: text]).scan()
    #expect(scan.run.status == 64)
    #expect(scan.run.errors.contains(message), "\(scan.run.errors)")
    #expect(scan.report == nil)
  }

  @Test func `a missing file, a FIFO and two rules of one id are refused`() throws {
    let missing = try store([:], policy: "own_rules: [nothing.sql]\n").scan()
    #expect(
      missing.run.status == 64
        && missing.run.errors.contains("repro-audit.yaml:1: the rule `nothing.sql` cannot be read"))
    let twice = try store(["x/a.sql": Self.rule("a"), "y/a.sql": Self.rule("a")]).scan()
    #expect(twice.run.status == 64 && twice.run.errors.contains("y/a.sql:1: `a` is the rule of"), "\(twice.run.errors)")
    let fifo = try store([:], policy: "own_rules: [pipe.sql]\n")
    try fifo.shell("mkfifo \"$1/pipe.sql\"")
    #expect(try fifo.scan().run.status == 64)
  }

  @Test(arguments: [
    ("\(OwnRulesTests.select) UNION ALL \(OwnRulesTests.select)", "the rule judged `run:m-1.0.0` twice"),
    ("\(OwnRulesTests.select) WHERE 0", "the rule left 1 of its subjects unjudged"),
    ("SELECT subject_id, 'good' AS outcome, '' AS message, NULL AS details FROM runs", "the unknown outcome `good`"),
    ("SELECT 4711 AS subject_id, 'pass' AS outcome, '' AS message, NULL AS details", "subject_id 4711, which is none"),
    (
      "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS subject_id, 'pass' AS outcome, '' AS message, NULL AS details FROM n WHERE x < 0",
      "the rule did not end: it was stopped after 1 s"
    ),
    (
      "SELECT subject_id, 'fail' AS outcome, hex(zeroblob(99999999)) AS message, NULL AS details FROM runs",
      "the rule asked for too much"
    ),
    ("SELECT subject_id, 'fail' AS outcome, '' AS message, 'no json' AS details FROM runs", "its details are not"),
  ])
  func `a rule that goes wrong leaves its subjects undecided, and the others run on`(select: String, message: String)
    throws
  {
    let store = try store(
      ["a.sql": Self.rule("a", select), "b.sql": Self.rule("b")], policy: "own_rules: rules\nrule_time_limit: 1\n")
    let scan = try store.scan()
    let result = try #require(scan.result("a", "run:m-1.0.0"))
    #expect(result.outcome == "unverified")
    // Where the store lies is no part of a report.
    #expect(result.message.hasPrefix("rules/a.sql: ") && result.message.contains(message), "\(result.message)")
    #expect(scan.result("b", "run:m-1.0.0")?.outcome == "pass")
    #expect(scan.result("missing-seed", "run:m-1.0.0")?.outcome == "fail")
    #expect(scan.run.status == 2)
  }

  @Test func `another text of a rule is another policy`() throws {
    let digests = try [Self.select, Self.select + " "].map { select in
      let store = try store(["a.sql": Self.rule("a", select)])
      let data = try Binary.run(["scan", store.root.path, "--json", "-", "-q", "--now", "2026-03-01T00:00:00Z"]).output
      return data.split(separator: "\n").first { $0.contains("\"digest\"") }
    }
    #expect(digests[0] != nil && digests[0] != digests[1])
  }
}
