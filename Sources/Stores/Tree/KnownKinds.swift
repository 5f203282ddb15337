import Synchronization

/// What was found at places outside a record's own folder: many records name the same manifest and requirements.
final class KnownKinds: Sendable {
  /// More than this are asked for again, so that memory stays flat.
  private static let limit = 4096

  private let known = Mutex<[TreePath: EntryKind]>([:])

  /// What stands at `path`, as `find` says when it is not known; only places above `folder` are worth keeping.
  func kind(of path: TreePath, from folder: TreePath?, find: () -> EntryKind) -> EntryKind {
    guard let folder, !path.isBelow(folder) else { return find() }
    if let answer = known.withLock({ $0[path] }) { return answer }
    let answer = find()
    known.withLock { if $0.count < Self.limit { $0[path] = answer } }
    return answer
  }
}
