import Foundation
import Lineage
import Records
import Testing

@testable import Reports

@Suite struct LineageFormatTests {
  private static func focus(_ text: String, hops: Int? = nil) throws -> LineageFocus {
    let nodes = [
      LineageNode(id: "v", kind: .version, label: text, outcome: .fail),
      LineageNode(id: "r", kind: .run, label: text, outcome: .pass),
      LineageNode(id: "c", kind: .commit, label: text),
      LineageNode(id: "g", kind: .dataset, label: text, isGap: true),
      LineageNode(id: "a", kind: .alias, label: text, outcome: .unverified),
    ]
    let edges = [("v", "r"), ("r", "c"), ("r", "g"), ("a", "v")].map {
      LineageEdge(from: $0.0, to: $0.1, relation: "made by")
    }
    return try LineageFocus(on: "v", in: LineageGraph(nodes: nodes, edges: edges), hops: hops)
  }

  @Test func `the outline goes up and down, names gaps, and says where more lies`() throws {
    #expect(
      LineageOutline(try Self.focus("x")).text == """
        version x  [fail]

        comes from:
          made by run x  [pass]
            made by commit x
            made by no dataset: x  [gap]

        is used by:
          made by alias x  [unverified]

        """)
    #expect(LineageOutline(try Self.focus("x", hops: 1)).text.contains("    … 2 more (--hops)\n"))
    let cycle = try LineageGraph(
      nodes: [LineageNode(id: "a", kind: .run, label: "a"), LineageNode(id: "b", kind: .run, label: "b")],
      edges: [
        LineageEdge(from: "a", to: "b", relation: "child of"), LineageEdge(from: "b", to: "a", relation: "child of"),
      ])
    let text = LineageOutline(try LineageFocus(on: "a", in: cycle, directions: [.upstream])).text
    #expect(text == "run a\n\ncomes from:\n  child of run b\n    child of run a  (see above)\n")
  }

  @Test func `two spellings of one letter are two nodes, each with its own steps`() throws {
    let names = ["\u{E9}", "e\u{301}"]
    let graph = try LineageGraph(
      nodes: (["v"] + names).map { LineageNode(id: $0, kind: .run, label: $0) },
      edges: [
        LineageEdge(from: "v", to: names[0], relation: "reads"),
        LineageEdge(from: names[0], to: names[1], relation: "reads"),
      ])
    let focus = try LineageFocus(on: "v", in: graph)
    #expect(
      LineageOutline(focus).text.utf8.elementsEqual(
        "run v\n\ncomes from:\n  reads run \(names[0])\n    reads run \(names[1])\n\nis used by:\n  nothing on record\n"
          .utf8))
    let json = try FindingSample.text { file in
      try LineageJSON.write(
        focus, subject: Subject(store: "s", kind: .run, name: "v"), hops: nil, now: "2026-03-01T00:00:00Z", to: file)
    }
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    let steps = nodes.compactMap { node in (node["id"] as? String).map { ([UInt8]($0.utf8), node["upstream"] as? Int) }
    }
    #expect(steps.first { $0.0.elementsEqual(names[0].utf8) }?.1 == 1)
    #expect(steps.first { $0.0.elementsEqual(names[1].utf8) }?.1 == 2)
  }

  @Test func `a lineage of very many steps is written`() throws {
    let count = 20_000
    let graph = try LineageGraph(
      nodes: (0..<count).map { LineageNode(id: "\($0)", kind: .run, label: "r") },
      edges: (1..<count).map { LineageEdge(from: "\($0 - 1)", to: "\($0)", relation: "child of") })
    let focus = try LineageFocus(on: "0", in: graph, directions: [.upstream])
    #expect(LineageOutline(focus).text.split(separator: "\n").count == count + 1)
  }

  @Test func `the graph for Graphviz has every node and edge once`() throws {
    let text = LineageDOT.text(try Self.focus("x").graph, title: "t")
    #expect(text.hasPrefix("digraph lineage {\n  label=\"t\";") && text.hasSuffix("}\n"))
    #expect(text.contains("  n4 [label=\"version\\nfail: x\", shape=box3d, color=\"#b3261e\", penwidth=2]\n"))
    #expect(text.contains("  n4 -> n3 [label=\"made by\"]\n"))
    #expect(text.split(separator: "\n").count { $0.contains("->") } == 4)
  }

  @Test(arguments: FindingSample.hostile)
  func `whatever a name holds, every form shows it and nothing more`(text: String) throws {
    let focus = try Self.focus(text)
    let outline = LineageOutline(focus).text
    #expect(FindingSample.isVisible(outline) && outline.split(separator: "\n").count == 7)
    let dot = LineageDOT.text(focus.graph, title: text)
    #expect(FindingSample.isVisible(dot) && dot.split(separator: "\n").count == 13)
    for line in dot.split(separator: "\n") {
      // An even number of quotes that no backslash stands before: nothing ends a label early.
      var isEscaped = false
      var quotes = 0
      for byte in line.utf8 {
        if byte == UInt8(ascii: "\""), !isEscaped { quotes += 1 }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      }
      #expect(quotes.isMultiple(of: 2))
    }
    let svg = try LineageSVG(focus.graph, title: text, prefix: "p", isAlone: true).text()
    let probe = try XMLProbe(svg)
    #expect(try probe.count("//*[local-name()='script']") == 0)
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    let json = try FindingSample.text { file in
      try LineageJSON.write(
        focus, subject: Subject(store: text, kind: .version, name: text), hops: nil, now: "2026-03-01T00:00:00Z",
        to: file)
    }
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((object["nodes"] as? [Any])?.count == 5 && (object["edges"] as? [Any])?.count == 4)
  }
}
