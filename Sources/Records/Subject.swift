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

  /// The parts of `fraud-detector@1.2.0`, at its last `@`, since neither a version nor an alias holds one; nil without.
  public static func parts(of name: String) -> (model: String, rest: String)? {
    guard let at = name.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    return (String(name[..<at]), String(name[name.utf8.index(after: at)...]))
  }

  /// The subject as it is known over time.
  ///
  /// Where one directory is scanned, which is called `root` here and may be moved and renamed, a store is known by its place
  /// in it: nothing, `mlruns`, `:dvc`. Several directories are told apart by their names: `root` is nil.
  public func lasting(below root: String?) -> Subject {
    guard let root, store.utf8.starts(with: root.utf8) else { return self }
    let place = store.utf8.dropFirst(root.utf8.count)
    let store = String(decoding: place.first == UInt8(ascii: "/") ? place.dropFirst() : place, as: UTF8.self)
    return Subject(store: store, kind: kind, name: kind == .store ? "." : name)
  }
}
