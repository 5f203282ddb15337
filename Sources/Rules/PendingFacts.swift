import Synchronization

/// Facts that are on their way while the rules that ask for them are made ready.
package final class PendingFacts: Sendable {
  private final class Mark: Sendable {
    let isSet = Mutex(false)
  }

  private let mark: Mark
  private let work: Task<Void, any Error>

  /// Begins at once to find them.
  package init(_ find: @escaping @Sendable () async throws -> Void) {
    let mark = Mark()
    self.mark = mark
    work = Task {
      try await find()
      mark.isSet.withLock { $0 = true }
    }
  }

  /// Whether they are in the database.
  package var areThere: Bool { mark.isSet.withLock { $0 } }

  /// Returns when they are; throws when they cannot be found.
  package func wait() async throws { try await work.value }

  /// Nobody needs them any more.
  package func cancel() { work.cancel() }
}
