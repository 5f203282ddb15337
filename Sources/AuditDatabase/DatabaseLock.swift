import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Keeps a second scan away from a database, and tells it who has it. The system lets go of it when the process ends.
final class DatabaseLock: Sendable {
  private let descriptor: Int32
  private let path: String
  /// When it was taken, by the clock of the file system: nanoseconds since 1970.
  let since: Int64
  private let isHeld = Mutex(true)

  /// Takes `path` + `.lock`. Throws `AuditDatabaseError.inUse`, or `.cannotOpen` when the file cannot be made.
  init(database path: String) throws {
    let place = path + ".lock"
    while true {
      let descriptor = open(place, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { throw Self.failure(path, "\(place) cannot be written: ") }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let isTaken = errno == EWOULDBLOCK
        let error = Self.failure(path, "\(place) cannot be locked: ")
        defer { close(descriptor) }
        throw isTaken ? AuditDatabaseError.inUse(path: path, holder: Self.holder(descriptor)) : error
      }
      // Whoever had it before may have removed the file between our two calls.
      var (ours, named) = (stat(), stat())
      guard fstat(descriptor, &ours) == 0, stat(place, &named) == 0, ours.st_ino == named.st_ino else {
        close(descriptor)
        continue
      }
      // When that was, the file's own time says.
      let text = Array("process \(getpid())\n".utf8)
      _ = ftruncate(descriptor, 0)
      _ = pwrite(descriptor, text, text.count, 0)
      guard fstat(descriptor, &ours) == 0 else {
        defer { close(descriptor) }
        throw Self.failure(path, "\(place) cannot be read: ")
      }
      since = Int64(ours.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(ours.st_mtim.tv_nsec)
      self.descriptor = descriptor
      self.path = place
      return
    }
  }

  deinit { release() }

  /// Lets others in; once is enough.
  func release() {
    isHeld.withLock { held in
      guard held else { return }
      held = false
      unlink(path)
      close(descriptor)
    }
  }

  private static func holder(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let line = buffer.prefix(max(0, count)).prefix { $0 != 10 && $0 >= 32 && $0 < 127 }
    guard !line.isEmpty else { return "another process" }
    var written = stat()
    let since = fstat(descriptor, &written) == 0 ? Date(timeIntervalSince1970: Double(written.st_mtim.tv_sec)) : nil
    return String(decoding: line, as: UTF8.self) + (since.map { ", since \($0.formatted(.iso8601))" } ?? "")
  }

  private static func failure(_ path: String, _ what: String) -> AuditDatabaseError {
    .cannotOpen(path: path, reason: what + String(cString: strerror(errno)).lowercased())
  }
}
