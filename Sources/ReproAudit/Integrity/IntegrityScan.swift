import AuditDatabase
import Hashing
import Records
import Stores

/// Reads the files that facts speak of, or those whose turn it is, and records what was found.
struct IntegrityScan {
  let database: AuditDatabase
  /// By store name.
  let trees: [String: StoreTree]
  let jobs: Int
  /// Seconds to wait before files that are not what they should be are read once more.
  let settle: Int
  let progress: ScanProgress
  var rehash = Rehash.all
  var limits = ReadingLimits()
  /// Whether files come from the disk, not from the system's memory.
  var isDirect = false
  /// When the scan began.
  var start = ContinuousClock.now

  private static let writeSize = 4096
  /// A scan that is killed loses no more than this.
  private static let writeInterval = Duration.milliseconds(250)

  func run() async throws {
    let writer = ObservationWriter(database: database)
    let pace = limits.bytesPerSecond.map { ReadingPace(bytesPerSecond: $0) }
    let budget = ReadingBudget(limits, start: start, jobs: jobs, progress: progress)
    try await readWhatIsDue(pace, budget, into: writer.write)
    // A partial audit that misses content looks for it where a whole one would.
    if try WantedFiles(database: database).widen() { try await readWhatIsDue(pace, budget, into: writer.write) }
    try writer.writeChecks()
    // One bit that flipped on the way from the disk must not look like lost data.
    let again = HashPlan(database: database, selection: .doubtful)
    if try again.isNeeded() {
      try await Task.sleep(for: .seconds(settle))
      try await read(again, uncached: true, pace: pace, into: writer.settle)
    }
    try writer.finishChecks()
    progress.end()
  }

  private func readWhatIsDue(
    _ pace: ReadingPace?, _ budget: ReadingBudget, into write: ([Observation]) throws -> Void
  ) async throws {
    let turns = ReadingPlan(database: database)
    guard try rehash.rotation != nil || turns.isResumable() else {
      let plan = HashPlan(database: database)
      try begin(plan)
      return try await read(plan, uncached: isDirect, pace: pace, into: write)
    }
    try turns.begin()
    let look = FileLook(trees: trees, isStrict: rehash == .changed)
    var last: Int64 = 0
    while true {
      let page = try turns.candidates(after: last)
      guard let end = page.last else { break }
      try turns.note(page.map(look.decision))
      last = end.file
    }
    try turns.order(rehash.rotation ?? .oldest)
    let plan = HashPlan(database: database, selection: .planned)
    try begin(plan)
    try await read(plan, uncached: isDirect, pace: pace, budget: budget, into: write)
    try turns.carry()
  }

  private func begin(_ plan: HashPlan) throws {
    let size = progress.isWatched ? try plan.size() : (files: 0, bytes: 0)
    progress.begin(files: size.files, bytes: min(size.bytes, limits.bytes.map { Int($0) } ?? size.bytes))
  }

  private func read(
    _ plan: HashPlan, uncached: Bool, pace: ReadingPace?, budget: ReadingBudget? = nil,
    into write: ([Observation]) throws -> Void
  ) async throws {
    let queue = HashQueue(plan: plan, budget: budget)
    let reading = FileReading(trees: trees, progress: progress, isUncached: uncached, pace: pace)
    try await withThrowingTaskGroup(of: [Observation].self) { group in
      for _ in 0..<jobs { group.addTask { try reading.read(from: queue) } }
      var pending: [Observation] = []
      var written = ContinuousClock.now
      while let done = try await group.next() {
        // A reader that found nothing left is not started again.
        if !done.isEmpty { group.addTask { try reading.read(from: queue) } }
        pending += done
        if pending.count >= Self.writeSize || done.isEmpty || .now - written >= Self.writeInterval {
          try write(pending)
          pending.removeAll(keepingCapacity: true)
          written = .now
        }
        if Interruption.raised != nil {
          try write(pending)
          try Interruption.check()
        }
      }
      try write(pending)
    }
  }
}
