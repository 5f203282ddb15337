import Records
import Testing

@testable import Reports

/// Pages of very large audits.
@Suite struct HTMLCapTests {
  private static func many(_ count: Int) -> [RuleResult] {
    (0..<count).map { SamplePage.finding("run:\($0)", details: 9) } + [
      SamplePage.finding("run:last", by: SamplePage.note)
    ]
  }

  @Test func `a rule with many findings leaves room for the others, and what is left out is said`() throws {
    var caps = PageCaps()
    caps.results = 50
    let page = try SamplePage.page(Self.many(500), caps: caps)
    #expect(page.findings.groups.map(\.results.count) == [49, 1])
    #expect(page.findings.groups.first?.leftOut == "49 of 500 shown")
    let html = try HTMLReportTests.render(page)
    #expect(
      html.contains("451 more findings are not shown here; the JSON and JUnit reports (--json, --junit) hold them"))
    #expect(html.contains("run:last"))
  }

  @Test func `many findings show fewer items each`() throws {
    var caps = PageCaps()
    caps.manyResults = 100
    let page = try SamplePage.page(Self.many(200), caps: caps)
    let first = try #require(page.findings.groups.first?.results.first)
    #expect(first.details.count == 5)
    #expect(first.detailsLeftOut == "5 of 9 shown")
  }

  @Test func `huge texts do not make a huge page`() throws {
    let text = String(repeating: "x", count: 20_000)
    let results = (0..<3000).map { SamplePage.finding("run:\($0)-\(text)", message: text) }
    let page = try SamplePage.page(results)
    #expect(page.findings.groups.flatMap(\.results).count < 1_300)
    #expect(try HTMLReportTests.render(page).utf8.count < 10_000_000)
    #expect(page.findings.leftOut != nil)
  }

  @Test func `a page over the limit shows less of everything, keeps every rule, and says so`() throws {
    let page = try SamplePage.page(Self.many(300))
    let whole = try HTMLReportTests.render(page).utf8.count
    let html = try HTMLReport.render(page, templates: .builtIn, limit: whole - 100_000)
    #expect(html.utf8.count <= whole - 100_000)
    #expect(html.contains("<strong>Shortened.</strong> To stay within"))
    #expect(html.contains("150 of 300 shown"))
    #expect(html.contains("run:last"))
    let tags = HTMLTags(html).tags
    let ids = Set(tags.compactMap { $0.attributes["id"] })
    for target in tags.compactMap({ $0.attributes["href"] }) where target.hasPrefix("#") {
      #expect(ids.contains(String(target.dropFirst())), "\(target)")
    }
    // A limit that nothing meets ends all the same.
    #expect(try HTMLReport.render(page, templates: .builtIn, limit: 1).contains("run:last"))
  }

  @Test(
    arguments: [
      ([3, 2, 1], 10, [3, 2, 1]), ([100, 1, 1], 10, [8, 1, 1]), ([100, 100], 11, [5, 6]), ([0, 5], 3, [0, 3]),
      ([], 3, []),
    ] as [([Int], Int, [Int])])
  func `small counts are served whole`(counts: [Int], total: Int, shares: [Int]) {
    #expect(ResultSelection.shares(of: counts, within: total) == shares)
  }

  @Test func `what the policy excludes is counted by reason, and is not among the undecided`() throws {
    let excluded = (0..<10).map {
      SamplePage.finding(
        "run:\($0)", outcome: .unverified, message: "declared out of scope: \($0 < 7 ? "cold" : "sold")")
    }
    let page = try SamplePage.page(
      excluded + [SamplePage.finding("run:x", outcome: .unverified, message: "unreadable")])
    #expect(page.scope.excluded.map(\.count) == ["7 results", "3 results"])
    #expect(page.scope.undecided.map(\.count) == ["1 run"])
    #expect(page.undecided.count == "1 undecided result")
  }

  @Test func `the smallest part of the bar can be seen, and the parts fill it`() throws {
    let parts = OutcomeBar.parts(of: [1, 0, 999_999]).compactMap { $0 }
    #expect(parts.map(\.width) == ["8", "992"])
    #expect(parts.map(\.start) == ["0", "8"])
  }
}
