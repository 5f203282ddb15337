import Synchronization

/// Counts what the integrity scan has read, for whoever shows it.
public final class ScanProgress: Sendable {
  /// A moment of the scan.
  public struct Snapshot: Sendable, Hashable {
    public var filesDone = 0
    public var filesTotal = 0
    public var bytes = 0
    /// As far as records state sizes; 0 when they state none.
    public var bytesTotal = 0
    public var isRunning = false
  }

  private let filesDone = Atomic<Int>(0)
  private let filesTotal = Atomic<Int>(0)
  private let bytes = Atomic<Int>(0)
  private let bytesTotal = Atomic<Int>(0)
  private let isRunning = Atomic<Bool>(false)
  private let span = Mutex<(start: ContinuousClock.Instant, seconds: Double)?>(nil)

  /// Whether somebody looks: to know how much there is to read takes a while of its own.
  let isWatched: Bool

  public init(isWatched: Bool = false) { self.isWatched = isWatched }

  public var snapshot: Snapshot {
    Snapshot(
      filesDone: filesDone.load(ordering: .relaxed), filesTotal: filesTotal.load(ordering: .relaxed),
      bytes: bytes.load(ordering: .relaxed), bytesTotal: bytesTotal.load(ordering: .relaxed),
      isRunning: isRunning.load(ordering: .relaxed))
  }

  /// `bytes` is 0 when it is not known how many there are.
  func begin(files: Int, bytes: Int) {
    bytesTotal.store(bytes, ordering: .relaxed)
    filesTotal.store(files, ordering: .relaxed)
    isRunning.store(true, ordering: .relaxed)
    span.withLock { if $0 == nil { $0 = (ContinuousClock.now, 0) } }
  }

  /// How long reading took, once it has ended; 0 before.
  var seconds: Double { span.withLock { $0?.seconds ?? 0 } }

  func finishFile() { filesDone.add(1, ordering: .relaxed) }

  func add(bytes count: Int) { bytes.add(count, ordering: .relaxed) }

  func end() {
    isRunning.store(false, ordering: .relaxed)
    span.withLock { span in span = span.map { ($0.start, (ContinuousClock.now - $0.start) / .seconds(1)) } }
  }
}
