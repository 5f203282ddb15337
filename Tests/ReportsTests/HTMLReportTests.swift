import Records
import Testing

@testable import Reports

/// The page a person opens.
@Suite struct HTMLReportTests {
  static func render(_ page: ReportPage) throws -> String { try HTMLReport.render(page, templates: .builtIn) }

  @Test(
    arguments: zip(PageFacts.Verdict.allCases, ["Compliant", "Findings", "Incomplete", "Integrity lost"]))
  func `begins with the verdict, its reason and the exit code`(verdict: PageFacts.Verdict, title: String) throws {
    let page = try Self.render(SamplePage.page(SamplePage.results, verdict: verdict))
    #expect(page.contains("<h2 id=\"verdict-title\">\(title)</h2>"))
    #expect(page.contains("3 findings."))
    #expect(page.contains("Exit code \(verdict.rawValue)"))
  }

  @Test func `shows every finding with its item, place and remedy`() throws {
    let page = try Self.render(SamplePage.page(SamplePage.results))
    for text in ["run:1", "run:2", "run:3", "pandas&gt;=2", "requirements.txt<span class=\"line\">:6</span>", "a@prod"]
    {
      #expect(page.contains(text), "\(text)")
    }
    #expect(page.contains("Pin every requirement, for example with <code>pip freeze</code>."))
    #expect(page.contains("A rerun measures the difference between libraries."))
  }

  @Test func `says what was not examined before what was`() throws {
    let page = try Self.render(SamplePage.page(SamplePage.results))
    let missing = try #require(page.firstRange(of: "<h3>Not examined</h3>"))
    let reason = try #require(page.firstRange(of: "cold storage"))
    let undecided = try #require(page.firstRange(of: "the record could not be read"))
    let examined = try #require(page.firstRange(of: "<h3>Examined</h3>"))
    #expect(missing.lowerBound < reason.lowerBound)
    #expect(reason.lowerBound < undecided.lowerBound)
    #expect(undecided.lowerBound < examined.lowerBound)
    #expect(page.contains("1,234 files"))
  }

  @Test func `every link leads to one place of the page`() throws {
    let tags = HTMLTags(try Self.render(SamplePage.page(SamplePage.results))).tags
    let ids = tags.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for target in tags.compactMap({ $0.attributes["href"] }) where target.hasPrefix("#") {
      #expect(ids.contains(String(target.dropFirst())), "\(target)")
    }
    for label in tags.compactMap({ $0.attributes["aria-labelledby"] }) { #expect(ids.contains(label), "\(label)") }
  }

  @Test func `a failing cell of the checklist leads to its finding, in words and not by colour alone`() throws {
    let page = try Self.render(SamplePage.page(SamplePage.results))
    let anchor = PageBuilder.anchor(of: SamplePage.finding("run:1"))
    #expect(page.contains("<a class=\"sign\" href=\"#\(anchor)\"><span>fail</span></a>"))
    #expect(page.contains("id=\"\(anchor)\""))
  }

  @Test func `every tag that opens closes`() throws {
    #expect(HTMLTags(try Self.render(SamplePage.page(SamplePage.results))).unbalanced == [])
    #expect(HTMLTags(try Self.render(SamplePage.page([]))).unbalanced == [])
  }

  @Test func `loads nothing, runs nothing but its own scripts, and lets the browser hold it to that`() throws {
    let page = try Self.render(SamplePage.page(SamplePage.results))
    let tags = HTMLTags(page).tags
    #expect(tags.allSatisfy { !["link", "img", "iframe", "object", "form"].contains($0.name) })
    #expect(
      tags.allSatisfy { tag in !tag.attributes.keys.contains { $0 == "style" || $0 == "src" || $0.hasPrefix("on") } })
    #expect(!page.contains("@import") && !page.contains("url("))
    let style = try #require(page.split(separator: "<style>").last?.split(separator: "</style>").first)
    let scripts = page.split(separator: "<script>").dropFirst().compactMap { $0.split(separator: "</script>").first }
    let own = GeneratedTemplates.all.filter { $0.key.hasPrefix("script/") }.sorted { $0.key < $1.key }.map(\.value)
    #expect(scripts.map(String.init) == own)
    let digest = HTMLReport.digest(of: String(style))
    let digests = own.map { "'\(HTMLReport.digest(of: $0))'" }.joined(separator: " ")
    #expect(
      page.contains(
        "content=\"default-src 'none'; style-src '\(digest)'; script-src \(digests); base-uri 'none'; form-action 'none'\""
      ))
    #expect(HTMLReport.digest(of: "") == "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }

  @Test func `an audit of nothing says so, and shows no sign of success`() throws {
    let facts = SamplePage.facts(.incomplete, explanation: "nothing to audit was found", runs: [])
    let page = ReportPage(facts: facts, rules: [], results: ResultSelection(ruleRuns: []))
    let html = try Self.render(page)
    #expect(html.contains("Nothing to audit was found."))
    #expect(html.contains("No rule had anything to judge."))
    #expect(!html.contains("No rule failed"))
  }

  @Test func `the same audit gives the same bytes`() throws {
    let pages = try (0..<3).map { _ in try Self.render(SamplePage.page(SamplePage.results)) }
    #expect(Set(pages).count == 1)
  }

  @Test func `a result that several stages raise says so`() throws {
    var results = SamplePage.results
    results.append(
      RuleResult(
        rule: SamplePage.note.id, subject: SamplePage.subject(.run, "run:9"), severity: .error, outcome: .fail,
        message: "no log"))
    let page = try SamplePage.page(results)
    let group = try #require(page.findings.groups.first { $0.rule == SamplePage.note.id })
    #expect(group.severity.id == "error")
    #expect(group.results.map(\.severityDiffers) == [true, false])
  }
}
