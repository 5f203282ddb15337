import Lineage
import Records

extension PageBuilder {
  /// The versions that are drawn, in the order given, while the room for drawings lasts.
  func lineage(_ lineages: [LineageFacts]) -> ReportPage.LineageList {
    var room = caps.drawingBytes
    let versions = lineages.prefix(caps.lineages).enumerated().map { index, facts in
      let size = facts.svg?.utf8.count ?? 0
      let isDrawn = size <= room
      if isDrawn { room -= size }
      return version(facts, isDrawn: isDrawn, hasDiagram: index < caps.diagrams)
    }
    let hidden = max(facts.subjects[.version] ?? 0, lineages.count) - versions.count
    return ReportPage.LineageList(
      versions: versions,
      leftOut: hidden > 0
        ? "the lineage of \(Figures.count(hidden, "more version")) is not shown here; the JSON report (--json) holds it"
        : nil)
  }

  private func version(_ facts: LineageFacts, isDrawn: Bool, hasDiagram: Bool) -> ReportPage.LineageList.Version {
    let gaps = facts.graph.nodes.count(where: \.isGap)
    let diagram = hasDiagram ? MermaidDiagram(facts.graph) : nil
    return ReportPage.LineageList.Version(
      version: name(facts.version.name), anchor: Self.anchor(lineageOf: facts.version),
      aliases: facts.aliases.map(name),
      state: gaps == 0 ? "complete" : Figures.count(gaps, "gap"), isComplete: gaps == 0, svg: isDrawn ? facts.svg : nil,
      diagram: diagram?.text, diagramLeftOut: diagram?.leftOut, rows: rows(facts.graph),
      leftOut: leftOut(facts.graph.edges.count - caps.lineageRows, "link"))
  }

  /// From aliases down to what runs rest on.
  private func rows(_ graph: LineageGraph) -> [ReportPage.LineageList.Row] {
    let links = LineageKind.allCases.flatMap { kind in
      zip(graph.edges, graph.links).filter { graph.nodes[$1.child].kind == kind }
    }
    return links.prefix(caps.lineageRows).map { edge, link in
      let parent = graph.nodes[link.parent]
      let (outcome, sign) = Wording.sign(of: parent)
      return ReportPage.LineageList.Row(
        child: name(graph.nodes[link.child].label), relation: name(edge.relation), kind: parent.kind.rawValue,
        parent: name(parent.label),
        outcome: outcome, label: sign.label, icon: sign.icon, mark: sign.mark)
    }
  }
}
