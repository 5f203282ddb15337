import Lineage
import Testing

@testable import Reports

/// Lineage as GitHub draws it.
@Suite struct MarkdownMermaidTests {
  private static func star(_ count: Int, label: String = "x") throws -> LineageGraph {
    try LineageGraph(
      nodes: [LineageNode(id: "v", kind: .version, label: "a@1.0.0")]
        + (0..<count).map { LineageNode(id: "d\($0)", kind: .dataset, label: "\(label) \($0)") },
      edges: (0..<count).map { LineageEdge(from: "v", to: "d\($0)", relation: "reads") })
  }

  @Test func `names each node once, tells kinds by shape and states by sign`() throws {
    let text = MermaidDiagram(try SamplePage.lineage().graph).text
    #expect(
      text.hasPrefix(
        """
        flowchart LR
          n0["❌ run#58; run#58;1"]:::fail -- "built from" --> n1{{"⚠️ commit#58; no commit is recorded"}}:::gap
          n2[["version#58; a@1.0.0"]] -- "made by" --> n0
        """))
  }

  @Test(arguments: [
    "\"]", "```\n", "%%{init}%%", "<img src=x>", "#quot;", "end", "a\u{202E}b", "click n0 \"javascript:\"",
  ])
  func `no label leaves its quotes`(label: String) throws {
    let lines = MermaidDiagram(try Self.star(1, label: label)).text.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[1].count { $0 == "\"" } == 6)
    #expect(!lines[1].contains("`") && !lines[1].contains("<") && !lines[1].contains("%"))
  }

  @Test func `draws at most 500 links, and says how many it did not`() throws {
    let diagram = MermaidDiagram(try Self.star(600))
    #expect(diagram.text.split(separator: "\n").count { $0.contains("-->") } == 500)
    #expect(diagram.leftOut == "100 of 600 links are not drawn")
    #expect(MermaidDiagram(try Self.star(500)).leftOut == nil)
  }

  @Test func `stays within 50,000 characters`() throws {
    let diagram = MermaidDiagram(try Self.star(500, label: String(repeating: "<", count: 300)))
    #expect(diagram.text.utf16.count <= 50_000)
    #expect(diagram.leftOut?.hasSuffix("are not drawn") == true)
  }
}
