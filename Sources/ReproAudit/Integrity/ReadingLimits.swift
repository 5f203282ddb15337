import AuditDatabase
import Synchronization

/// What a scan may take.
public struct ReadingLimits: Sendable, Hashable {
  public var bytes: Int64?
  public var seconds: Int?
  /// Of all readers together.
  public var bytesPerSecond: Int64?

  public init() {}

  /// Whether files may be left out.
  public var mayStop: Bool { bytes != nil || seconds != nil }
}

/// Says of each file, in the order of the plan, whether there is room for it.
final class ReadingBudget: Sendable {
  private struct State {
    var begun: Int64 = 0
    var hasBegun = false
    var isSpent = false
  }

  private let limits: ReadingLimits
  private let start: ContinuousClock.Instant
  private let jobs: Int
  private let progress: ScanProgress
  private let reading = ContinuousClock.now
  private let state = Mutex(State())

  /// `start` is when the scan began: its window is not only for reading.
  init(_ limits: ReadingLimits, start: ContinuousClock.Instant, jobs: Int, progress: ScanProgress) {
    self.limits = limits
    self.start = start
    self.jobs = jobs
    self.progress = progress
  }

  /// Whether the file is to be read. After the first that is not, none is: it must not wait for ever behind smaller ones.
  func admits(_ task: HashTask) -> Bool {
    guard limits.mayStop, !task.isUrgent else { return true }
    return state.withLock { state in
      if state.isSpent { return false }
      // The first is read however large it is, since it would never fit.
      let fits =
        state.hasBegun
        ? limits.bytes.map { task.size <= $0 - state.begun } ?? true && isInTime(task.size)
        : limits.seconds.map { elapsed(since: start) < Double($0) } ?? true
      guard fits else {
        state.isSpent = true
        return false
      }
      state.hasBegun = true
      state.begun += task.size
      return true
    }
  }

  /// Whether a file of `size` bytes would be read in time, at the rate that one reader had so far.
  private func isInTime(_ size: Int64) -> Bool {
    guard let seconds = limits.seconds else { return true }
    let spent = elapsed(since: reading)
    let rate = spent > 1 ? Double(progress.snapshot.bytes) / spent / Double(jobs) : 0
    return elapsed(since: start) + (rate > 0 ? Double(size) / rate : 0) < Double(seconds)
  }

  private func elapsed(since moment: ContinuousClock.Instant) -> Double { (ContinuousClock.now - moment) / .seconds(1) }
}
