import AuditDatabase
import Hashing
import Records
import Stores

/// Reads every file that facts speak of, and records what was found.
struct IntegrityScan {
  let database: AuditDatabase
  /// By store name.
  let trees: [String: StoreTree]
  let jobs: Int
  /// Seconds to wait before files that are not what they should be are read once more.
  let settle: Int
  let progress: ScanProgress

  private static let writeSize = 4096

  func run() async throws {
    let plan = HashPlan(database: database)
    let writer = ObservationWriter(database: database)
    if progress.isWatched {
      let size = try plan.size()
      progress.begin(files: size.files, bytes: size.bytes)
    }
    try await read(plan, into: writer.write)
    // A partial audit that misses content looks for it where a whole one would.
    if try WantedFiles(database: database).widen() { try await read(plan, into: writer.write) }
    try writer.writeChecks()
    // One bit that flipped on the way from the disk must not look like lost data.
    let again = HashPlan(database: database, selection: .doubtful)
    if try again.isNeeded() {
      try await Task.sleep(for: .seconds(settle))
      try await read(again, uncached: true, into: writer.settle)
    }
    try writer.finishChecks()
    progress.end()
  }

  private func read(
    _ plan: HashPlan, uncached: Bool = false, into write: ([Observation]) throws -> Void
  ) async throws {
    let queue = HashQueue(plan: plan)
    let reading = FileReading(trees: trees, progress: progress, isUncached: uncached)
    try await withThrowingTaskGroup(of: [Observation].self) { group in
      for _ in 0..<jobs { group.addTask { try reading.read(from: queue) } }
      var pending: [Observation] = []
      while let done = try await group.next() {
        // A reader that found nothing left is not started again.
        if !done.isEmpty { group.addTask { try reading.read(from: queue) } }
        pending += done
        if pending.count >= Self.writeSize || done.isEmpty {
          try write(pending)
          pending.removeAll(keepingCapacity: true)
        }
      }
      try write(pending)
    }
  }
}
