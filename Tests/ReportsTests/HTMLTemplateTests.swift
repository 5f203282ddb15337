import Foundation
import Testing

@testable import Reports

/// Templates as users may replace them.
@Suite struct HTMLTemplateTests {
  private static func render(_ templates: [String: String]) throws -> String {
    try HTMLReport.render(SamplePage.page(SamplePage.results), templates: ReportTemplates(templates))
  }

  @Test func `a template of one's own gets the page, escaped`() throws {
    let own =
      "{{schema}} {{verdict.id}}{{#findings.groups}} {{rule}}{{#results}}{{#details}} {{item}}{{/details}}{{/results}}{{/findings.groups}}"
    let text = try Self.render(["report.html": own, "page.css": ""])
    #expect(
      text
        == "repro-audit/page/1 findings unpinned-requirement pandas&gt;=0 pandas&gt;=0 pandas&gt;=1 pandas&gt;=2 missing-run-log pandas&gt;=0"
    )
  }

  @Test func `a partial of one's own escapes too`() throws {
    let text = try Self.render([
      "report.html": "{{#causes}}{{>own.html}}{{/causes}}", "own.html": "[{{rule}}]\n", "page.css": "",
    ])
    #expect(text == "[unpinned-requirement][missing-run-log]")
  }

  @Test func `a value that is absent is not taken from an outer section`() throws {
    let own =
      "{{#findings.groups}}{{#results}}{{#details}}({{path}}{{store}}){{/details}}{{/results}}{{/findings.groups}}"
    #expect(try Self.render(["report.html": own, "page.css": ""]).hasPrefix("(requirements.txt)"))
  }

  @Test(
    arguments: [
      ([:], "no template `page.css`"),
      (["page.css": ""], "no template `report.html`"),
      (
        ["page.css": "", "report.html": "a\n{{> html/none.html }}"],
        "template `report.html` asks for the partial `html/none.html`, which is not there"
      ),
      (
        ["page.css": "", "report.html": "a\n{{#b}}\n{{/c}}"],
        "template `report.html`, line 3: not valid Mustache (sectionCloseNameIncorrect)"
      ),
    ] as [([String: String], String)])
  func `says what is wrong with a template, and where`(templates: [String: String], message: String) throws {
    let error = #expect(throws: ReportTemplateError.self) { try Self.render(templates) }
    #expect(error?.description == message)
  }

  /// A name that is not in the table is one that nobody can use, or one that was renamed.
  @Test func `every name a template uses is documented`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let documented = try String(contentsOf: root.appending(path: "docs/templates.md"), encoding: .utf8)
    let names = documented.split(separator: "`").map(String.init)
    for (file, text) in GeneratedTemplates.all where file.hasSuffix(".html") || file.hasSuffix(".md") {
      for tag in text.split(separator: "{{").dropFirst() {
        let name = tag.prefix { $0 != "}" }.drop { "#^/{".contains($0) }
        guard !name.hasPrefix(">"), !name.hasPrefix("!"), !name.hasSuffix("()"), name != "." else { continue }
        for part in name.split(separator: ".") { #expect(names.contains(String(part)), "\(file): \(name)") }
      }
    }
  }

  @Test func `every name of the page is documented`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let documented = try String(contentsOf: root.appending(path: "docs/templates.md"), encoding: .utf8)
    let names = Set(documented.split(separator: "`").map(String.init))
    let used = try Self.names(of: TemplateData.fields(of: SamplePage.page(SamplePage.results)))
    #expect(used.subtracting(names).sorted() == [])
  }

  @Test func `what is frequent has the names of its properties too`() throws {
    let frequent: [Any] = [
      ReportPage.Span(text: "a", isCode: true), ReportPage.Sign(id: "fail", label: "b", icon: "c", mark: "d"),
    ]
    for value in frequent {
      let fields = try #require(TemplateData.of(value) as? TemplateObject).fields
      let expected = TemplateData.fields(of: value)
      #expect(Set(fields.keys) == Set(expected.keys))
      for (name, field) in fields { #expect("\(field)" == "\(expected[name] ?? "")") }
    }
  }

  private static func names(of value: Any) -> Set<String> {
    if let fields = value as? [String: Any] ?? (value as? TemplateObject)?.fields {
      return fields.values.reduce(Set(fields.keys)) { $0.union(names(of: $1)) }
    }
    if let list = value as? [Any] { return list.reduce([]) { $0.union(names(of: $1)) } }
    return []
  }
}
