import Foundation
import Synchronization

/// Holds all readers together to a number of bytes a second, by letting them sleep.
final class ReadingPace: Sendable {
  private let bytesPerSecond: Double
  /// When the bytes that were read so far are paid for.
  private let paid = Mutex(ContinuousClock.now)

  init(bytesPerSecond: Int64) { self.bytesPerSecond = Double(bytesPerSecond) }

  /// Accounts for bytes that were read, and waits until they fit.
  func pass(_ bytes: Int) {
    let now = ContinuousClock.now
    let until = paid.withLock { paid in
      // What was not used is not saved up.
      paid = max(paid, now) + .seconds(Double(bytes) / bytesPerSecond)
      return paid
    }
    let wait = (until - now) / .seconds(1)
    if wait > 0 { Thread.sleep(forTimeInterval: wait) }
  }
}
