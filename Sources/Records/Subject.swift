/// The kinds of thing that a rule judges, in the order reports list them.
public enum SubjectKind: String, Sendable, CaseIterable {
  case alias
  case dataset
  case model
  case run
  case store
  case version
  case waiver
}

/// What a rule judges; its identity over time is the triple of store, kind and name.
public struct Subject: Sendable, Hashable {
  public let store: String
  public let kind: SubjectKind
  public let name: String

  public init(store: String, kind: SubjectKind, name: String) {
    self.store = store
    self.kind = kind
    self.name = name
  }
}
