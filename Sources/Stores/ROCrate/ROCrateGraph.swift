import Documents

/// The entities of a crate, which name each other by `@id`.
struct ROCrateGraph: Sendable {
  let entities: [DocumentNode]
  let root: DocumentNode
  private let byID: [String: Int]

  /// Nil without a graph or without the root dataset that its descriptor names.
  init?(_ document: DocumentNode) {
    guard let entities = document["@graph"]?.elements else { return nil }
    self.entities = entities
    byID = Dictionary(
      entities.enumerated().compactMap { index, node in node["@id"]?.text.map { ($0, index) } },
      uniquingKeysWith: { first, _ in first })
    let descriptor = entities.first { node in
      node["@id"]?.text.map { $0.hasSuffix("ro-crate-metadata.json") || $0.hasSuffix("ro-crate-metadata.jsonld") }
        ?? false
    }
    let name = descriptor.flatMap { LinkedData.text("about", of: $0) } ?? "./"
    guard let index = byID[name] else { return nil }
    root = entities[index]
  }

  func entity(_ id: String) -> DocumentNode? { byID[id].map { entities[$0] } }

  /// The entities that a term of a node names.
  func entities(_ term: String, of node: DocumentNode) -> [DocumentNode] {
    LinkedData.values(term, of: node).compactMap { ($0["@id"]?.text ?? $0.text).flatMap(entity) }
  }

  /// What was done, in the order of the graph.
  var actions: [DocumentNode] {
    entities.filter { node in
      ["CreateAction", "UpdateAction", "ActivateAction"].contains { LinkedData.isA($0, node) }
    }
  }

  /// An entity's path, percent codes decoded; a URI as it is.
  static func path(_ id: String) -> String {
    if case .remote = Location(id) { return id }
    let plain = id.hasPrefix("./") ? String(id.dropFirst(2)) : id
    return LinkedData.decoded(plain)
  }
}
