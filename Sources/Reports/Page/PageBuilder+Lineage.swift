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
        ? "the lineage of \(Figures.count(hidden, "more version")) is not shown here; the JSON report (--json) holds it" : nil)
  }

  private func version(_ facts: LineageFacts, isDrawn: Bool, hasDiagram: Bool) -> ReportPage.LineageList.Version {
    let gaps = facts.nodes.count { $0.state == "gap" }
    let diagram = hasDiagram ? MermaidDiagram(facts) : nil
    return ReportPage.LineageList.Version(
      version: facts.version.name, anchor: Self.anchor(lineageOf: facts.version), aliases: facts.aliases,
      state: gaps == 0 ? "complete" : Figures.count(gaps, "gap"), isComplete: gaps == 0, svg: isDrawn ? facts.svg : nil,
      diagram: diagram?.text, diagramLeftOut: diagram?.leftOut, rows: rows(facts),
      leftOut: leftOut(facts.edges.count - caps.lineageRows, "link"))
  }

  private func rows(_ facts: LineageFacts) -> [ReportPage.LineageList.Row] {
    let nodes = Dictionary(facts.nodes.map { ($0.id, $0) }) { first, _ in first }
    return facts.edges.prefix(caps.lineageRows).map { edge in
      let parent = nodes[edge.to]
      let (outcome, sign) = Wording.sign(lineage: parent?.state)
      return ReportPage.LineageList.Row(
        child: nodes[edge.from]?.label ?? edge.from, relation: edge.relation, kind: parent?.kind ?? "",
        parent: parent?.label ?? edge.to, outcome: outcome, label: sign.label, icon: sign.icon, mark: sign.mark)
    }
  }
}
