import Records

/// Work that finds facts, several pieces at a time; what they find is handed on in the order they were given.
struct FactPipeline {
  /// While facts are written the parsers must not run out of work, and what waits must stay small.
  private static let mostRunning = 16

  private var running: [Task<[Fact], Never>] = []

  var isEmpty: Bool { running.isEmpty }

  /// Begins a piece of work; returns the facts of the oldest one when enough is under way.
  mutating func begin(_ work: @escaping @Sendable () -> [Fact]) async -> [Fact] {
    let facts = running.count >= Self.mostRunning ? await next() : []
    running.append(Task { work() })
    return facts
  }

  /// The facts of the oldest piece; waits for it.
  mutating func next() async -> [Fact] { running.isEmpty ? [] : await running.removeFirst().value }
}
