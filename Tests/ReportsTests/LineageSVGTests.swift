import Lineage
import Records
import Reports
import Testing

@Suite struct LineageSVGTests {
  private func graph(_ label: String) throws -> LineageGraph {
    let nodes = [
      LineageNode(id: "a", kind: .version, label: label, outcome: .fail),
      LineageNode(id: "b", kind: .dataset, label: label, outcome: .pass),
      LineageNode(id: "c", kind: .config, label: label, isGap: true), LineageNode(id: "d", kind: .image, label: label),
    ]
    return try LineageGraph(
      nodes: nodes, edges: ["b", "c", "d"].map { LineageEdge(from: "a", to: $0, relation: "reads") })
  }

  @Test(arguments: [
    "fraud-detector@1.2.0", "<script>alert(1)</script>", "]]>&amp;\"'", "a\u{0}b\nc\u{202E}d",
    String(repeating: "x", count: 100_000),
    "",
  ])
  func `is well-formed and holds no element of a label, whatever the label`(label: String) throws {
    let svg = try LineageSVG(graph(label), title: label, prefix: "p").text()
    let probe = try XMLProbe(svg)
    #expect(try probe.count("//*[local-name()='g']") == 4)
    #expect(try probe.count("//*[local-name()='script']") == 0)
    #expect(svg.utf8.count < 40_000)
    #expect(!svg.contains("\u{202E}"))
  }

  @Test func `gaps and outcomes show by class and sign, and ids carry the prefix`() throws {
    let probe = try XMLProbe(LineageSVG(graph("x"), title: "t", prefix: "p7").text())
    #expect(
      try probe.values("//*[local-name()='g']/@class").sorted() == [
        "lineage-node kind-config gap", "lineage-node kind-dataset outcome-pass", "lineage-node kind-image",
        "lineage-node kind-version outcome-fail",
      ])
    #expect(try probe.values("//*[@class='mark']").sorted() == ["!", "·", "✓", "✗"])
    #expect(try probe.values("//@id") == ["p7-title"])
    #expect(try probe.count("//*[@class='lineage-edge gap']") == 1)
  }
}
