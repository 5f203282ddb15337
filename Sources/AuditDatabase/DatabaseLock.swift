import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Keeps a second scan away from a database, and tells it who has it. The system lets go of it when the process ends.
final class DatabaseLock: Sendable {
  private let descriptor: Int32
  private let path: String

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
      let since = Date.now.formatted(.iso8601)
      let text = Array("process \(getpid()), since \(since)\n".utf8)
      _ = ftruncate(descriptor, 0)
      _ = pwrite(descriptor, text, text.count, 0)
      self.descriptor = descriptor
      self.path = place
      return
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  private static func holder(_ descriptor: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let line = buffer.prefix(max(0, count)).prefix { $0 != 10 && $0 >= 32 && $0 < 127 }
    return line.isEmpty ? "another process" : String(decoding: line, as: UTF8.self)
  }

  private static func failure(_ path: String, _ what: String) -> AuditDatabaseError {
    .cannotOpen(path: path, reason: what + String(cString: strerror(errno)).lowercased())
  }
}
