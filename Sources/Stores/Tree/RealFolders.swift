import Synchronization

/// Folders of a store that were found to be reached without a link: asking again costs a system call a component.
final class RealFolders: Sendable {
  /// More than this are asked for again, so that memory stays flat.
  private static let limit = 4096

  private let known = Mutex<[TreePath: Bool]>([:])

  /// Whether `folder` is its own real path, as `find` says when it is not known.
  func isReal(_ folder: TreePath, find: () -> Bool) -> Bool {
    if let answer = known.withLock({ $0[folder] }) { return answer }
    let answer = find()
    known.withLock { if $0.count < Self.limit { $0[folder] = answer } }
    return answer
  }
}
