import GRDB
import Synchronization

/// Connections that nobody reads by just now: to open one and read the schema takes longer than most questions.
final class IdleReaders: Sendable {
  /// Each may keep some megabytes of pages.
  private static let most = 2
  private let connections = Mutex<[DatabaseQueue]>([])

  func take() -> DatabaseQueue? { connections.withLock { $0.popLast() } }

  func put(_ connection: DatabaseQueue) {
    connections.withLock { if $0.count < Self.most { $0.append(connection) } }
  }

  func removeAll() { connections.withLock { $0.removeAll() } }
}
