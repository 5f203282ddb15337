import Records

/// What a node of a lineage is.
package enum LineageKind: String, Sendable, CaseIterable {
  case alias
  case version
  case run
  case dataset
  case commit
  case config
  case environment
  case image
  /// Stands for nodes that a focused graph leaves out.
  case rest
}

/// A thing that a model comes from, or a gap where its record is missing.
package struct LineageNode: Sendable, Hashable {
  /// Unique in the graph.
  package let id: String
  package let kind: LineageKind
  package let label: String
  /// The worst outcome of its subject; nil for what no rule judges.
  package let outcome: Outcome?
  /// Whether this is a parent that ought to be there and is not.
  package let isGap: Bool

  package init(id: String, kind: LineageKind, label: String, outcome: Outcome? = nil, isGap: Bool = false) {
    self.id = id
    self.kind = kind
    self.label = label
    self.outcome = outcome
    self.isGap = isGap
  }
}

/// A step from a child to the parent it comes from.
package struct LineageEdge: Sendable, Hashable {
  /// The child's id.
  package let from: String
  /// The parent's id.
  package let to: String
  /// As a verb that reads from child to parent: `made by`, `reads`.
  package let relation: String

  package init(from: String, to: String, relation: String) {
    self.from = from
    self.to = to
    self.relation = relation
  }
}

/// Why nodes and edges do not make a graph.
package enum LineageError: Error, Sendable, Hashable, CustomStringConvertible {
  case duplicateNode(id: String)
  case danglingEdge(from: String, to: String, missing: String)
  case unknownNode(id: String)

  package var description: String {
    switch self {
    case .duplicateNode(let id): "lineage: two nodes have the id \(id)"
    case .danglingEdge(let from, let to, let missing):
      "lineage: the edge \(from) -> \(to) names \(missing), which is no node"
    case .unknownNode(let id): "lineage: \(id) is no node"
    }
  }
}
