import Records

/// The lineage graph of one version, child to parent, with its drawing.
package struct LineageFacts: Sendable {
  /// Something a version rests on; a missing parent is a node too.
  package struct Node: Sendable, Hashable {
    package let id: String
    /// alias, version, run, dataset, commit, config, environment or image.
    package let kind: String
    package let label: String
    /// An outcome, or `gap`; nil for what no rule judges.
    package let state: String?

    package init(id: String, kind: String, label: String, state: String?) {
      self.id = id
      self.kind = kind
      self.label = label
      self.state = state
    }
  }

  /// From child to parent: `made by`, `reads`, `built from` …
  package struct Edge: Sendable, Hashable {
    package let from: String
    package let to: String
    package let relation: String

    package init(from: String, to: String, relation: String) {
      self.from = from
      self.to = to
      self.relation = relation
    }
  }

  package let version: Subject
  /// Without the model: `prod`, `staging`.
  package let aliases: [String]
  package let nodes: [Node]
  package let edges: [Edge]
  /// One `<svg>` element as our own writer made it, put into the page as it is; nil when it is not drawn.
  package let svg: String?

  package init(version: Subject, aliases: [String], nodes: [Node], edges: [Edge], svg: String?) {
    self.version = version
    self.aliases = aliases
    self.nodes = nodes
    self.edges = edges
    self.svg = svg
  }
}
