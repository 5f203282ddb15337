import Foundation
import Hashing

/// A file that lines are only ever added to: a ledger beside its database, or anchors.
struct LedgerLines {
  let path: String

  /// More than this in one is a mistake; an entry has some 600 bytes.
  private static let limit = 256 << 20

  /// The lines that stand there; none where there is no file.
  func read() throws -> [String] {
    String(decoding: try bytes(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Takes away a last line without an end that begins like the one of `entries` in its place: a full disk cut it off.
  func dropTorn(_ entries: [String]) throws {
    let bytes = try bytes()
    guard let last = bytes.last, last != 0x0A else { return }
    let start = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let index = bytes[..<start].split(separator: 0x0A).count
    guard index < entries.count, entries[index].utf8.starts(with: bytes[start...]) else { return }
    guard truncate(path, off_t(start)) == 0 else { throw failure() }
  }

  private func bytes() throws -> [UInt8] {
    do throws(FileAccessError) {
      return try WholeFile.read(SystemPath(path), limit: Self.limit)
    } catch {
      if error == .missing { return [] }
      throw AuditError.unusable("\(path): \(error.reason)")
    }
  }

  /// Adds `text`, which ends with a line's end, in one piece; throws `ReportFailure`.
  func append(_ text: String) throws {
    guard !text.isEmpty else { return }
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    // What was cut off by a crash stays a line of its own, that can be seen.
    var last: UInt8 = 0x0A
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0, pread(descriptor, &last, 1, size - 1) != 1 { throw failure() }
    let bytes = Array((last == 0x0A ? text : "\n" + text).utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else {
      let error = failure()
      // A part of a line would look like an edited one.
      _ = ftruncate(descriptor, size)
      throw error
    }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure() }
  }

  private func failure() -> ReportFailure {
    ReportFailure(description: "\(path): cannot be added to: \(String(cString: strerror(errno)).lowercased())")
  }
}
