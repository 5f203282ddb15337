import Hashing
import Synchronization

/// The documents that were read of a store, with the digests of their bytes: what decides whether facts would be read again
/// as they are.
package final class DocumentLog: Sendable {
  /// A document by the bytes of its path.
  package struct Entry: Sendable, Hashable {
    package let path: [UInt8]
    /// SHA-256, lower-case hexadecimal digits.
    package let digest: String
  }

  private let entries = Mutex<[Entry]>([])

  package init() {}

  func note(_ path: [UInt8], _ bytes: [UInt8]) {
    let entry = Entry(path: path, digest: BytesDigest.sha256(bytes))
    entries.withLock { $0.append(entry) }
  }

  /// What was read since the last call, if that is at least `count`.
  package func drain(from count: Int = 1) -> [Entry] {
    entries.withLock { entries in
      guard entries.count >= count else { return [] }
      defer { entries.removeAll(keepingCapacity: true) }
      return entries
    }
  }
}

extension StoreTree {
  /// The same tree, which notes what is read of it.
  package func logging(to log: DocumentLog) -> StoreTree {
    var tree = self
    tree.log = log
    return tree
  }

  /// Whether the bytes of a document still have this SHA-256.
  package func holds(_ path: TreePath, digest: String) -> Bool {
    (try? read(path)).map { BytesDigest.sha256($0) } == digest
  }
}
