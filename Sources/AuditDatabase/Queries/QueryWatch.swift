import Foundation
import GRDBSQLite

/// Stands beside a running query: SQLite asks it what may be done, and whether to go on.
final class QueryWatch {
  /// About a millisecond's worth of SQLite's steps.
  private static let steps: Int32 = 20_000
  /// Memory and disk are looked at less often than the clock: the kernel writes text for it.
  private static let interval: Duration = .milliseconds(100)

  /// Nil lets everything pass.
  let gate: SQLGate?
  private let limits: QueryLimits
  /// Why SQLite was last denied something, and the name it was denied.
  var refusal: String?
  private(set) var refused: String?
  private(set) var stop: QueryError?
  private var end: ContinuousClock.Instant?
  private var nextLook = ContinuousClock.now
  private var before = ProcessUse()

  init(gate: SQLGate?, limits: QueryLimits) {
    self.gate = gate
    self.limits = limits
  }

  /// The clock of the limits begins.
  func start() {
    stop = nil
    end = .now + .seconds(limits.seconds)
    nextLook = .now + Self.interval
    if limits.memoryBytes != nil || limits.writtenBytes != nil { before = .now }
  }

  /// The watch must outlive the connection's statements.
  func register(on connection: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    if gate != nil {
      sqlite3_set_authorizer(
        connection,
        { context, action, first, second, _, view in
          guard let context else { return SQLITE_DENY }
          let text = { (bytes: UnsafePointer<CChar>?) in bytes.map { String(cString: $0) } }
          return Unmanaged<QueryWatch>.fromOpaque(context).takeUnretainedValue()
            .authorize(action, text(first), text(second), context: text(view))
        }, context)
    }
    sqlite3_progress_handler(
      connection, Self.steps,
      { context in
        guard let context else { return 1 }
        return Unmanaged<QueryWatch>.fromOpaque(context).takeUnretainedValue().mayGoOn ? 0 : 1
      }, context)
  }

  private func authorize(_ action: Int32, _ first: String?, _ second: String?, context: String?) -> Int32 {
    guard let refusal = gate?.refusal(action, first, second, context: context) else { return SQLITE_OK }
    // The first denial is what the query asked for; others follow from it.
    if self.refusal == nil {
      self.refusal = refusal
      refused = action == SQLITE_FUNCTION ? second : action == SQLITE_ATTACH ? "attach" : first
    }
    return SQLITE_DENY
  }

  /// Whether no limit is met; a function over one long text is not interrupted, and shows only here.
  var mayGoOn: Bool {
    guard stop == nil else { return false }
    let now = ContinuousClock.now
    if let end, now >= end {
      stop = QueryError(.timedOut, "it was stopped after \(limits.seconds) s")
    } else if now >= nextLook {
      nextLook = now + Self.interval
      look()
    }
    return stop == nil
  }

  private func look() {
    guard limits.memoryBytes != nil || limits.writtenBytes != nil else { return }
    let use = ProcessUse.now
    if let most = limits.memoryBytes, use.residentBytes - before.residentBytes > most {
      stop = QueryError(.tooLarge, "it was stopped because it took more than \(most >> 20) MiB of memory")
    } else if let most = limits.writtenBytes, use.writtenBytes - before.writtenBytes > most {
      stop = QueryError(.tooLarge, "it was stopped because it wrote more than \(most >> 30) GiB of temporary files")
    }
  }
}

/// What this process holds and has written, as Linux counts it; zeros where it does not say.
struct ProcessUse {
  var residentBytes = 0
  var writtenBytes = 0

  static var now: ProcessUse {
    var use = ProcessUse()
    if let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .ascii) {
      let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
      use.residentBytes = pages * sysconf(Int32(_SC_PAGESIZE))
    }
    if let text = try? String(contentsOfFile: "/proc/self/io", encoding: .ascii) {
      let line = text.split(separator: "\n").first { $0.hasPrefix("wchar: ") }
      use.writtenBytes = line.flatMap { Int($0.dropFirst(7)) } ?? 0
    }
    return use
  }
}
