import Foundation

/// What one step of an audit took.
public struct PhaseTime: Sendable, Hashable {
  public let name: String
  /// Wall clock.
  public let seconds: Double
  /// Of all cores together, more than `seconds` where several worked; nil when other work ran at the same time.
  public let cpuSeconds: Double?

  /// What this process has used so far.
  static var cpuSeconds: Double {
    var usage = rusage()
    guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return 0 }
    let times = [usage.ru_utime, usage.ru_stime]
    return times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
  }
}
