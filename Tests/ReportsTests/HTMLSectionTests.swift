import Records
import Testing

@testable import Reports

/// The sections that an auditor's report has beside its findings.
@Suite struct HTMLSectionTests {
  private static func page(_ change: (inout PageFacts) -> Void) -> ReportPage {
    var facts = SamplePage.facts(runs: SamplePage.runs(of: SamplePage.results))
    change(&facts)
    return ReportPage(
      facts: facts, rules: [SamplePage.rule, SamplePage.note], results: ResultSelection(ruleRuns: facts.ruleRuns))
  }

  @Test func `what people say of the audit stands above the verdict, and lines to sign on at the end`() throws {
    var meta = ReportMeta()
    (meta.organisation, meta.period) = ("Example Bank AG", "2026-01-01 to 2026-06-30")
    (meta.classification, meta.signOff) = ("confidential", ["Prepared by", "Reviewed by"])
    let html = try HTMLReportTests.render(Self.page { $0.meta = meta })
    let bank = try #require(html.firstRange(of: "<dt>Organisation</dt><dd>Example Bank AG</dd>"))
    let verdict = try #require(html.firstRange(of: "id=\"verdict-title\""))
    let line = try #require(html.firstRange(of: "<th scope=\"row\">Reviewed by</th>"))
    #expect(bank.lowerBound < verdict.lowerBound && verdict.lowerBound < line.lowerBound)
    #expect(!html.contains("<dt>Auditor</dt>"))
    // "confid…" in the style that puts it on every sheet.
    #expect(html.contains("@top-right { content: \"\\000063\\00006f\\00006e\\000066"))
  }

  @Test func `without it there is nothing of the kind`() throws {
    let html = try HTMLReportTests.render(Self.page { _ in })
    for text in ["<dt>Organisation", "id=\"sign-off\"", "@top-right"] { #expect(!html.contains(text), "\(text)") }
    #expect(html.contains("id=\"method\""))
  }

  @Test(arguments: ["\"; } body { display: none", "</style><script>alert(1)</script>", "\\", "a\nb", "\u{202E}"])
  func `a classification stays one string of the style`(text: String) {
    let style = ReportMeta.style(classification: text)
    let parts = style.split(separator: "\"")
    #expect(parts.count == 3)
    #expect(parts[1].allSatisfy { $0 == "\\" || $0.isHexDigit })
  }

  @Test func `results per control count every rule that speaks to the clause`() throws {
    let page = Self.page { _ in }
    let table = try #require(page.controls.first)
    #expect(table.framework == "NIST AI RMF")
    let row = try #require(table.rows.first)
    #expect(row.clause == "MEASURE 2.1")
    #expect(row.rules.map(\.rule) == ["unpinned-requirement"])
    #expect((row.failed.count, row.accepted.count, row.outcome.id) == ("2", "1", "fail"))
    let tags = HTMLTags(try HTMLReportTests.render(page)).tags
    #expect(tags.contains { $0.attributes["id"] == row.rules[0].anchor })
  }

  @Test func `a rule that did not complete leaves its control undecided`() throws {
    let page = Self.page {
      $0.ruleRuns = [
        PageFacts.RuleRun(
          rule: SamplePage.rule.id, severity: .error, examined: 2, outcomes: [.pass: 2], failure: "too slow")
      ]
    }
    #expect(page.controls.first?.rows.first?.outcome.id == "unverified")
  }

  @Test(
    arguments: [
      ("A.6.2.3", "A.6.10"), ("Annex IV 1(a)", "Annex IV 2"), ("Annex IV 2(b)", "Annex IV 10"),
      ("Article 9", "Article 10"),
      ("MEASURE 2.1", "MEASURE 2.10"), ("a", "b"), ("1", "a"),
    ])
  func `clauses stand in the order of their numbers`(first: String, second: String) {
    #expect(PageBuilder.precedes(first, second))
    #expect(!PageBuilder.precedes(second, first))
    #expect(!PageBuilder.precedes(first, first))
  }

  @Test func `waivers are told with owner, last day and reason`() throws {
    let waiver = Acceptance(
      form: .waiver, name: "w", reason: "until the move to `uv`", owner: "ada", approvedBy: "grace", ends: "2026-06-30",
      details: 7)
    let accepted = (0..<600).map { _ in AcceptedFacts(acceptance: waiver, rule: "missing-run-log", results: 3) }
    let page = Self.page { $0.accepted = accepted }
    let row = try #require(page.waivers?.rows.first)
    #expect(row.covers == "3 results, 7 items")
    #expect((row.owner, row.approvedBy, row.ends, row.rule) == ("ada", "grace", "2026-06-30", "missing-run-log"))
    #expect(page.waivers?.rows.count == 500)
    #expect(page.waivers?.leftOut?.hasPrefix("100 more waivers") == true)
    #expect(try HTMLReportTests.render(page).contains("until the move to <code>uv</code>"))
  }

  @Test func `the appendix holds the query of each rule, line by line`() throws {
    let page = Self.page { $0.queries = [SamplePage.rule.id: "SELECT 1 < 2,\n  'x'\n"] }
    let html = try HTMLReportTests.render(page)
    #expect(
      html.contains(
        "<summary><code>unpinned-requirement</code></summary>\n<pre><code>SELECT 1 &lt; 2,\n  &#39;x&#39;\n</code></pre>"
      ))
  }
}
