import Lineage
import Records

/// The lineage graph of one version, with its drawing.
package struct LineageFacts: Sendable {
  package let version: Subject
  /// Without the model: `prod`, `staging`.
  package let aliases: [String]
  package let graph: LineageGraph
  /// One `<svg>` element as our own writer made it, put into the page as it is; nil when it is not drawn.
  package let svg: String?

  package init(version: Subject, aliases: [String], graph: LineageGraph, svg: String?) {
    self.version = version
    self.aliases = aliases
    self.graph = graph
    self.svg = svg
  }

  /// Where the version's lineage stands on a page; also what makes the ids of its drawing unique there.
  package static func anchor(of version: Subject) -> String { PageBuilder.anchor(lineageOf: version) }
}
