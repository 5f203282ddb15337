import Synchronization

/// Whether somebody wants the scan to end; set by a signal, seen by whoever reads files.
public enum Interruption {
  private static let signal = Atomic<Int32>(0)

  /// The signal that came first; nil while none has. Safe in a signal handler.
  public static var raised: Int32? {
    let number = signal.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Safe in a signal handler.
  public static func raise(_ number: Int32) {
    _ = signal.compareExchange(expected: 0, desired: number, ordering: .relaxed)
  }

  /// Thrown by a scan that has recorded what it had read.
  struct Stop: Error {}

  static func check() throws { if raised != nil { throw Stop() } }
}
