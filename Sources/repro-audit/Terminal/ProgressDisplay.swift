import Foundation
import ReproAudit

/// Shows progress on a terminal's standard error: files, bytes, rate and time left.
struct ProgressDisplay: Sendable {
  /// What the scan counts; it says how much there is only where that is shown.
  let progress: ScanProgress
  private let isShown: Bool

  init(isWanted: Bool) {
    isShown = isWanted && isatty(STDERR_FILENO) == 1
    progress = ScanProgress(isWatched: isShown)
  }

  /// Runs `work` with progress shown meanwhile.
  func during<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
    guard isShown else { return try await work() }
    let ticker = Task {
      var start: ContinuousClock.Instant?
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(200))
        let now = progress.snapshot
        guard now.isRunning else { continue }
        let began = start ?? .now
        start = began
        Self.put("\r\u{1B}[K" + Self.line(now, elapsed: Self.seconds(.now - began)))
      }
    }
    defer {
      ticker.cancel()
      Self.put("\r\u{1B}[K")
    }
    return try await work()
  }

  /// `re-hashing 1200/8000 files, 3.1 GiB, 1.7 GiB/s, 12 s left`.
  static func line(_ now: ScanProgress.Snapshot, elapsed: Double) -> String {
    var text = "re-hashing \(now.filesDone)/\(now.filesTotal) files, \(ByteCount.text(Int64(now.bytes)))"
    guard elapsed > 0.2 else { return text }
    text += ", \(ByteCount.text(Int64(Double(now.bytes) / elapsed)))/s"
    let done =
      now.bytesTotal > 0
      ? Double(now.bytes) / Double(now.bytesTotal) : Double(now.filesDone) / Double(max(1, now.filesTotal))
    if done > 0.01 { text += ", \(Int((elapsed / done - elapsed).rounded(.up))) s left" }
    return text
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private static func put(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
