import Foundation
import ReproAudit
import Synchronization

/// Ends a scan on INT and TERM as soon as what it has read is recorded, and says how to go on.
struct SignalWatch: Sendable {
  /// The kept database; nil when nothing is kept.
  let database: String?

  /// How long there is for recording; then the process ends all the same.
  private static let patience = Duration.seconds(1)
  private static let hasLeft = Atomic<Bool>(false)

  /// Runs `work`; a signal ends the process with 128 and its number.
  func during<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
    // A process that was started to ignore them, as by nohup, goes on doing so.
    let formers = [SIGINT, SIGTERM].map { number in
      let former = signal(number) { Interruption.raise($0) }
      if let former, Self.isIgnored(former) { signal(number, SIG_IGN) }
      return (number, former)
    }
    // Reports are written by whoever comes next, and may be stopped as ever.
    defer { for (number, former) in formers { signal(number, former) } }
    let watch = Task.detached {
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(50))
        guard Interruption.raised != nil else { continue }
        try? await Task.sleep(for: Self.patience)
        if !Task.isCancelled { leave() }
      }
    }
    defer { watch.cancel() }
    do {
      let value = try await work()
      if Interruption.raised != nil { leave() }
      return value
    } catch AuditError.interrupted {
      leave()
    }
  }

  private static func isIgnored(_ handler: @convention(c) (Int32) -> Void) -> Bool {
    unsafeBitCast(handler, to: Int.self) == 1
  }

  private func leave() -> Never {
    if Self.hasLeft.exchange(true, ordering: .relaxed) { while true { pause() } }
    let hint =
      database.map { "what was read so far is kept in \($0); the same command goes on from there" }
      ?? "nothing is kept; with --db FILE the same command would go on from there"
    Output.note("interrupted: \(hint)")
    Audit.removeTemporaryFiles()
    _exit(128 + (Interruption.raised ?? SIGINT))
  }
}
