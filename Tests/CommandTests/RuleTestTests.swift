import Foundation
import Testing

/// `rules test`, as the author of a rule uses it.
@Suite struct RuleTestTests {
  private static let select = """
    SELECT subject_id, CASE WHEN run_id = 'good' THEN 'pass' ELSE 'fail' END AS outcome, 'named ' || run_id AS message,
      CASE WHEN run_id <> 'good' THEN json_object('count', 1, 'items', json_array(json_object('item', run_id))) END AS details
    FROM runs
    """
  private static let good = "## good\n\n```json runs/a/run.json\n{\"run_id\": \"good\"}\n```\n\n- run run:good → pass\n"

  private func run(_ files: [String: String]) throws -> Binary.Run {
    let store = try Store()
    for (name, text) in files { try store.write(name, text) }
    return try Binary.run(["rules", "test", "."], in: store.root)
  }

  @Test func `a case that holds is said, and one that does not shows what was found`() throws {
    let rule = OwnRulesTests.rule("good-name", Self.select)
    let fine = try run(["rules/good-name.sql": rule, "cases/good-name.md": Self.good])
    #expect(fine.output == "ok      good-name: good\n1 cases, 0 failed\n" && fine.status == 0, "\(fine)")
    let bad =
      Self.good
      + "\n## bad\n\n```json runs/a/run.json\n{\"run_id\": \"bad\"}\n```\n\n- run run:bad → pass\n- run run:c → pass\n"
    let failed = try run(["good-name.sql": rule, "good-name.md": bad])
    #expect(failed.status == 1)
    #expect(failed.output.contains("FAILED  good-name: bad"))
    #expect(failed.output.contains("line 15: run run:bad: expected pass, found fail (named bad)"), "\(failed.output)")
    #expect(failed.output.contains("line 16: run run:c: expected pass, and it is not judged; judged are run run:bad"))
  }

  @Test func `a rule without a case is said`() throws {
    let result = try run(["a.sql": OwnRulesTests.rule("a")])
    #expect(result.status == 1 && result.output.contains("FAILED  a: no case file `a.md`"))
  }

  @Test func `cases of built-in rules run too`() throws {
    let text = "## no commit\n\n```json runs/a/run.json\n{\"run_id\": \"a\"}\n```\n\n- run run:a → fail: git_commit\n"
    #expect(try run(["missing-commit.md": text]).status == 0)
  }

  @Test(arguments: [
    (
      "## x\n\n```json ../escape.json\n{}\n```\n- run run:a → pass\n",
      "a.md:3: `../escape.json` leads out of the case's folder"
    ),
    ("## x\n\n```json /tmp/escape.json\n{}\n```\n- run run:a → pass\n", "a.md:3: `/tmp/escape.json` leads out"),
    ("## x\n\n```git lab\n../x: y\n```\n- run run:a → pass\n", "a.md:4: `../x` leads out"),
    ("## x\n\n```json a.json\n{}\n", "a.md:3: the fence that begins here is not closed"),
    ("## x\n\n- run run:a → passes\n", "a.md:3: unknown outcome `passes`; did you mean `pass`?"),
    ("## x\n\n- rum run:a → pass\n", "a.md:3: unknown kind of subject `rum`"),
    ("## x\n\n- run run:a -> pass\n", "a.md:3: an expectation is"),
    ("## x\n", "a.md:1: the case `x` expects nothing"), ("", "a.md:1: the file holds no case"),
    ("- run run:a → pass\n", "a.md:1: an expectation stands before the first case"),
    (
      "## x\n\n```json a.json\n{{sha256:b.json}}\n```\n- run run:a → pass\n",
      "a.md:1: `{{sha256:b.json}}` names nothing"
    ),
    (
      "## x\n\n```json a.json\n{{sha256:../../../../etc/passwd}}\n```\n- run run:a → pass\n",
      "names nothing that this case makes"
    ),
    ("## x\n\n```json a.json\n{{sha256:a.json}}\n```\n- run run:a → pass\n", "digests name each other in a circle"),
  ])
  func `a case file that cannot be meant is refused with its place`(text: String, message: String) throws {
    let result = try run(["a.sql": OwnRulesTests.rule("a"), "a.md": text])
    #expect(result.status == 64)
    #expect(result.errors.contains(message), "\(result.errors)\(result.output)")
  }
}

/// The example of docs/own-rules.md, taken from the page and run.
@Suite struct OwnRulesPageTests {
  /// The text between the fence that begins with `open` and its end.
  private static func fenced(_ open: String, _ close: String, in page: String) throws -> String {
    let start = try #require(page.firstRange(of: "\n\(open)\n")).upperBound
    let end = try #require(page[start...].firstRange(of: "\n\(close)\n")).lowerBound
    return page[start..<end] + "\n"
  }

  @Test func `the example does what its page says`() throws {
    let page = try String(contentsOf: Binary.root.appending(path: "docs/own-rules.md"), encoding: .utf8)
    let store = try Store()
    try store.write("rules/unattended-start.sql", try Self.fenced("```sql", "```", in: page))
    try store.write("rules/unattended-start.md", try Self.fenced("````markdown", "````", in: page))
    try store.write("repro-audit.yaml", try Self.fenced("```yaml", "```", in: page))
    let tested = try Binary.run(["rules", "test", "rules/"], in: store.root)
    #expect(tested.status == 0, "\(tested)")
    let shown = tested.output.split(separator: "\n").map { "    \($0)\n" }.joined()
    #expect(page.contains("    $ repro-audit rules test rules/\n\(shown)"), "\(tested.output)")
    try store.write("runs/a/run.json", "{\"run_id\": \"a\", \"timestamp\": \"2025-06-13T10:12:00Z\"}")
    let result = try #require(try store.scan().result("unattended-start", "run:a"))
    #expect(result.outcome == "fail" && result.severity == "note", "a Friday, from the fifth day on")
  }
}
