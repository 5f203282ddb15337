import AuditDatabase
import Lineage
import Records
import Reports

/// What one subject comes from and what comes from it, as far as the user wants to see.
public struct LineageQuestion: Sendable {
  /// How an answer is written.
  public enum Format: String, Sendable, CaseIterable { case text, svg, mermaid, dot, json, openlineage }

  /// Steps each way; nil goes to the end.
  public var hops: Int? = 2
  /// Nodes of a drawing each way, the nearest; nil draws all.
  public var most: Int? = mostDrawn
  public var looksUp = true
  public var looksDown = true
  /// Chooses among several subjects of one name.
  public var store: String?
  public var kind: String?

  /// More boxes each way nobody takes in; text and JSON hold all.
  public static let mostDrawn = 150

  public init() {}

  /// Writes the lineage of the subject `name` of a finished audit to `path`; `-` is standard output.
  ///
  /// Returns notices about what is not drawn; throws `AuditError` when there is no such subject, `ReportFailure` when the
  /// answer cannot be written.
  public func write(_ name: String, of audit: AuditResult, as format: Format, to path: String = "-") throws -> [String]
  {
    let found = try SubjectEvidence.choose(name, store: store, kind: kind, in: audit)
    return try AuditResult.writing {
      let focus = try focus(on: found, of: audit, isDrawn: ![.text, .json, .openlineage].contains(format))
      let title = "Lineage of \(found.subject.name)"
      let file = try ReportFile(path: path)
      var notices: [String] = []
      switch format {
      case .text: try file.write(LineageOutline(focus).text)
      case .svg: try file.write(LineageSVG(focus.graph, title: title, prefix: "lineage", isAlone: true).text())
      case .dot: try file.write(LineageDOT.text(focus.graph, title: title))
      case .mermaid:
        let diagram = MermaidDiagram(focus.graph)
        try file.write(diagram.text)
        if let leftOut = diagram.leftOut { notices.append("\(leftOut): Mermaid takes no more; see --format svg") }
      case .json:
        try LineageJSON.write(focus, subject: found.subject, hops: hops, now: audit.now, to: file)
        return []
      case .openlineage:
        let events = try OpenLineageEvents(audit: audit).events(of: focus)
        for event in events { try event.write(to: file) }
        if events.isEmpty {
          notices.append("no run is on record this near, so that there is no event; --hops looks further")
        }
      }
      try file.finish()
      if focus.leftOut > 0, format != .text, format != .openlineage {
        notices.append(Self.beyond(focus.leftOut, isEndless: hops == nil))
      }
      return notices
    }
  }

  private static func beyond(_ count: Int, isEndless: Bool) -> String {
    let what = count == 1 ? "1 more is not drawn" : "\(count) more are not drawn"
    return what
      + (isEndless
        ? "; --nodes draws more, --format json lists all"
        : "; --hops looks further, --format json lists all that is near")
  }

  private func focus(
    on found: SubjectEvidence.Found, of audit: AuditResult, isDrawn: Bool
  ) throws -> LineageFocus {
    let cursor = LineageCursor(database: audit.database, around: found.id)
    let nodes = try LineageGraph(nodes: cursor.nodes(), edges: [])
    // What comes from the subject has other parents, which are none of its lineage.
    let edges = try cursor.edges().filter { nodes.index(of: $0.from) != nil && nodes.index(of: $0.to) != nil }
    var directions: [LineageFocus.Direction] = []
    if looksUp { directions.append(.upstream) }
    if looksDown { directions.append(.downstream) }
    return try LineageFocus(
      on: "\(found.subject.store)|\(found.subject.name)",
      in: LineageGraph(nodes: nodes.nodes, edges: edges), hops: hops, directions: directions,
      most: isDrawn ? most : nil)
  }
}
