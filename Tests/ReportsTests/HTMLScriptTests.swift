import Testing

@testable import Reports

/// What runs in the page.
@Suite struct HTMLScriptTests {
  private static let scripts = GeneratedTemplates.all.filter { $0.key.hasPrefix("script/") }

  @Test(arguments: scripts.keys.sorted())
  func `a script makes no markup of texts, evaluates none, and asks no network`(name: String) throws {
    let script = try #require(Self.scripts[name])
    let risky = [
      "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(",
      "XMLHttpRequest", "WebSocket", "import(", "</script", "<!--", "localStorage", "cookie",
    ]
    for word in risky { #expect(!script.contains(word), "\(word)") }
  }

  @Test func `controls wait hidden for the script, and nothing else is hidden`() throws {
    let html = try HTMLReportTests.render(SamplePage.page(SamplePage.results))
    let hidden = HTMLTags(html).tags.filter { $0.attributes["hidden"] != nil }
    let allowed = ["filters", "graph-tools", "copy", "left-out"]
    for tag in hidden where tag.attributes["id"] != "filter-reset" {
      #expect(allowed.contains(tag.attributes["class"] ?? ""), "\(tag.attributes)")
    }
    #expect(hidden.contains { $0.attributes["id"] == "filters" })
  }

  @Test func `a page without scripts allows none`() throws {
    let templates = GeneratedTemplates.all.filter { !$0.key.hasPrefix("script/") }
    let html = try HTMLReport.render(SamplePage.page(SamplePage.results), templates: ReportTemplates(templates))
    #expect(html.contains("script-src 'none';"))
    #expect(!html.contains("<script"))
  }
}
