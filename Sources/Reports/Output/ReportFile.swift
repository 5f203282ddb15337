import Glibc
import SystemPackage

/// Where a report goes: standard output, or a file that appears only when it is complete.
package final class ReportFile {
  private static let bufferSize = 1 << 16

  private let descriptor: FileDescriptor
  private let path: String?
  private let temporary: String?
  private var buffer: [UInt8] = []
  private var isOpen = true

  /// Opens a temporary file beside `path`; `-` is standard output.
  package init(path: String) throws(ReportError) {
    buffer.reserveCapacity(Self.bufferSize + 4096)
    guard path != "-" else {
      descriptor = .standardOutput
      self.path = nil
      temporary = nil
      return
    }
    self.path = path
    do {
      // A device or a pipe is written to; renaming a file over it would destroy it.
      if Self.isSpecial(path) {
        temporary = nil
        descriptor = try FileDescriptor.open(FilePath(path), .writeOnly, options: [.closeOnExec])
        return
      }
      let temporary = "\(path).\(getpid()).partial"
      self.temporary = temporary
      descriptor = try FileDescriptor.open(
        FilePath(temporary), .writeOnly, options: [.create, .truncate, .closeOnExec, .noFollow],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
    } catch {
      throw ReportError(path: path, error)
    }
  }

  /// Whether something that is neither file nor directory stands there.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  deinit {
    // A report that was not finished leaves nothing behind.
    guard isOpen, let temporary else { return }
    try? descriptor.close()
    unlink(temporary)
  }

  package func write(_ bytes: some Sequence<UInt8>) throws(ReportError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  package func write(_ text: String) throws(ReportError) { try write(text.utf8) }

  /// Writes what is left and puts the file in its place.
  package func finish() throws(ReportError) {
    try flush()
    guard let path, let temporary else { return }
    do {
      try descriptor.close()
      isOpen = false
      guard rename(temporary, path) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      unlink(temporary)
      throw ReportError(path: path, error)
    }
  }

  private func flush() throws(ReportError) {
    do {
      try buffer.withUnsafeBytes { bytes in _ = try descriptor.writeAll(bytes) }
    } catch {
      throw ReportError(path: path ?? "standard output", error)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Why a report could not be written.
package struct ReportError: Error, Sendable, CustomStringConvertible {
  package let path: String
  package let reason: String
  /// The reader of a pipe has gone: nobody is left to tell.
  package let isBrokenPipe: Bool

  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
    isBrokenPipe = false
  }

  init(path: String, _ error: any Error) {
    self.path = path
    let errno = error as? Errno
    reason = errno.map { $0.description.lowercased() } ?? "\(error)"
    isBrokenPipe = errno == .brokenPipe
  }

  package var description: String { "\(path): the report cannot be written: \(reason)" }
}
