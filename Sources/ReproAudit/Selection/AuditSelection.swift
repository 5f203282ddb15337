import AuditDatabase
import Hashing
import Stores

/// What an audit judges when that is not everything.
struct AuditSelection: Sendable {
  /// In words, for reports; nil when everything is judged.
  var text: String?
  /// Why there is nothing to judge, when that is no fault.
  var emptiness: String?

  /// Chooses by the options, once all records are read; what is not chosen is neither hashed nor reported.
  static func apply(
    _ options: AuditOptions, changes: [Changed], stores: [ReadStore], policy: Policy, context: ReadingContext,
    database: AuditDatabase
  ) throws -> AuditSelection {
    let subjects = SubjectSelection(database: database)
    var parts: [String] = []
    var selection = AuditSelection()
    if let reference = options.changedSince {
      let base = changes.first.map { " (\($0.changes.base.prefix(12)))" } ?? ""
      let count = Set(changes.map { $0.changes.changes.map(\.path) }).reduce(0) { $0 + $1.count }
      let watch = PolicyWatch(policy, options: options, stores: changes.map(\.tree))
      if try restrict(to: changes, stores, watch, context, database) {
        parts.append("what has changed since `\(reference)`\(base), and what stands on it")
        selection.emptiness =
          count == 0
          ? "nothing has changed since `\(reference)`"
          : "no subject is affected by what has changed since `\(reference)`"
      }
    }
    if !options.subjects.isEmpty {
      let patterns = options.subjects.map(Glob.init)
      let literal = Set(options.subjects)
      let all = try subjects.names()
      guard try subjects.restrict(where: { name in literal.contains(name) || patterns.contains { $0.matches(name) } })
      else {
        let message =
          options.subjects.count == 1 && !options.subjects[0].contains("*")
          ? NearestName.message("subject", options.subjects[0], among: all)
          : "--subject \(options.subjects.joined(separator: ", ")): no subject has such a name"
        throw AuditError.unusable(message)
      }
      parts.append("the subjects that match " + options.subjects.map { "`\($0)`" }.joined(separator: ", "))
    }
    if let name = options.exactSubject {
      let all = try subjects.names()
      guard try subjects.restrict(where: { $0 == name }) else {
        throw AuditError.unusable(NearestName.message("subject", name, among: all))
      }
      parts.append("the subject `\(name)`")
    }
    let (judged, all) = try subjects.counts()
    if !parts.isEmpty { parts = [parts.joined(separator: " among ") + ": \(judged) of \(all) subjects"] }
    if judged > 0 { selection.emptiness = nil }
    if !options.rules.isEmpty {
      let rules = options.rules.map { "`\($0)`" }.joined(separator: ", ")
      parts.append(
        (parts.isEmpty ? "every subject " : "") + "by \(options.rules.count == 1 ? "the rule" : "the rules") \(rules)")
    }
    selection.text = parts.isEmpty ? nil : parts.joined(separator: ", ")
    if selection.text != nil { try WantedFiles(database: database).restrict() }
    return selection
  }

  /// A store with what has changed in its repository.
  struct Changed {
    let name: String
    let tree: StoreTree
    let repository: String
    let changes: GitChanges
  }

  /// Asks git, before anything is read or written: an unknown commit is an error of the call.
  static func changes(
    _ options: AuditOptions, trees: [(name: String, tree: StoreTree)]
  ) async throws -> [Changed] {
    guard let reference = options.changedSince else { return [] }
    var known: [String: GitChanges] = [:]
    var result: [Changed] = []
    for (name, tree) in trees {
      guard let root = RepositoryFinder(tree: tree, mapped: [:]).root(named: nil, from: .root) else {
        throw AuditError.unusable(
          "--changed-since \(reference): \(tree.root) lies in no git repository; audit it without --changed-since")
      }
      let changes =
        if let found = known[root] { found } else {
          try await GitChanges.since(reference, root: root, wantsText: ChangedPaths.isRecord)
        }
      known[root] = changes
      result.append(Changed(name: name, tree: tree, repository: root, changes: changes))
    }
    return result
  }

  /// Returns false when everything counts as changed.
  private static func restrict(
    to changes: [Changed], _ stores: [ReadStore], _ watch: PolicyWatch, _ context: ReadingContext,
    _ database: AuditDatabase
  ) throws -> Bool {
    let affected = AffectedSubjects(database: database)
    var touched: [TouchedStore] = []
    for store in changes {
      let paths = ChangedPaths(
        tree: store.tree, context: context, repository: store.repository, changes: store.changes)
      // Another policy judges everything in another way.
      if store.changes.changes.contains(where: { watch.concerns(paths.absolute($0.path)) }) { return false }
      guard
        let found = try paths.touched(
          name: store.name, documents: affected.documents(of: store.name), lists: affected.lists(of: store.name))
      else {
        return false
      }
      touched.append(found)
      for other in stores where other.kind != .native && other.tree.root == store.tree.root {
        touched.append(paths.touched(name: other.name, place: other.place))
      }
    }
    try affected.restrict(to: touched)
    return true
  }
}
