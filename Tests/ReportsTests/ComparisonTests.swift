import Documents
import Foundation
import Records
import Testing

@testable import Reports

/// Two or more runs on one page.
@Suite struct ComparisonTests {
  private static func side(_ name: String) -> Comparison.Side {
    Comparison.Side(
      subject: Subject(store: "registry", kind: .version, name: name), run: "run:\(name)",
      recordedAt: "2026-01-01T00:00:00Z")
  }

  private static func comparison(_ sections: [Comparison.Section], sides: [String] = ["a@1.0.0", "a@1.1.0"])
    -> Comparison
  {
    Comparison(
      sides: sides.map(side), sections: sections, links: [], sharedLinks: 3, now: "2026-03-01T00:00:00Z", tolerance: nil
    )
  }

  private static func section(_ topic: Comparison.Topic, _ rows: [(String, [String?])]) -> Comparison.Section {
    Comparison.Section(topic: topic, rows: rows.map { Comparison.Row(name: $0.0, values: $0.1) })
  }

  private static func html(_ comparison: Comparison) throws -> String {
    try ComparisonReport.html(comparison, tool: "repro-audit", version: "1.0.0", templates: .builtIn)
  }

  private static func markdown(_ comparison: Comparison) throws -> String {
    try ComparisonReport.markdown(comparison, tool: "repro-audit", version: "1.0.0", templates: .builtIn)
  }

  /// One in which every text that a record can choose is `text`.
  private static func filled(with text: String) -> Comparison {
    let side = Comparison.Side(
      subject: Subject(store: text, kind: .run, name: text), run: text, recordedAt: text)
    let row = Comparison.Row(name: text, values: [text, text + " "], change: "+1")
    let shared = Comparison.Row(name: text + "=", values: [text, text])
    let log = Comparison.Log(side: 1, title: "A to B: 1 commit", lines: [text], leftOut: 2)
    return Comparison(
      sides: [side, side],
      sections: Comparison.Topic.allCases.map {
        Comparison.Section(topic: $0, rows: [row, shared], notes: [text], logs: $0 == .code ? [log] : [])
      },
      links: [
        Comparison.Link(child: text, relation: text, parent: text, isIn: [true, false], hasParent: [true, true])
      ], sharedLinks: 1, now: text, tolerance: text)
  }

  @Test(arguments: SamplePage.hostile)
  func `no text changes a tag or an attribute of the page`(text: String) throws {
    let expected = HTMLTags(try Self.html(Self.filled(with: "plain"))).tags
    let page = try Self.html(Self.filled(with: text))
    #expect(HTMLTags(page).tags.map(\.description) == expected.map(\.description))
    #expect(HTMLTags(page).unbalanced == [])
  }

  @Test(arguments: SamplePage.hostile + ["| a |", "```", "`x", "**", "# h", "\n\n---\n\n# h", "@octocat"])
  func `no text changes the shape of the Markdown`(text: String) throws {
    func lines(_ text: String) -> [Substring] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.prefix { "#|->* ".contains($0) } }
    }
    let plain = try Self.markdown(Self.filled(with: "plain"))
    let found = try Self.markdown(Self.filled(with: text))
    #expect(lines(found).count == lines(plain).count)
    #expect(
      found.split(separator: "\n").count { $0.hasPrefix("#") }
        == plain.split(separator: "\n").count { $0.hasPrefix("#") })
    #expect(Set(HTMLTags(found).tags.map(\.name)).subtracting(["code", "/code"]) == [])
    #expect(!found.contains("@octocat"))
  }

  @Test(arguments: ["\u{0}", "\u{1B}", "\u{202E}", "\u{200B}", "\u{2028}", "\u{FEFF}"])
  func `nothing invisible is written`(text: String) throws {
    let comparison = Self.filled(with: "a\(text)b")
    for page in [try Self.html(comparison), try Self.markdown(comparison)] {
      #expect(!page.unicodeScalars.contains { text.unicodeScalars.contains($0) })
    }
  }

  @Test func `the page runs and loads nothing`() throws {
    let page = try Self.html(Self.filled(with: "x"))
    #expect(page.contains("default-src 'none'") && page.contains("script-src 'none'") && !page.contains("<script"))
  }

  @Test(arguments: [
    ([Comparison.Topic.code, .data, .seeds], "code: x"), ([.seeds, .data, .metrics], "data: x"),
    ([.seeds, .environment], "environment: x"), ([.params, .config], "configuration: x"),
  ])
  func `the first input that differs is named in the order of topics`(topics: [Comparison.Topic], words: String) {
    let sections = Comparison.Topic.allCases.map { topic in
      Self.section(topic, [("x", topics.contains(topic) ? ["1", "2"] : ["1", "1"])])
    }
    #expect(Self.comparison(sections).verdict == "the first input that differs is \(words)")
  }

  @Test func `results that differ where no input does are not explained away`() {
    let comparison = Self.comparison([Self.section(.seeds, []), Self.section(.metrics, [("auc", ["1", "2"])])])
    #expect(comparison.verdict.contains("what made the difference is not on record"))
    #expect(comparison.verdict.contains("no side records seeds") && !comparison.isSame)
    #expect(Self.comparison([Self.section(.code, [("commit", ["1", "1"])])]).isSame)
  }

  @Test(
    arguments: [
      ([("train digest", ["1", "2"])], "the data differs (train digest)"), ([], "no side records which data"),
      ([("train digest", ["1", nil])], "the data differs"), ([("train dataset", ["a", "a"])], "no digest of the data"),
    ] as [([(String, [String?])], String)])
  func `metrics on other or unknown data come with a warning`(rows: [(String, [String?])], words: String) {
    let metrics = Self.section(.metrics, [("auc", ["1", "1"])])
    #expect(Self.comparison([Self.section(.data, rows), metrics]).warnings.first?.contains(words) == true)
    #expect(Self.comparison([Self.section(.data, rows)]).warnings == [])
    #expect(Self.comparison([Self.section(.data, [("train digest", ["1", "1"])]), metrics]).warnings == [])
  }

  @Test func `twenty thousand parameters are shortened and say so`() throws {
    let rows = (0..<20_000).map { ("p\($0)", ["\($0)", $0.isMultiple(of: 2) ? "x" : "\($0)"]) as (String, [String?]) }
    let comparison = Self.comparison([Self.section(.params, rows)])
    for (page, limit) in [(try Self.html(comparison), HTMLReport.limit), (try Self.markdown(comparison), 1_000_000)] {
      #expect(page.contains("10,000 of 20,000 differ") && page.contains("19,000 more rows not shown here"))
      #expect(page.utf8.count < limit)
    }
    let long = (0..<3_000).map { ("p\($0)", [String(repeating: "<", count: 400), "\($0)"]) as (String, [String?]) }
    let page = try Self.markdown(Self.comparison([Self.section(.params, long), Self.section(.seeds, long)]))
    #expect(page.utf8.count <= MarkdownReport.limit && page.contains("not shown here"))
  }

  @Test func `JSON holds every row`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "comparison-\(UUID().uuidString).json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let text = "<\u{202E}\"\u{0}"
    try ComparisonJSON.write(Self.filled(with: text), to: ReportFile(path: path))
    let root = try JSONDocument.read(Array(Data(contentsOf: URL(filePath: path))))
    #expect(root["schema"]?.text == "repro-audit/comparison/1" && root["same"]?.boolean == false)
    #expect(root["topics"]?.elements?.count == 8)
    #expect(root["topics"]?.elements?[0]["rows"]?.elements?[0]["values"]?.elements?[0].text == text)
    #expect(root["first"]?["topic"]?.text == "code")
  }
}
