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

  /// The subject as it is known over time: one store may be moved and renamed, several are told apart by their names.
  public func lasting(namingStore: Bool) -> Subject {
    namingStore ? self : Subject(store: "", kind: kind, name: kind == .store ? "." : name)
  }
}
